"""De-designation: hedge accounting revoked by choice, whole or in part (IAS 39.91(c), ASC 815-25-40-1, 815-30-40-1).

IFRS 9 knows none (6.5.6). It counts from the day of its documentation on, never before. An economic hedge has no hedge
accounting, so that its link may be ended under every framework.
"""

from datetime import date
from typing import Any

from hedges.domain.changes import record
from hedges.domain.changes.discontinue import kept
from hedges.domain.changes.standing import prospective, standing
from hedges.domain.changes.volumes import Amounts
from hedges.enums import ChangeCause, ChangeKind
from hedges.models import HedgeRelationship, HedgeRelationshipVersion
from treasury.domain.refusals import Refusal
from treasury.enums import AccountingFramework


def draft(
    *,
    relationship: HedgeRelationship,
    from_date: date,
    reason: str,
    items: Amounts | None = None,
    instruments: Amounts | None = None,
) -> HedgeRelationshipVersion:
    """The change with its effect; nothing is recorded. `items` and `instruments` as for a discontinuation."""
    at = standing(relationship, from_date)
    if at.version.framework == AccountingFramework.IFRS9 and at.is_accounted:
        raise Refusal(
            f"{at.code}: IFRS 9 knows no voluntary end of hedge accounting (6.5.6); discontinue it for the cause that"
            " applies, or rebalance it."
        )
    prospective(at, "a de-designation")
    plan = kept(at, items, instruments)
    return record.draft(
        at, kind=ChangeKind.DE_DESIGNATION, cause=ChangeCause.VOLUNTARY, plan=plan, reason=reason
    )


def propose(
    *,
    relationship: HedgeRelationship,
    from_date: date,
    reason: str,
    actor: Any,
    items: Amounts | None = None,
    instruments: Amounts | None = None,
) -> HedgeRelationshipVersion:
    """Records the de-designation; it waits for another person's approval. Raises Refusal with what is missing."""
    version = draft(
        relationship=relationship, from_date=from_date, reason=reason, items=items, instruments=instruments
    )
    return record.propose(version, actor=actor)
