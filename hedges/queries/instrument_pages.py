"""What the pages about hedging instruments read."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Case, CharField, F, OuterRef, QuerySet, Subquery, Value, When

from hedges.enums import InstrumentStatus
from hedges.models import Instrument, InstrumentVersion, ValuationResult
from treasury.queries import version_pages
from treasury.queries.rows import Row, listed, one

TERMS = (
    "kind", "status", "risk__code", "counterparty__code", "counterparty__name", "trade_date", "start_date",
    "settlement_date", "notional_amount", "notional_currency_id", "strike_rate", "counter_amount",
    "counter_currency_id", "fixing_date", "settlement_currency_id", "contract__code", "contract__contract_multiplier",
    "contract_count", "entry_price", "option_kind", "option_side", "expiry_date", "premium_amount",
    "premium_currency_id", "near_settlement_date", "near_rate", "near_counter_amount", "pay_fixed", "fixed_rate",
    "spread_rate", "counter_fixed_rate", "resets_notional", "payment_months", "day_count",
    "floating_payment_months", "floating_day_count", "dealt_pair", "dealt_rate",
)  # fmt: skip
COMPONENTS = (
    "present_value", "spot_element", "forward_element", "basis_element", "intrinsic_value", "time_value", "clean_value",
    "accrued_amount", "profit_amount", "credit_value_adjustment", "debit_value_adjustment", "fair_value",
    "fair_value_functional",
)  # fmt: skip
MARKET = ("spot_rate", "forward_rate", "discount_factor", "implied_volatility", "delta")


#: Where a live trade stands whose last day is past: its dates say so, and nobody.
MATURED = "MATURED"


def staged(found: QuerySet, on: date) -> QuerySet:
    """With the `stage` of each on a date: its status, or that it has matured by itself."""
    live = InstrumentStatus.LIVE.value
    matured = When(status=live, settlement_date__lt=on, then=Value(MATURED))
    return found.annotate(stage=Case(matured, default=F("status"), output_field=CharField()))


def instruments(
    *, entity_ids: list[int], on: date, known_at: datetime | None, show: str, filters: dict[str, object]
) -> QuerySet:
    return filtered(
        entity_ids=entity_ids, on=on, known_at=known_at, show=show, filters=filters
    ).values(
        "instrument_id", "kind", "stage", "notional_amount", "trade_date", "settlement_date", "strike_rate",
        "version_number",
        reference=F("instrument__external_reference"), entity_code=F("entity__code"), risk_code=F("risk__code"),
        unit=F("notional_currency_id"), counterparty_code=F("counterparty__code"), decision=F("approval__decision"),
    )  # fmt: skip


def filtered(
    *, entity_ids: list[int], on: date, known_at: datetime | None, show: str, filters: dict[str, object]
) -> QuerySet:
    found = version_pages.versions(
        InstrumentVersion, "instrument", entity_ids=entity_ids, on=on, known_at=known_at, show=show
    )
    return staged(found, on).filter(**filters)


def by_value(found: QuerySet, run_id: int | None) -> QuerySet:
    """With what a list is sorted by: each one's value in the run (`value_now`), by the key of the run's results."""
    value = ValuationResult.objects.filter(run_id=run_id, instrument_id=OuterRef("instrument_id"))
    return found.annotate(value_now=Subquery(value.values("fair_value_functional")[:1]))


def values(run_id: int | None, instrument_ids: list[int]) -> dict[int, Row]:
    """The run's value of each of these instruments."""
    if run_id is None:
        return {}
    rows = ValuationResult.objects.filter(run_id=run_id, instrument_id__in=instrument_ids).values(
        "instrument_id", "fair_value_functional", "functional_currency", "reasons"
    )
    return {row["instrument_id"]: row for row in listed(rows)}


def instrument(instrument_id: int, *, entity_ids: list[int]) -> Row | None:
    return one(
        Instrument.objects.filter(pk=instrument_id, entity_id__in=entity_ids).values(
            "id",
            "external_reference",
            "source_system",
            "structure_reference",
            "kind",
            "entity_id",
            "entity__code",
            "entity__name",
            "offset_exposure_id",
            "offset_exposure__external_reference",
        )
    )


def story(instrument_id: int, *, known_at: datetime | None) -> list[Row]:
    return version_pages.story(InstrumentVersion, "instrument", instrument_id, known_at=known_at, terms=TERMS)


def valuation(run_id: int | None, instrument_id: int) -> Row | None:
    if run_id is None:
        return None
    return one(
        ValuationResult.objects.filter(run_id=run_id, instrument_id=instrument_id).values(
            *COMPONENTS, *MARKET, "status", "reasons", "value_currency", "functional_currency"
        )
    )


def awaiting(entity_ids: list[int]) -> int:
    return version_pages.awaiting(InstrumentVersion, entity_ids)


def risks(entity_ids: list[int]) -> list[str]:
    return list(
        InstrumentVersion.objects.filter(entity_id__in=entity_ids)
        .order_by("risk__code")
        .values_list("risk__code", flat=True)
        .distinct()
    )


def counterparties(entity_ids: list[int]) -> list[str]:
    return list(
        InstrumentVersion.objects.filter(entity_id__in=entity_ids)
        .exclude(counterparty=None)
        .order_by("counterparty__code")
        .values_list("counterparty__code", flat=True)
        .distinct()
    )
