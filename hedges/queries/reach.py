"""How far back the market has to be read for a book: to the first date on which anything of it was struck."""

from datetime import date

from django.db.models import Min
from django.db.models.functions import Coalesce, Least

from hedges.models import HedgeRelationshipVersion, InstrumentAllocation


def first_date(entity_id: int | None = None) -> date | None:
    """The earliest beginning of hedge accounting or trade date of what it uses, stopped relationships included: their
    reserves are still measured. None where there is no relationship."""
    whose = {} if entity_id is None else {"entity_id": entity_id}
    begun = HedgeRelationshipVersion.objects.filter(**whose).aggregate(
        first=Min(Least("designation_date", Coalesce("accounting_from", "designation_date")))
    )["first"]
    traded = InstrumentAllocation.objects.filter(**whose).aggregate(
        first=Min("instrument_version__trade_date")
    )["first"]
    dates = [day for day in (begun, traded) if day]
    return min(dates) if dates else None
