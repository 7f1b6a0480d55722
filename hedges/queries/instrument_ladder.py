"""What the list of hedging instruments adds up to: by month of settlement and kind, and by bank."""

from __future__ import annotations

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Abs, TruncMonth

from hedges.models import ValuationResult
from treasury.queries.rows import Row, listed


def value_by_counterparty(found: QuerySet, run_id: int | None) -> list[Row]:
    """What the trades of the list are worth in a run, by bank and functional currency; nothing is netted."""
    if run_id is None:
        return []
    rows = (
        ValuationResult.objects.filter(run_id=run_id, instrument__in=found.values("instrument_id"))
        .exclude(instrument_version__counterparty=None)
        .values("functional_currency", code=F("instrument_version__counterparty__code"))
        .annotate(
            owed_to_us=Sum("fair_value_functional", filter=Q(fair_value_functional__gt=0)),
            owed_by_us=Sum("fair_value_functional", filter=Q(fair_value_functional__lt=0)),
            valued=Count("fair_value_functional"),
            unvalued=Count("pk", filter=Q(fair_value_functional=None)),
        )
        .order_by("code", "functional_currency")
    )
    return listed(rows)


def by_month(found: QuerySet) -> list[Row]:
    """Of the filtered list: notional bought and sold, and the number of trades, by month, kind and risk."""
    rows = (
        found.values(month=TruncMonth("settlement_date"), risk_code=F("risk__code"), of_kind=F("kind"),
                     currency=F("notional_currency_id"))
        .annotate(
            trades=Count("pk"),
            bought=Sum("notional_amount", filter=Q(notional_amount__gt=0)),
            sold=Sum("notional_amount", filter=Q(notional_amount__lt=0)),
        )
        .order_by("month", "risk_code", "of_kind", "currency")
    )  # fmt: skip
    return listed(rows)


def by_counterparty(found: QuerySet) -> list[Row]:
    """Of the filtered list: trades, notional without its sign and the span of settlements by bank and currency."""
    rows = (
        found.exclude(counterparty=None)
        .values(
            code=F("counterparty__code"), name=F("counterparty__name"), currency=F("notional_currency_id")
        )
        .annotate(
            trades=Count("pk"),
            notional=Sum(Abs("notional_amount")),
            first=Min("settlement_date"),
            last=Max("settlement_date"),
        )
        .order_by("code", "currency")
    )
    return listed(rows)
