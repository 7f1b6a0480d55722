"""The market that a ticket is shown against: that of the newest published night, with the risks and banks of today."""

from dataclasses import dataclass
from datetime import date

from hedges.domain.lookup import Lookup, lookup
from hedges.queries.columns import contracts
from treasury.models import CalculationRun
from treasury.queries.columns import Reference, reference
from treasury.queries.market import market_of
from treasury.queries.published import published_run

NO_NIGHT = "no night has been published yet; publish one, then the market stands beside the trade"


@dataclass(frozen=True, slots=True)
class PublishedMarket:
    """What was sealed for the run, and the reference data as it stands now: a bank may be newer than the night."""

    run_id: int
    as_of_date: date
    reference: Reference
    lookup: Lookup
    contracts: dict[int, tuple[str, float]]


def published_market() -> PublishedMarket | None:
    """None while no night has been published. The market stays in this process as long as it is the newest."""
    run = published_run()
    if run is None:
        return None
    found = CalculationRun.objects.select_related("market_data_snapshot").get(pk=run["id"])
    if found.market_data_snapshot is None:
        return None
    known = reference(found.as_of_date)
    return PublishedMarket(
        run_id=found.pk,
        as_of_date=found.as_of_date,
        reference=known,
        lookup=lookup(market_of(found.market_data_snapshot), known.risks),
        contracts=contracts(),
    )
