"""People and their roles, as the page shows them: who may be the second person, and where."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from treasury.api.parameters import Parameter, one_of
from treasury.api.permissions import OfEntities
from treasury.api.scopes import Scope
from treasury.api.views import Resource
from treasury.enums import Role
from treasury.queries import people


class MembershipSerializer(serializers.Serializer):
    """One role of one person, at one entity or at all of them."""

    id = serializers.IntegerField()
    username = serializers.CharField(source="user.username")
    first_name = serializers.CharField(source="user.first_name", allow_blank=True)
    last_name = serializers.CharField(source="user.last_name", allow_blank=True)
    role = serializers.ChoiceField(Role.choices)
    entity = serializers.CharField(source="entity.code", allow_null=True, help_text="Null: at every entity.")
    is_active = serializers.BooleanField(source="user.is_active")
    last_login = serializers.DateTimeField(source="user.last_login", allow_null=True)


class People(Resource):
    """Who has which role at your entities. Roles are given from the command line."""

    permission_classes = (OfEntities,)
    operation = "people"
    serializer = MembershipSerializer
    parameters = (
        Parameter("username", "Those of this person.", lookup="user__username"),
        Parameter("entity", "Those at this entity alone.", lookup="entity__code"),
        one_of("role", Role, "Those with this role."),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return people.memberships(scope.user)
