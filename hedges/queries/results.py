"""The result families of one run, for those who may see the entity. Without a run there are no rows."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import QuerySet

from hedges.models import (
    EffectivenessCriterionResult,
    EffectivenessResult,
    HedgeRatioResult,
    HorizonBucketResult,
    ValuationResult,
)
from treasury.models import RunResult
from treasury.queries import access

R = TypeVar("R", bound=RunResult)


def _of_run(family: type[R], user: Any, run_id: int | None) -> "QuerySet[R]":
    if run_id is None:
        return family._default_manager.none()
    return access.scoped(family._default_manager.filter(run_id=run_id), user)


def of_family(family: type[R], user: Any, run_id: int) -> "QuerySet[R]":
    """The rows of any family."""
    return _of_run(family, user, run_id)


def valuations(user: Any, run_id: int | None) -> "QuerySet[ValuationResult]":
    return _of_run(ValuationResult, user, run_id)


def hedge_ratios(user: Any, run_id: int | None) -> "QuerySet[HedgeRatioResult]":
    return _of_run(HedgeRatioResult, user, run_id)


def horizon_buckets(user: Any, run_id: int | None) -> "QuerySet[HorizonBucketResult]":
    return _of_run(HorizonBucketResult, user, run_id)


def effectiveness(user: Any, run_id: int | None) -> "QuerySet[EffectivenessResult]":
    return _of_run(EffectivenessResult, user, run_id)


def criteria(
    user: Any, run_id: int | None, relationship_ids: Iterable[int]
) -> "QuerySet[EffectivenessCriterionResult]":
    found = _of_run(EffectivenessCriterionResult, user, run_id).filter(
        relationship_id__in=list(relationship_ids)
    )
    return found.order_by("relationship_id", "criterion")
