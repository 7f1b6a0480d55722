"""The hedge relationships: which deals are designated, against which flows, and on what grounds."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from treasury.demo.company.accounted import AT_FAIR_VALUE, LOAN
from treasury.demo.company.book import exposures, instruments
from treasury.demo.company.calendar import dealing_days, flow_date, next_month_begins
from treasury.demo.company.fates import (
    ALSO_DESIGNATED,
    DESIGNATED_AHEAD,
    DESIGNATED_LAST,
    ECONOMIC,
    LATE,
    PARALLEL,
)
from treasury.demo.company.inception import documentation, inception_file
from treasury.demo.company.parties import FRAMEWORK_OF
from treasury.demo.company.specs import ExposureSpec, InstrumentSpec, RelationshipSpec
from treasury.demo.company.streams import streams
from treasury.demo.market.reference_rates import business_date

# How many deals of a stream are designated, by programme: live ones first, then settled ones.
LIVE = {"layered": 2, "half": 2, "ndf": 1, "option": 1, "collar": 1, "single": 1, "proxy": 1}
MORE_LIVE = {"SE-DKK": 1, "US-BGN": 1}
DESIGNATED_ONCE_BEGUN = ("US-BOND-CHF",)
PEGGED = ("SE-DKK", "US-HKD")
SETTLED_OF = ("SE-USD", "ES-USD", "US-EUR", "UK-EUR")
# The specials that are designated, by the beginning of the reference of what they hedge.
SPECIALS = {"US-BRENT": 4, "US-EQUITY": 2, "SE-LOAN": 1, "UK-LOAN": 1, "US-LOAN": 1, "SE-BOND": 1, "US-BOND": 1,
            "SE-NETINV-SGD": 1, "SE-NETINV-GBP": 1, "SE-IC-GBP": 1}  # fmt: skip
# Barrels of the dealt crude for one barrel of the bought one, as the least variance of weekly changes has it.
CRUDE_RATIO = Decimal("0.96")
# Where another currency stands in: the share of the flow that the deal is meant for.
PROXY_SHARE = Decimal("0.6")
PROXY_STREAM = "ES-RON"
Legs = tuple[InstrumentSpec, ...]


@cache
def relationships() -> tuple[RelationshipSpec, ...]:
    chosen: list[Legs] = []
    by_stream: dict[str, list[Legs]] = {}
    for legs in _structures():
        stream = exposures()[legs[0].hedges[0]].stream
        by_stream.setdefault(stream, []).append(legs)
    for stream in streams():
        deals = [legs for legs in by_stream.get(stream.code, []) if _in_the_right_direction(legs)]
        live = [legs for legs in deals if _is_live(legs)]
        wanted = LIVE.get(stream.programme, 0) + MORE_LIVE.get(stream.code, 0)
        # Of a pegged currency the youngest deals: their rates have hardly moved since, which is what they show.
        chosen += live[-wanted:] if stream.code in PEGGED else live[:wanted]
        if stream.code in SETTLED_OF:
            chosen += [legs for legs in deals if not _is_live(legs)][-1:]
    for prefix, wanted in SPECIALS.items():
        found = [
            legs for stream, all_legs in by_stream.items() if stream.startswith(prefix) for legs in all_legs
        ]
        chosen += sorted(filter(_is_live, found), key=lambda legs: legs[0].reference)[:wanted]
    chosen.sort(key=lambda legs: legs[0].reference)
    numbers: dict[int, int] = {}
    found = [_relationship(legs, numbers, _after_the_deal(legs)) for legs in chosen]
    for (code, number), (days, reason) in LATE.items():
        late = [spec for spec in found if _stream(spec) == code][number]
        documented = late.designation_date + timedelta(days=days)
        found[found.index(late)] = replace(late, documented_on=documented, late_reason=reason)
    found += [_relationship(legs, numbers) for legs in _also(by_stream, ALSO_DESIGNATED)]
    ahead = next(legs for legs in by_stream[DESIGNATED_AHEAD] if _is_live(legs) and legs not in chosen)
    found.append(_relationship(ahead, numbers, dealing_days()[-1], next_month_begins()))
    found += [_relationship(legs, numbers) for legs in _also(by_stream, DESIGNATED_LAST)]
    found += [_relationship(legs, numbers) for item in AT_FAIR_VALUE for legs in by_stream[item]]
    return (*found, *_parallels(found))


def of_stream(stream: str) -> list[RelationshipSpec]:
    """The relationships of a stream, in the order of their designation, without those under a second framework."""
    return [spec for spec in relationships() if _stream(spec) == stream and not spec.parallel_of]


def _stream(spec: RelationshipSpec) -> str:
    return exposures()[spec.items[0][0]].stream


def _also(by_stream: dict[str, list[Legs]], which: tuple[tuple[str, int, int], ...]) -> list[Legs]:
    found = []
    for code, place, months in which:
        (stream,) = (one for one in streams() if one.code == code)
        due = flow_date(months, stream.day)
        found.append([legs for legs in by_stream[code] if legs[0].terms["settlement_date"] == due][place])
    return found


def _after_the_deal(legs: Legs) -> date | None:
    """A swap whose principals are not exchanged yet hardly moves with the rate: it is designated when they are."""
    if legs[0].hedges[0] not in DESIGNATED_ONCE_BEGUN:
        return None
    return next(day for day in dealing_days() if day >= legs[0].terms["start_date"])


def _parallels(found: list[RelationshipSpec]) -> list[RelationshipSpec]:
    """The same hedges under a second framework: same items, instruments and amounts, with a file of their own."""
    made = []
    for stream, framework in PARALLEL.items():
        first = next(spec for spec in found if _stream(spec) == stream)
        legs = [instruments()[reference] for reference, _ in first.instruments]
        items = [exposures()[reference] for reference, _ in first.items]
        terms = first.terms | {"framework": framework}
        made.append(
            replace(
                first,
                code=f"{first.code}-{framework}",
                terms=terms,
                file=inception_file(legs[0], items, terms),
                parallel_of=first.code,
            )
        )
    return made


def _structures() -> list[Legs]:
    """Deals one by one, the two legs of a collar together; what is an item itself is never designated."""
    legs_of: dict[str, list[InstrumentSpec]] = {}
    for spec in instruments().values():
        if spec.kind != "NATURAL_OFFSET":
            legs_of.setdefault(spec.structure or spec.reference, []).append(spec)
    return [tuple(legs) for legs in legs_of.values()]


def _is_live(legs: Legs) -> bool:
    return legs[0].versions[-1].terms["status"] == "LIVE"


def _in_the_right_direction(legs: Legs) -> bool:
    item = exposures()[legs[0].hedges[0]].last["exposure_amount"]
    return (item > 0) != (legs[0].terms["notional_amount"] > 0)


def _relationship(
    legs: Legs, numbers: dict[int, int], documented_on: date | None = None, begins: date | None = None
) -> RelationshipSpec:
    """Documented on the day of the deal, from which day on it is then designated, unless it says otherwise."""
    first = legs[0]
    day: date = documented_on or first.terms["trade_date"]
    numbers[day.year] = numbers.get(day.year, 0) + 1
    items = [exposures()[reference] for reference in first.hedges]
    item_terms = [spec.on(day) for spec in items]
    risk = item_terms[0]["risk"]
    notional = sum(
        (abs(leg.terms["notional_amount"]) for leg in legs if leg.terms.get("option_side") != "SOLD"),
        Decimal(0),
    )
    amounts = _item_amounts(items, day, notional, same_risk=risk == first.terms["risk"])
    terms = {
        "hedge_type": _hedge_type(first, items[0]),
        "framework": FRAMEWORK_OF[first.entity],
        "risk": risk,
        "designated_component": _component(first, items[0]),
        "designation_date": begins or day,
        "hedge_end_date": max(
            first.terms["settlement_date"], *(terms["expected_date"] for terms in item_terms)
        ),
        "designated_hedge_ratio": (notional / sum(amounts, Decimal(0))).quantize(Decimal("0.000001")),
        "assessment_method": _method(first, items[0]),
        **documentation(first, items[0], risk),
    }
    if items[0].reference.startswith("SE-NETINV"):
        terms["hedge_end_date"] = first.terms["settlement_date"]
    return RelationshipSpec(
        code=f"HR-{day.year}-{numbers[day.year]:03d}",
        entity=first.entity,
        designation_date=begins or day,
        terms=terms,
        items=tuple((spec.reference, amount) for spec, amount in zip(items, amounts, strict=True)),
        instruments=tuple((leg.reference, leg.terms["notional_amount"]) for leg in legs),
        file={} if terms["hedge_type"] == "ECONOMIC" else inception_file(first, items, terms),
        documented_on=day,
    )


def _item_amounts(
    items: list[ExposureSpec], day: date, notional: Decimal, *, same_risk: bool
) -> list[Decimal]:
    """What of each item is hedged, unsigned: the notional spread over the items, or the documented share of
    them.
    """
    totals = [abs(spec.on(day)["exposure_amount"]) for spec in items]
    whole = sum(totals, Decimal(0))
    if not same_risk:
        if items[0].last["risk"] == "BRENT":
            return [Decimal(round(notional / CRUDE_RATIO / 100) * 100)]
        return [(amount * PROXY_SHARE).quantize(Decimal(1)) for amount in totals]
    parts = [(notional * amount / whole).quantize(Decimal(1)) for amount in totals]
    parts[-1] += notional - sum(parts, Decimal(0))
    return parts


def _hedge_type(deal: InstrumentSpec, item: ExposureSpec) -> str:
    if item.last["kind"] == "NET_INVESTMENT":
        return "NET_INVESTMENT"
    if item.stream in ECONOMIC:
        return "ECONOMIC"
    fair_value = item.last["risk"] == "US500" or deal.kind in ("FX_SWAP", "CROSS_CURRENCY_SWAP")
    fair_value = fair_value or item.reference in AT_FAIR_VALUE
    return "FAIR_VALUE" if fair_value else "CASH_FLOW"


def _component(deal: InstrumentSpec, item: ExposureSpec) -> str:
    if item.last["kind"] == "NET_INVESTMENT" or deal.kind == "FX_SWAP":
        return "SPOT"
    # The Spanish plant still follows IAS 39 and designates its options whole, time value and all.
    if deal.kind == "OPTION" and FRAMEWORK_OF[deal.entity] == "IFRS9":
        return "INTRINSIC"
    return "WHOLE"


def _method(deal: InstrumentSpec, item: ExposureSpec) -> str:
    options_of_the_plant = FRAMEWORK_OF[deal.entity] == "IAS39" and deal.kind == "OPTION"
    # No series of weekly changes goes back to before a swap's principals were exchanged.
    of_the_swap = item.reference in DESIGNATED_ONCE_BEGUN
    # A loan stands at spot, its forward does not: held against each other by what has come of both.
    at_spot = item.reference == LOAN
    # What stands in for another currency would fail a regression at once; its offset fails later.
    stands_in = item.stream == PROXY_STREAM
    by_offset = options_of_the_plant or of_the_swap or stands_in or at_spot or item.stream in PEGGED
    return "DOLLAR_OFFSET" if by_offset else "REGRESSION"


def matured_on(spec: RelationshipSpec) -> date | None:
    """The last day of the hedged period where it has passed."""
    end: date = spec.terms["hedge_end_date"]
    return end if end < business_date() else None
