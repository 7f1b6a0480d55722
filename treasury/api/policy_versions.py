"""Versions of hedging policies, with the second person's decision on them."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.response import Response

from treasury.api.decisions import DECISION, SEEN
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.policies import PolicyVersionSerializer, attach_bands
from treasury.api.recorded import DECIDED_LATER, RecordedResource
from treasury.api.rows import Row
from treasury.api.scopes import Scope
from treasury.api.writing import DECIDERS, Action, read_back, seen
from treasury.domain import policies as verbs
from treasury.enums import Decision, TokenScope
from treasury.models import PolicyVersion
from treasury.queries import policies


class DecidedPolicyVersionSerializer(PolicyVersionSerializer):
    id = serializers.IntegerField(help_text="Of the version; what is decided on.")
    policy_id = serializers.IntegerField()
    entity_id = serializers.IntegerField(source="policy.entity_id")
    entity = serializers.CharField(source="policy.entity.code")
    risk = serializers.CharField(source="policy.risk.code")


class DecidedPolicyVersions(RecordedResource):
    """Versions of policies, the newest first: what waits for a decision, and what was decided."""

    permission_classes = (OfEntities,)
    operation = "policy_versions"
    dated = "valid_from"
    later = DECIDED_LATER
    tagged = PolicyVersion
    serializer = DecidedPolicyVersionSerializer
    descending = True
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="policy__entity__code"),
        Parameter("risk", "Code of the risk.", lookup="policy__risk__code"),
        Parameter(
            "awaits",
            "true: nobody has decided on them; false: decided.",
            "boolean",
            lookup="approval__isnull",
        ),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return policies.all_versions(scope.user)

    def attach(self, found: list[Row], scope: Scope) -> None:
        attach_bands(found)


class _Decide(Action):
    token_scope = TokenScope.DECIDE
    response_schema = DecidedPolicyVersionSerializer
    roles = DECIDERS
    body = DECISION
    status_code = 200
    decision = Decision.APPROVED

    def found(self, where: dict[str, Any]) -> PolicyVersion:
        return seen(policies.all_versions(self.request.user).filter(pk=where["key"]).select_related("policy"))

    def entity_of(self, subject: PolicyVersion) -> int:
        return subject.policy.entity_id

    def act(self, subject: PolicyVersion, told: dict[str, Any]) -> Response:
        verbs.decide(
            version=subject, actor=self.request.user, decision=self.decision, comment=told["comment"],
            digest=told[SEEN],
        )  # fmt: skip
        return self.made(read_back(DecidedPolicyVersions, self.request.user, subject.pk))


class ApprovePolicyVersion(_Decide):
    """A second person's yes: the next night goes by it."""

    operation = "policy_versions_approve"


class RejectPolicyVersion(_Decide):
    """A second person's no: the version never counts."""

    operation = "policy_versions_reject"
    decision = Decision.REJECTED
