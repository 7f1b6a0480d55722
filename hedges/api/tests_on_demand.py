"""Testing a hedge on any day, and deciding about a test without a result or about credit risk."""

from typing import Any

from rest_framework.response import Response

from hedges.api.assessments import (
    AssessmentDecisions,
    AssessmentDecisionSerializer,
    AssessmentDetailSerializer,
    Assessments,
)
from hedges.domain.assessment import decisions, on_demand
from hedges.enums import DecisionSubject, EffectivenessStatus
from hedges.models import HedgeRelationship
from hedges.queries import accounted
from treasury.api.bodies import Input, body, choices
from treasury.api.links import Made
from treasury.api.writing import DECIDERS, EITHER, Action, address, read_back, seen
from treasury.enums import TokenScope


class _OfRelationship(Action):
    def found(self, where: dict[str, Any]) -> HedgeRelationship:
        return seen(accounted.relationships(self.request.user).filter(pk=where["key"]))


class TestNow(_OfRelationship):
    """Tests a relationship as of a day with what is known now, as the night would; the record keeps every number."""

    token_scope = TokenScope.ACCOUNTING
    operation = "hedge_relationships_test"
    changes = False  # a record of its own; the relationship stays as it is
    response_schema = AssessmentDetailSerializer
    makes = Made("assessments")
    roles = EITHER
    body = body(
        Input("as_of_date", "Up to today.", "date"),
        Input("reason", "Goes into the audit event.", required=False, blank=True, default=""),
        example={"as_of_date": "2026-10-30"},
    )

    def act(self, subject: HedgeRelationship, told: dict[str, Any]) -> Response:
        made = on_demand.on_demand(
            relationships=[subject], as_of_date=told["as_of_date"], actor=self.request.user,
            reason=told["reason"],
        )[0]  # fmt: skip
        row = read_back(Assessments, self.request.user, made.pk)
        return self.made(row, address=address("assessments", made.pk))


class DecideOnTest(_OfRelationship):
    """A named person's decision for a day: TEST, the status to go by where the test has no result; CREDIT_RISK, whether
    it dominates (NOT_EFFECTIVE: it does). Never by who prepared the relationship's newest version."""

    token_scope = TokenScope.DECIDE
    operation = "hedge_relationships_decide"
    response_schema = AssessmentDecisionSerializer
    makes = Made("assessment-decisions")
    roles = DECIDERS
    body = body(
        Input("subject", "What is decided on.", "choice", choices=choices(DecisionSubject)),
        Input("as_of_date", "End of the period that it is for.", "date"),
        Input(
            "decided_status", "The status to go by.", "choice",
            choices=(EffectivenessStatus.EFFECTIVE.value, EffectivenessStatus.NOT_EFFECTIVE.value),
        ),
        Input("reason", "What was looked at, and why it comes to this."),
        example={
            "subject": "CREDIT_RISK", "as_of_date": "2026-09-30", "decided_status": "EFFECTIVE",
            "reason": "The bank was rated up on the last day of the month.",
        },
    )  # fmt: skip

    def act(self, subject: HedgeRelationship, told: dict[str, Any]) -> Response:
        made = decisions.decide(
            relationship=subject, subject=told["subject"], as_of_date=told["as_of_date"],
            status=told["decided_status"], reason=told["reason"], actor=self.request.user,
        )  # fmt: skip
        row = read_back(AssessmentDecisions, self.request.user, made.pk)
        return self.made(row, address=address("assessment-decisions", made.pk))
