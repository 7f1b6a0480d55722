"""A published night with result rows of one's choice, for tests of what reads them."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import connection, models
from django.utils import timezone

from hedges.models import (
    EffectivenessCriterionResult,
    EffectivenessResult,
    HedgeRatioResult,
    HorizonBucketResult,
    ValuationResult,
)
from tests.factories import book
from treasury.domain import audit
from treasury.models import BookSnapshot, CalculationRun, MarketDataSnapshot, RunResult, RunShard

DIGEST = "0" * 64


def running(as_of: date = book.TODAY, **fields: Any) -> CalculationRun:
    """A sealed run that is under way, with one shard that is not done."""
    now = timezone.now()
    with audit.action("test.run.made", actor=None):
        run = CalculationRun.objects.create(as_of_date=as_of, revision=fields.pop("revision", 1), **fields)
        common = {"as_of_date": as_of, "known_at": now, "content_digest": DIGEST}
        market = MarketDataSnapshot.objects.create(**common, first_quote_date=as_of, quote_count=1)
        sealed = BookSnapshot.objects.create(
            **common, exposure_count=1, instrument_count=1, relationship_count=1
        )
        CalculationRun.objects.filter(pk=run.pk).update(
            status="RUNNING", known_at=now, market_data_snapshot=market, book_snapshot=sealed, started_at=now
        )
        RunShard.objects.create(run=run, step="VALUATION", step_number=1, shard_number=0, shard_count=1)
    run.refresh_from_db()
    return run


def published(rows: Iterable[RunResult] = (), as_of: date = book.TODAY, **fields: Any) -> CalculationRun:
    """Publishes `rows`, unsaved results whose run is set here."""
    run = running(as_of, **fields)
    now = timezone.now()
    with audit.action("test.run.published", actor=None), connection.cursor() as cursor:
        cursor.execute("SELECT open_run_results(%s)", [run.pk])
        for row in rows:
            row.run_id = run.pk
            insert(cursor, row)
        shards = RunShard.objects.filter(run=run)
        shards.update(status="LEASED", epoch=1, lease_expires_at=now, started_at=now)
        shards.update(status="DONE", row_count=1, finished_at=now)
        cursor.execute("SELECT publish_run(%s)", [run.pk])
    run.refresh_from_db()
    return run


def insert(cursor: Any, row: models.Model) -> None:
    fields = [field for field in row._meta.concrete_fields if field.column]
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    holes = ", ".join(["%s"] * len(values))
    cursor.execute(f"INSERT INTO {row._meta.db_table}_r{row.run_id} ({names}) VALUES ({holes})", values)


def bucket(
    of: Any, risk: Any, month_from: int = 6, month_to: int | None = 12, **fields: Any
) -> HorizonBucketResult:
    values: dict[str, Any] = {
        "status": "OK", "amount_unit": risk.base_unit_id, "net_exposure_amount": 1_000_000, "inflow_amount": 1_000_000,
        "outflow_amount": 0, "forecast_amount": 400_000, "firm_amount": 600_000, "hedge_amount": -600_000,
        "forward_amount": -500_000, "option_amount": -100_000, "swap_amount": 0, "future_amount": 0,
        "natural_offset_amount": 0, "net_open_amount": 400_000, "coverage_ratio": 0.6,
        "cumulative_coverage_ratio": 0.6, "lower_ratio": 0.5, "target_ratio": 0.65, "upper_ratio": 0.8,
        "min_to_hedge_amount": 100_000, "target_to_hedge_amount": -50_000, "max_to_hedge_amount": -200_000,
        "position_count": 1, "coverage_declines": True,
    }  # fmt: skip
    return HorizonBucketResult(
        entity=of, risk=risk, month_from=month_from, month_to=month_to, **(values | fields)
    )


def ratio(of: Any, risk: Any, **fields: Any) -> HedgeRatioResult:
    values: dict[str, Any] = {
        "status": "OK", "subject": "ENTITY_RISK", "subject_key": risk and risk.pk,
        "amount_unit": risk and risk.base_unit_id, "exposure_amount": 1_000_000, "hedge_amount": -600_000,
        "derivative_amount": -600_000, "natural_offset_amount": 0, "open_amount": 400_000, "hedge_ratio": 0.6,
        "positions_total": 1, "positions_hedged": 1, "position_count_ratio": 1.0,
    }  # fmt: skip
    return HedgeRatioResult(entity=of, risk=risk, **(values | fields))


def valuation(instrument_version: Any, **fields: Any) -> ValuationResult:
    values: dict[str, Any] = {
        "status": "OK", "risk_id": instrument_version.risk_id, "kind": instrument_version.kind,
        "value_currency": "EUR", "functional_currency": "EUR", "present_value": 1200, "spot_element": 1000,
        "forward_element": 200, "basis_element": 15, "credit_value_adjustment": -3, "debit_value_adjustment": 0,
        "fair_value": 1197, "fair_value_functional": 1197, "spot_rate": 0.91, "forward_rate": 0.9,
        "discount_factor": 0.98,
    }  # fmt: skip
    return ValuationResult(
        entity_id=instrument_version.entity_id, instrument_id=instrument_version.instrument_id,
        instrument_version=instrument_version, **(values | fields),
    )  # fmt: skip


def effectiveness(version: Any, **fields: Any) -> EffectivenessResult:
    weeks = 40
    item = [100.0 * (-1) ** week * (1 + week % 7) for week in range(weeks)]
    values: dict[str, Any] = {
        "status": "OK", "framework": version.framework, "assessment_method": version.assessment_method,
        "functional_currency": "EUR", "effectiveness_status": "EFFECTIVE", "economic_relationship_status": "EFFECTIVE",
        "credit_risk_status": "EFFECTIVE", "hedge_ratio_status": "EFFECTIVE", "dollar_offset_status": "EFFECTIVE",
        "regression_status": "EFFECTIVE", "rule_pack_id": book.rule_pack(version.framework).pk,
        "designated_notional_amount": 600_000, "cumulative_change_instrument": -950,
        "cumulative_change_hypothetical": -1000, "cumulative_ratio": 0.95, "period_ratio": 0.95, "slope": -0.95,
        "offset_slope": 0.95, "intercept": 0.0, "r_squared": 0.99, "f_statistic": 400.0, "t_statistic": 20.0,
        "observation_count": weeks,
        "observation_dates": [book.TODAY - timedelta(days=7 * (weeks - 1 - week)) for week in range(weeks)],
        "designated_observation_from": 20, "item_changes": item, "instrument_changes": [-0.95 * one for one in item],
    }  # fmt: skip
    return EffectivenessResult(
        entity_id=version.entity_id, relationship_id=version.relationship_id, relationship_version=version,
        **(values | fields),
    )  # fmt: skip


def criterion(version: Any, name: str = "offset_slope", **fields: Any) -> EffectivenessCriterionResult:
    values: dict[str, Any] = {
        "status": "OK", "criterion": name, "effectiveness_status": "EFFECTIVE", "is_deciding": True, "value": 0.95,
        "lower_limit": 0.8, "upper_limit": 1.25, "margin": 0.15,
    }  # fmt: skip
    return EffectivenessCriterionResult(
        entity_id=version.entity_id, relationship_id=version.relationship_id, **(values | fields)
    )


def small_book(size: int = 1, *, of: Any = None) -> dict[str, Any]:
    """`size` exposures, forwards and relationships of one entity, its policy, and a published night over them."""
    entity, risk = of or book.entity(), book.risk()
    exposures = [book.exposure(of=entity, risk=risk) for _ in range(size)]
    forwards = [book.forward(of=entity, risk=risk) for _ in range(size)]
    relationships = [
        book.relationship(of=entity, items=[(item, 600_000)], instruments=[(hedge, -600_000)])
        for item, hedge in zip(exposures, forwards, strict=True)
    ]
    book.policy(of=entity, risk=risk, bands=[(0, 12, "0.5", "0.65", "0.8"), (12, 36, "0.2", "0.4", "0.6")])
    rows = [bucket(entity, risk, 6 * place, 6 * place + 6) for place in range(size)]
    rows += [valuation(hedge) for hedge in forwards]
    rows += [effectiveness(version) for version in relationships]
    rows += [criterion(version) for version in relationships]
    run = published([*rows, ratio(entity, risk)])
    return {
        "entity": entity, "risk": risk, "exposures": exposures, "forwards": forwards, "relationships": relationships,
        "run": run,
    }  # fmt: skip
