"""What the measured rows of a close leave open, by relationship."""

from collections.abc import Sequence
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef

from hedges.enums import DecisionSubject, EffectivenessStatus, HedgeType
from hedges.models import AssessmentDecision, EffectivenessResult, MeasurementResult
from treasury.enums import ResultStatus


def undefined(run_id: int) -> list[tuple[str, list[str]]]:
    """Relationships with amounts that could not be worked out, with the reasons."""
    rows = MeasurementResult.objects.filter(run_id=run_id).exclude(status=ResultStatus.OK)
    return list(rows.order_by("relationship__code").values_list("relationship__code", "reasons"))


def undecided_credit(run_id: int, period_end: date) -> list[str]:
    """Relationships where credit risk dominates by the numbers, and nobody has confirmed it or not (6.4.1(c)(ii))."""
    decided = AssessmentDecision.objects.filter(
        relationship=OuterRef("relationship"), subject=DecisionSubject.CREDIT_RISK, as_of_date=period_end
    )
    rows = EffectivenessResult.objects.filter(
        ~Exists(decided), run_id=run_id, credit_risk_status=EffectivenessStatus.NOT_EFFECTIVE
    ).exclude(relationship_version__hedge_type=HedgeType.ECONOMIC)
    return list(rows.order_by("relationship__code").values_list("relationship__code", flat=True))


def not_adding_up(run_id: int, identities: Sequence[tuple[str, str]]) -> list[str]:
    """Relationships whose amounts are not the sum of their parts; only such amounts may be posted."""
    broken = " OR ".join(f"({whole}) IS DISTINCT FROM ({parts})" for whole, parts in identities)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.code FROM hedges_measurementresult m JOIN hedges_hedgerelationship r ON r.id = m.relationship_id"
            f" WHERE m.run_id = %s AND m.status = 'OK' AND ({broken}) ORDER BY 1",
            [run_id],
        )
        return [row[0] for row in cursor.fetchall()]
