"""What is so of the credit of counterparties on a date, as known at a time, and every fact on record."""

from datetime import date, datetime

from django.db.models import F, QuerySet

from treasury.models import CreditFact


def standing(as_of_date: date, known_at: datetime | None = None) -> dict[int, dict[str, tuple[str, date]]]:
    """By counterparty and kind what the newest fact up to the date says, and since when; one query."""
    known = CreditFact.objects.filter(fact_date__lte=as_of_date)
    if known_at is not None:
        known = known.filter(recorded_at__lte=known_at)
    newest = known.order_by("counterparty_id", "kind", "-fact_date", "-id").distinct(
        "counterparty_id", "kind"
    )
    found: dict[int, dict[str, tuple[str, date]]] = {}
    for party, kind, value, since in newest.values_list("counterparty_id", "kind", "value", "fact_date"):
        found.setdefault(party, {})[kind] = (value, since)
    return found


def listed(*, on: date | None = None, known_at: datetime | None = None) -> "QuerySet[CreditFact]":
    """Facts up to a date, as known at a time, with the counterparty's code and who recorded them."""
    found = CreditFact.objects.all()
    if on is not None:
        found = found.filter(fact_date__lte=on)
    if known_at is not None:
        found = found.filter(recorded_at__lte=known_at)
    return found.annotate(
        counterparty_code=F("counterparty__code"),
        counterparty_name=F("counterparty__name"),
        recorded_by=F("event__actor__username"),
    )
