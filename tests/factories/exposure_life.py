"""Exposures in a later state of their life: through the verbs that people use, each approved by another person."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from exposures.domain import lifecycle
from exposures.domain.next_version import Change
from exposures.models import ExposureVersion, ExposureVersionApproval
from tests.factories import book
from treasury.domain import approval

DAY = date(2026, 6, 1)


def change(of: ExposureVersion, *, on: date = DAY, seen: int | None = None, **terms: Any) -> Change:
    return Change(of.exposure_id, on, terms, seen)


def done(
    verb: str, of: ExposureVersion, *, on: date = DAY, approve: bool = True, **terms: Any
) -> ExposureVersion:
    """One verb of the life cycle on one exposure."""
    recorded = getattr(lifecycle, verb)(
        changes=[change(of, on=on, **terms)], actor=book.user(), reason="as the business says"
    )
    return approved(recorded)[0] if approve else recorded[0]


def approved(versions: Sequence[ExposureVersion]) -> Sequence[ExposureVersion]:
    approval.decide(versions=versions, approvals=ExposureVersionApproval, actor=book.user())
    return versions
