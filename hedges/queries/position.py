"""What the position and the horizon profile read: buckets and ratios of one run."""

from __future__ import annotations

from datetime import date

from django.db.models import F, QuerySet

from hedges.enums import RatioSubject
from hedges.models import HedgeRatioResult, HorizonBucketResult
from treasury.queries.rows import Row, listed, one

BUCKET = (
    "entity_id", "risk_id", "month_from", "month_to", "amount_unit", "net_exposure_amount", "hedge_amount",
    "net_open_amount", "coverage_ratio", "lower_ratio", "target_ratio", "upper_ratio", "flags", "reasons",
    "min_to_hedge_amount", "target_to_hedge_amount", "max_to_hedge_amount",
)  # fmt: skip
PROFILE = (
    *BUCKET, "forecast_amount", "firm_amount", "forward_amount", "option_amount", "swap_amount", "future_amount",
    "natural_offset_amount", "cumulative_coverage_ratio", "coverage_declines", "position_count",
)  # fmt: skip


def buckets(run_id: int, entity_ids: list[int]) -> list[Row]:
    return listed(
        HorizonBucketResult.objects.filter(run_id=run_id, entity_id__in=entity_ids)
        .order_by("entity__code", "risk__code", "month_from")
        .values(*BUCKET, entity_code=F("entity__code"), risk_code=F("risk__code"))
    )


def ratios(
    run_id: int, entity_ids: list[int], subjects: tuple[str, ...] = (RatioSubject.ENTITY_RISK,)
) -> list[Row]:
    """Hedge ratios by entity and risk, or of other subjects; an entity's own row comes before those of its risks."""
    return listed(
        HedgeRatioResult.objects.filter(run_id=run_id, entity_id__in=entity_ids, subject__in=subjects)
        .order_by("entity__code", F("risk__code").asc(nulls_first=True))
        .values(
            "entity_id",
            "risk_id",
            "amount_unit",
            "exposure_amount",
            "hedge_amount",
            "derivative_amount",
            "natural_offset_amount",
            "open_amount",
            "hedge_ratio",
            "position_count_ratio",
            "positions_total",
            "positions_hedged",
            "counted_as_hedged_from",
            "subject",
            "flags",
            "reasons",
            entity_code=F("entity__code"),
            risk_code=F("risk__code"),
            risk_name=F("risk__name"),
        )
    )


def profile(run_id: int, entity_id: int, risk_id: int) -> list[Row]:
    return listed(
        HorizonBucketResult.objects.filter(run_id=run_id, entity_id=entity_id, risk_id=risk_id)
        .order_by("month_from")
        .values(*PROFILE, entity_code=F("entity__code"), risk_code=F("risk__code"))
    )


def ratio_history(entity_id: int, risk_id: int, *, nights: QuerySet, since: date) -> list[Row]:
    return listed(
        HedgeRatioResult.objects.filter(
            run_id__in=nights,
            run__as_of_date__gte=since,
            subject=RatioSubject.ENTITY_RISK,
            entity_id=entity_id,
            subject_key=risk_id,
        )
        .order_by("run__as_of_date")
        .values(
            "hedge_ratio",
            "flags",
            "reasons",
            "exposure_amount",
            "hedge_amount",
            "run_id",
            day=F("run__as_of_date"),
        )
    )


def bucket_history(
    entity_id: int, risk_id: int, month_from: int, *, nights: QuerySet, since: date
) -> list[Row]:
    return listed(
        HorizonBucketResult.objects.filter(
            run_id__in=nights,
            run__as_of_date__gte=since,
            entity_id=entity_id,
            risk_id=risk_id,
            month_from=month_from,
        )
        .order_by("run__as_of_date")
        .values(
            "coverage_ratio",
            "lower_ratio",
            "upper_ratio",
            "flags",
            "reasons",
            "run_id",
            day=F("run__as_of_date"),
        )
    )


def bucket(run_id: int, entity_id: int, risk_code: str, month_from: int) -> Row | None:
    return one(
        HorizonBucketResult.objects.filter(
            run_id=run_id, entity_id=entity_id, risk__code=risk_code, month_from=month_from
        ).values(*PROFILE, entity_code=F("entity__code"), risk_code=F("risk__code"))
    )
