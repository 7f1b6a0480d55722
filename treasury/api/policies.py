"""Hedging policies: dated bands per entity and risk."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from treasury.api import rows
from treasury.api.fields import Ratio
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.rows import Row
from treasury.api.scopes import Scope
from treasury.api.versions import StoryFields, VersionFields
from treasury.api.views import VersionedResource, Versions
from treasury.models import Policy
from treasury.queries import policies


class PolicyBandSerializer(serializers.Serializer):
    month_from = serializers.IntegerField(help_text="Months ahead, inclusive.")
    month_to = serializers.IntegerField(help_text="Months ahead, exclusive.")
    lower_ratio = Ratio()
    target_ratio = Ratio()
    upper_ratio = Ratio()


class PolicySerializer(VersionFields):
    id = serializers.IntegerField(source="policy_id")
    entity_id = serializers.IntegerField(source="policy.entity_id")
    entity = serializers.CharField(source="policy.entity.code")
    risk = serializers.CharField(source="policy.risk.code")
    bands = PolicyBandSerializer(many=True)


class PolicyVersionSerializer(StoryFields):
    bands = PolicyBandSerializer(many=True)


def attach_bands(found: list[Row]) -> None:
    versions = {row["version_id"]: row for row in found}
    for row in found:
        row["bands"] = []
    how = rows.plan(PolicyBandSerializer, ("policy_version_id",))
    for values in policies.bands(versions).values_list(*how.columns):
        versions[values[0]]["bands"].append(how.row(values))


class Policies(VersionedResource):
    """The version of each policy that counts."""

    permission_classes = (OfEntities,)
    operation = "policies"
    tagged = Policy
    serializer = PolicySerializer
    key = ("policy_id",)
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="policy__entity__code"),
        Parameter("risk", "Code of the risk.", lookup="policy__risk__code"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return policies.at_point(scope.user, scope.point)

    def attach(self, found: list[Row], scope: Scope) -> None:
        attach_bands(found)


class PolicyVersions(Versions):
    """Every version of a policy, the newest first."""

    permission_classes = (OfEntities,)
    operation = "policies_versions"
    tagged = Policy
    serializer = PolicyVersionSerializer

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return policies.versions_of(scope.user, self.kwargs["key"])

    def attach(self, found: list[Row], scope: Scope) -> None:
        super().attach(found, scope)
        attach_bands(found)
