"""Effectiveness: dollar offset in exact sums, regression and variance reduction over the weeks, credit, hedge ratio."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import numpy as np

from hedges.domain.explanation.case import Case
from hedges.domain.explanation.entity_ratio import functional_rate
from hedges.domain.explanation.parts import BOOK, CALCULATION, Given, Listing, Number, Source, Step, Worked
from hedges.domain.explanation.revalued import Revalued, limit, revalued
from hedges.domain.explanation.steps import (
    amount,
    arithmetic,
    from_before,
    measured,
    nothing,
    rounded,
    worked,
)
from hedges.domain.explanation.written import number
from hedges.queries import explained

TEN_THOUSAND = 10_000
OFFSET, REGRESSION = "dollar_offset", "effectiveness_regression"
ITEM = Given("item_kind", "item", Source(CALCULATION, "changes carry the item's own sign"))


def work(case: Case, field: str) -> Worked:
    """A number of one relationship's effectiveness."""
    found = revalued(case)
    if field in NUMBERS:
        return NUMBERS[field](found)
    return worked([regression_step(found, field)], "there are too few points, or they do not move")


def designated_notional(found: Revalued) -> Worked:
    """Designated notional at the spot rate of the day, rounded once an instrument, then added up."""
    functional, rows = found.functional, []
    given: list[Given] = []
    total: Decimal | None = Decimal(0)
    names = explained.instrument_names(found.instruments["instrument_id"].tolist())
    for place, pk in enumerate(found.instruments["instrument_id"].tolist()):
        size = abs(float(found.used.terms.notional[place]))
        rate, rates = functional_rate(found.case, int(found.instruments["risk_id"][place]), functional)
        given += [one for one in rates if one.name not in {known.name for known in given}]
        value = rounded(size * rate, functional) if rate is not None else None
        if not bool(found.instruments["is_cover"][place]):
            value = Decimal(0)
        rows.append((names.get(pk, ""), size, rate, value))
        total = None if total is None or value is None else total + value
    columns = ("instrument", "designated", "spot", f"in {functional}")
    listing = Listing("Instruments; a sold option is no cover", columns, rows, len(rows), total)
    step = arithmetic(
        "Designated notional", "Σ |designated notional| × spot", total, given, listings=[listing]
    )
    because = "the spot rate of an instrument is missing or too old"
    return amount([step], functional, because, code="notional_value", field="notional_amount")


def noise_threshold(found: Revalued) -> list[Step]:
    """Changes below it decide nothing: basis points of the designated notional."""
    notional = designated_notional(found).steps[-1]
    points = limit(found, "noise_threshold_bp", "noise_threshold_bp")
    result: Number = None
    if notional.result is not None:
        result = Decimal(notional.result) * Decimal(points.value) / TEN_THOUSAND
    given = [Given("designated_notional", notional.result, from_before(notional.title)), points]
    text = f"{number(notional.result)} × {number(points.value)} / 10000 = {number(result)}"
    step = arithmetic(
        "Noise threshold", "designated notional × basis points / 10,000", result, given, numbers=text
    )
    return [notional, step]


def offset_step(found: Revalued, field: str, *, only_last_week: bool = False) -> Step:
    """The dollar offset over the changes since the designation."""
    instrument, item = found.designated()
    if only_last_week and not found.seen.designated[0, -1]:
        instrument, item = [], []
    threshold = noise_threshold(found)[-1].result
    given = [
        Given(
            "instrument_changes", instrument or None, found.source("changes of the designated instruments")
        ),
        Given("item_changes", item or None, found.source("changes of the hedged risk of the items")),
        ITEM,
        limit(found, "dollar_offset_lower", "lower_ratio"),
        limit(found, "dollar_offset_upper", "upper_ratio"),
        Given("noise_threshold_amount", threshold, from_before("the noise threshold")),
    ]
    if found.has_opening:
        words = "; the first one is what had changed between the designation and the first week of the window"
        for place in (0, 1):
            one = given[place]
            given[place] = Given(one.name, one.value, Source(one.source.kind, one.source.text + words))
    listing = found.weeks(found.seen.designated[0], "Weeks since the designation")
    return measured(OFFSET, field, given, listings=[listing], place=-1)


def _since(found: Revalued, field: str) -> Worked:
    if not found.since:
        return nothing(
            found.blind or "no week since the designation has both quotes", code=OFFSET, field=field
        )
    steps = [*noise_threshold(found), offset_step(found, field, only_last_week=field == "period_ratios")]
    because = (
        "the item did not change" if steps[-1].inputs.get("item_changes") else "the last week has no quote"
    )
    return worked(steps, because)


def _sum(found: Revalued, item: bool) -> Worked:
    name = "item_changes" if item else "instrument_changes"
    if not found.since:
        return nothing(
            found.blind or "no week since the designation has both quotes", code=OFFSET, field=name
        )
    parts = found.designated()[1 if item else 0]
    total = sum(parts, Decimal(0))
    result = -total if item else total
    words = "−Σ changes of the item" if item else "Σ changes of the instrument"
    opening = " with the opening change before the window" if found.has_opening else ""
    step = arithmetic(
        "Since the designation",
        f"{words} since the designation{opening}",
        result,
        [Given(name, parts, found.source("exact changes in minor units"))],
        listings=[
            found.levels_listing(),
            found.weeks(found.seen.designated[0], "Weeks since the designation"),
        ],
    )
    return amount([step], found.functional, code=OFFSET, field=name)


def series(found: Revalued) -> list[Given]:
    """Weekly changes of both sides, before and after the designation, with the terms as designated."""
    instrument, item = found.observed()
    return [
        Given(
            "instrument_changes",
            instrument or None,
            found.source("weekly changes of the designated instruments"),
        ),
        Given("item_changes", item or None, found.source("weekly changes of the hedged risk of the items")),
        ITEM,
    ]


def regression_step(found: Revalued, field: str) -> Step:
    given = [
        *series(found),
        limit(found, "confidence_level", "confidence_level"),
        limit(found, "slope_lower", "slope_lower"),
        limit(found, "slope_upper", "slope_upper"),
        limit(found, "r_squared_minimum", "r_squared_minimum"),
        limit(found, "observation_minimum", "observation_minimum"),
    ]
    listing = found.weeks(found.window, "Weeks with both quotes")
    return measured(REGRESSION, field, given, listings=[listing])


def observation_count(found: Revalued) -> Worked:
    count = int(found.window.sum())
    listing = found.weeks(found.window, "Weeks with both quotes")
    step = arithmetic(
        "Points", "number of weeks in which both sides have a change", count, listings=[listing]
    )
    return worked([step], code=REGRESSION, field="observation_count")


def variance_step(found: Revalued) -> Step:
    given = [*series(found), limit(found, "variance_reduction_minimum", "minimum")]
    listing = found.weeks(found.window, "Weeks with both quotes")
    return measured("variance_reduction", "variance_reduction_ratio", given, listings=[listing])


def variance_reduction_ratio(found: Revalued) -> Worked:
    return worked([variance_step(found)], "there are too few points, or the item does not move")


def ratio_step(found: Revalued) -> Step:
    """Instrument units per item unit, as far as both are still there."""
    look, instruments = found.case.sealed.lookup, found.instruments
    covered = np.where(instruments["is_cover"], np.abs(instruments["units_left"]), 0)
    own = look.base_exponents[look.position(instruments["risk_id"])]
    hedge = sum(
        (Decimal(int(units)).scaleb(-int(decimals)) for units, decimals in zip(covered, own, strict=True)),
        Decimal(0),
    )
    decimals = int(look.base_exponents[look.position(found.found["risk_id"])][0])
    left = Decimal(int(np.abs(found.items["units_left"]).sum())).scaleb(-decimals)
    given = [
        Given("hedged_amount", hedge, Source(BOOK, "designated instrument units that are still there")),
        Given("exposure_amount", left, Source(BOOK, "designated item units that are still there")),
        Given("signed", False, Source(CALCULATION, "sizes: the documented ratio has no sign")),
    ]
    text = f"{number(hedge)} / {number(left)}"
    step = measured("hedge_ratio", "hedge_ratio", given, title="Instrument units per item unit")
    return replace(step, written=f"{text} = {number(step.result)}")


def actual_hedge_ratio(found: Revalued) -> Worked:
    return worked([ratio_step(found)], "no unit of the item is left")


def credit_steps(found: Revalued) -> list[Step]:
    """κ: the change of the credit adjustments against the rest of the change, since the designation."""
    (fair_then, fair_now), (credit_then, credit_now) = found.levels["fair"], found.levels["credit"]
    credit = economic = None
    if not found.blind:
        credit = found.money(credit_now - credit_then)
        economic = found.money(fair_now - fair_then) - credit
    steps = noise_threshold(found)
    given = [
        Given(
            "credit_change_amount",
            credit,
            found.source("change of the credit adjustments since the designation"),
        ),
        Given("economic_change_amount", economic, found.source("the rest of the change of the fair value")),
        Given("noise_threshold_amount", steps[-1].result, from_before("the noise threshold")),
        limit(found, "credit_watch_ratio", "watch_ratio"),
        limit(found, "credit_fail_ratio", "fail_ratio"),
    ]
    return [*steps, measured("credit_dominance", "credit_ratio", given, listings=[found.levels_listing()])]


def credit_ratio(found: Revalued) -> Worked:
    return worked(credit_steps(found), found.blind or "the economic change is zero")


NUMBERS: dict[str, Callable[[Revalued], Worked]] = {
    "designated_notional_amount": designated_notional,
    "cumulative_change_instrument": lambda found: _sum(found, item=False),
    "cumulative_change_hypothetical": lambda found: _sum(found, item=True),
    "cumulative_ratio": lambda found: _since(found, "cumulative_ratios"),
    "period_ratio": lambda found: _since(found, "period_ratios"),
    "observation_count": observation_count,
    "variance_reduction_ratio": variance_reduction_ratio,
    "actual_hedge_ratio": actual_hedge_ratio,
    "credit_ratio": credit_ratio,
}
