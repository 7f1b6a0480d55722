"""What waits for a second person on the last day: two lira hedges, and two flows that sales wants to raise."""

from functools import cache

from treasury.demo.company import deals
from treasury.demo.company.book import exposures
from treasury.demo.company.exposures import stream_exposures
from treasury.demo.company.specs import ExposureSpec, InstrumentSpec, VersionSpec, nice_amount
from treasury.demo.market.reference_rates import business_date

STREAM = "SE-TRY"


def _flows() -> list[ExposureSpec]:
    return [spec for spec in stream_exposures() if spec.stream == STREAM]


@cache
def waiting_trades() -> tuple[InstrumentSpec, ...]:
    day = business_date()
    found: list[InstrumentSpec] = []
    for number, spec in enumerate(_flows()[:2]):
        ticket = deals.Ticket(
            entity=spec.entity,
            counterparty="HKB",
            risk=spec.last["risk"],
            trade_date=day,
            settlement_date=spec.last["expected_date"],
            amount=nice_amount(-0.5 * float(spec.last["exposure_amount"])),
            hedges=(spec.reference,),
        )
        (deal,) = deals.forward(ticket)
        deal.reference = f"D-{day.year}-W{number + 1:02d}"
        found.append(deal)
    return tuple(found)


@cache
def waiting_exposures() -> tuple[tuple[ExposureSpec, VersionSpec], ...]:
    day = business_date()
    changes = []
    for spec in _flows()[-2:]:
        raised = {"exposure_amount": nice_amount(1.2 * float(spec.last["exposure_amount"]))}
        version = VersionSpec(day, day, {**exposures()[spec.reference].last, **raised}, "new distributor")
        changes.append((spec, version))
    return tuple(changes)
