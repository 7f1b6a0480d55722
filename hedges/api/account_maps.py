"""Account maps: the account that each role of hedge accounting posts to, in versions that two people make."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.response import Response

from hedges.domain import account_map
from hedges.enums import AccountRole
from hedges.models import AccountMap, AccountMapVersion
from hedges.queries import accounted
from treasury.api.bodies import Input, body, choices, duplicates
from treasury.api.decisions import DECISION, SEEN
from treasury.api.links import Made
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.recorded import DECIDED_LATER, RecordedResource
from treasury.api.rows import Row
from treasury.api.scopes import Scope
from treasury.api.versions import StoryFields, VersionFields
from treasury.api.views import VersionedResource, Versions
from treasury.api.writing import DECIDERS, PREPARERS, Action, address, read_back, seen
from treasury.enums import TokenScope
from treasury.models import Entity
from treasury.queries import access


class AccountsField(serializers.DictField):
    """Role → account."""

    child = serializers.DictField(child=serializers.CharField(allow_blank=True))


class AccountMapSerializer(VersionFields):
    id = serializers.IntegerField(source="account_map_id")
    entity_id = serializers.IntegerField(source="account_map.entity_id")
    entity = serializers.CharField(source="account_map.entity.code")
    accounts = AccountsField(help_text="Role → `code` and `name` of its account.")


class AccountMapVersionSerializer(StoryFields):
    accounts = AccountsField(help_text="Role → `code` and `name` of its account.")


class DecidedMapVersionSerializer(AccountMapVersionSerializer):
    id = serializers.IntegerField(help_text="Of the version; what is decided on.")
    account_map_id = serializers.IntegerField()
    entity_id = serializers.IntegerField(source="account_map.entity_id")
    entity = serializers.CharField(source="account_map.entity.code")


class AccountMaps(VersionedResource):
    """The version of each entity's account map that counts."""

    permission_classes = (OfEntities,)
    operation = "account_maps"
    tagged = AccountMap
    serializer = AccountMapSerializer
    key = ("account_map_id",)
    parameters = (Parameter("entity", "Code of the entity.", lookup="account_map__entity__code"),)

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        assert scope.point is not None
        return accounted.maps_at_point(scope.user, scope.point)


class AccountMapVersions(Versions):
    """Every version of an account map, the newest first."""

    permission_classes = (OfEntities,)
    operation = "account_maps_versions"
    tagged = AccountMap
    serializer = AccountMapVersionSerializer

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return accounted.map_versions(scope.user).filter(account_map=self.kwargs["key"])


class DecidedMapVersions(RecordedResource):
    """Versions of account maps, the newest first: what waits for a decision, and what was decided."""

    permission_classes = (OfEntities,)
    operation = "account_map_versions"
    dated = "valid_from"
    later = DECIDED_LATER
    tagged = AccountMapVersion
    serializer = DecidedMapVersionSerializer
    descending = True
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="account_map__entity__code"),
        Parameter(
            "awaits",
            "true: nobody has decided on them; false: decided.",
            "boolean",
            lookup="approval__isnull",
        ),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return accounted.map_versions(scope.user)


_ACCOUNT = body(
    Input("role", "What it is for.", "choice", choices=choices(AccountRole)),
    Input("code", "Of the ledger.", limit=account_map.MAX_CODE),
    Input("name", "Of the account.", required=False, limit=account_map.MAX_NAME, blank=True, default=""),
)


class RecordAccountMap(Action):
    """Records a version of the entity's account map; it counts once another person approves it."""

    token_scope = TokenScope.ACCOUNTING
    operation = "entities_account_map_record"
    may_be_first = True
    response_schema = DecidedMapVersionSerializer
    makes = Made("account-map-versions", "/version_id")
    roles = PREPARERS
    body = body(
        Input("valid_from", "First date on which it counts.", "date"),
        Input("valid_to", "Exclusive; without it until another version replaces it.", "date", required=False),
        Input("reason", "Why it changes.", required=False, blank=True, default=""),
        Input(
            "accounts", "One a role; roles that are never posted to may be left out.", "array", of=_ACCOUNT
        ),
        example={
            "valid_from": "2026-09-01",
            "accounts": [{"role": "DERIVATIVE", "code": "1410", "name": "Derivatives at fair value"}],
        },
    )

    def found(self, where: dict[str, Any]) -> Entity:
        return seen(access.visible_entities(self.request.user).filter(pk=where["key"]))

    def entity_of(self, subject: Entity) -> int:
        return subject.pk

    def tagged(self, subject: Entity) -> AccountMap | None:
        """The map that the entity has already."""
        return AccountMap.objects.filter(entity=subject).first()

    def act(self, subject: Entity, told: dict[str, Any]) -> Response:
        duplicates(told["accounts"], "role", "accounts")
        version = account_map.record(
            entity=subject,
            accounts={row["role"]: {"code": row["code"], "name": row["name"]} for row in told["accounts"]},
            valid_from=told["valid_from"],
            valid_to=told["valid_to"],
            reason=told["reason"],
            actor=self.request.user,
        )
        return self.made(
            read_back(DecidedMapVersions, self.request.user, version.pk),
            address=address("account-map-versions", version.pk),
        )


class _DecideOnMap(Action):
    token_scope = TokenScope.DECIDE
    response_schema = DecidedMapVersionSerializer
    roles = DECIDERS
    body = DECISION
    status_code = 200
    decide = staticmethod(account_map.approve)

    def found(self, where: dict[str, Any]) -> AccountMapVersion:
        return seen(accounted.map_versions(self.request.user).filter(pk=where["key"]))

    def entity_of(self, subject: AccountMapVersion) -> int:
        return subject.account_map.entity_id

    def act(self, subject: AccountMapVersion, told: dict[str, Any]) -> Response:
        decide = type(self).decide
        decide(versions=[subject], actor=self.request.user, comment=told["comment"], digests=[told[SEEN]])
        row: Row = read_back(DecidedMapVersions, self.request.user, subject.pk)
        return self.made(row)


class ApproveAccountMap(_DecideOnMap):
    """A second person's yes to the version with the digest that they have seen."""

    operation = "account_map_versions_approve"


class RejectAccountMap(_DecideOnMap):
    """A second person's no."""

    operation = "account_map_versions_reject"
    decide = staticmethod(account_map.reject)
