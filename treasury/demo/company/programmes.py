"""How the streams are hedged: layers of forwards, non-deliverable forwards, options and collars, one deal a
layer.

A layer hedges the share `ratio` of a flow, dealt `lead_months` before it. Coverage so falls with the
horizon, as the policy asks: two layers within half a year, one up to 14 months, none beyond.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from treasury.demo.company import deals
from treasury.demo.company.calendar import dealing_day_before
from treasury.demo.company.exposures import stream_exposures
from treasury.demo.company.parties import BANKS_OF
from treasury.demo.company.specs import ExposureSpec, InstrumentSpec, nice_amount
from treasury.demo.company.streams import streams
from treasury.demo.market.reference_rates import business_date
from treasury.kernel.clock import add_months


@dataclass(frozen=True)
class Layer:
    lead_months: int
    ratio: float
    deal: str


PROGRAMMES: dict[str, tuple[Layer, ...]] = {
    "layered": (Layer(14, 0.40, "forward"), Layer(6, 0.40, "forward")),
    "half": (Layer(10, 0.65, "forward"),),
    "ndf": (Layer(8, 0.60, "ndf"),),
    "option": (Layer(8, 0.50, "option"),),
    "collar": (Layer(9, 0.60, "collar"),),
    "single": (Layer(9, 0.75, "forward"),),
    "thin": (Layer(3, 0.15, "forward"),),
    "proxy": (Layer(10, 0.60, "proxy"),),
    "none": (),
}
# Before the layered programme was decided on, the same streams had one deal a flow.
SETTLED_LAYERS = (Layer(9, 0.70, "forward"),)
# The leu is thinly traded, so the Spanish plant takes the forint for it. The two do not move together.
PROXY_OF = {"RON": ("HUF", 72.0)}
# A clerk sold won where they were to be bought.
WRONG_DIRECTION = "US-KRW"
# The forwards of the service centre in Sofia were dealt in one go, before the lev gave way to the euro.
DEALT_AT_ONCE = {"US-BGN": date(2025, 11, 5)}
# One deal that a treasurer gave a bank without asking others, and one struck to please a budget rate.
OFF_MARKET = {"SE-SEK": -0.004, "UK-NOK": 0.006}


@cache
def programme_instruments() -> tuple[InstrumentSpec, ...]:
    exposures: dict[str, list[ExposureSpec]] = {}
    for spec in stream_exposures():
        exposures.setdefault(spec.stream, []).append(spec)
    found: list[InstrumentSpec] = []
    for stream in streams():
        groups = list(_groups(exposures[stream.code], by_quarter=stream.months == "1/3"))
        for number, group in enumerate(groups):
            settled = group[0].last["status"] == "SETTLED"
            layers = (
                SETTLED_LAYERS if settled and stream.programme == "layered" else PROGRAMMES[stream.programme]
            )
            for layer_number, layer in enumerate(layers):
                found.extend(_deal(stream.code, layer, layer_number, number, group))
    return tuple(found)


def _groups(exposures: list[ExposureSpec], *, by_quarter: bool) -> Iterator[tuple[ExposureSpec, ...]]:
    """The flows that one deal covers: three monthly ones, or one that is itself a quarter's."""
    monthly: list[ExposureSpec] = []
    today = business_date()
    for spec in exposures:
        if by_quarter and today < spec.last["expected_date"] < add_months(today, 12):
            monthly.append(spec)
            if len(monthly) == 3:
                yield tuple(monthly)
                monthly = []
        else:
            yield (spec,)
    if monthly:
        yield tuple(monthly)


def _deal(
    stream: str, layer: Layer, layer_number: int, number: int, group: tuple[ExposureSpec, ...]
) -> list[InstrumentSpec]:
    middle = group[len(group) // 2]
    settlement = middle.last["expected_date"]
    wanted = add_months(settlement, -layer.lead_months)
    if wanted > business_date():
        return []
    trade_date = DEALT_AT_ONCE.get(stream) or dealing_day_before(wanted)
    known = [spec for spec in group if spec.versions[0].recorded_on <= trade_date]
    total = sum((spec.on(trade_date)["exposure_amount"] for spec in known), Decimal(0))
    if not total or settlement <= trade_date + timedelta(days=20):
        return []
    banks = BANKS_OF[middle.entity]
    ticket = deals.Ticket(
        entity=middle.entity,
        counterparty=banks[(number + layer_number) % len(banks)],
        risk=middle.last["risk"],
        trade_date=trade_date,
        settlement_date=settlement,
        amount=nice_amount(float(-total) * layer.ratio),
        hedges=tuple(spec.reference for spec in known),
    )
    if layer.deal == "proxy":
        currency, units = PROXY_OF[ticket.risk[:3]]
        ticket = ticket.on_another(f"{currency}{ticket.risk[3:]}", nice_amount(float(ticket.amount) * units))
    if stream == WRONG_DIRECTION and number == 3:
        ticket = ticket.reversed()
    margin = OFF_MARKET[stream] if stream in OFF_MARKET and number == 3 else 0.0
    return deals.MAKERS[layer.deal](ticket, margin)
