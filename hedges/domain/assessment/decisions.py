"""What a named person decides about a test, with a reason: on the record, the newest one counts."""

from datetime import date
from typing import Any

from hedges.enums import DecisionSubject, EffectivenessStatus
from hedges.models import AssessmentDecision, HedgeRelationship
from treasury.domain import audit
from treasury.domain.refusals import Refusal, as_refusal


def decide(
    *,
    relationship: HedgeRelationship,
    subject: DecisionSubject | str,
    as_of_date: date,
    status: EffectivenessStatus | str,
    reason: str,
    actor: Any,
) -> AssessmentDecision:
    """TEST: the status to go by where the test of that day, IAS 39 or ASC 815, came out INCONCLUSIVE. CREDIT_RISK:
    NOT_EFFECTIVE confirms that credit risk dominates (IFRS 9 B6.4.7-8), EFFECTIVE that it does not. QUALITATIVE, where
    the inception file elects it: EFFECTIVE states that facts and circumstances have not changed (ASC 815-20-35-2A to
    2F), NOT_EFFECTIVE that they have, so that the test in numbers counts.

    The database refuses whoever prepared the newest version, or has no role for it at the entity, and a test that has
    a result. Raises Refusal.
    """
    if not reason.strip():
        raise Refusal("A decision needs its reason: what you have looked at, and why it comes to this.")
    name = "hedges.assessment.decided"
    with as_refusal(), audit.action(name, actor=actor, subject=relationship, reason=reason):
        return AssessmentDecision.objects.create(
            relationship=relationship,
            subject=subject,
            as_of_date=as_of_date,
            decided_status=status,
            decided_by=actor,
            reason=reason,
        )
