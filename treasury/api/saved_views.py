"""Lists as people like to see them: kept under a name for oneself, or shared with the people of an entity."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from rest_framework import serializers
from rest_framework.response import Response

from treasury.api.bodies import Input, body
from treasury.api.links import Made
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfOneself
from treasury.api.scopes import Scope
from treasury.api.views import Resource
from treasury.api.writing import Action, address, read_back, seen
from treasury.domain import saved_views as verbs
from treasury.enums import Role, TokenScope
from treasury.models import SavedView
from treasury.queries import access, saved_views

#: A view is a person's own preference: every role keeps some, and so does a key that reads. Who shares one is asked
#: by the domain.
ANY_ROLE = tuple(Role)


class SavedViewSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    path = serializers.CharField(help_text="Of the page.")
    query = serializers.CharField(
        allow_blank=True, help_text="Its filters, order and columns, as in the address."
    )
    owner = serializers.CharField(source="owner.username")
    shared_with = serializers.CharField(
        source="shared_with.code", allow_null=True, help_text="Code of the entity whose people see it."
    )
    created_at = serializers.DateTimeField()


class SavedViews(Resource):
    """Your own views, and those that are shared with an entity that you see."""

    permission_classes = (OfOneself,)
    operation = "saved_views"
    tagged = SavedView
    serializer = SavedViewSerializer
    parameters = (Parameter("path", "Those of this page.", lookup="path"),)

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return saved_views.visible(scope.user)


class KeepView(Action):
    """Keeps a list under a name: a page of the desk with its filters. Shared with an entity, its people see it."""

    token_scope = TokenScope.READ
    operation = "saved_views_keep"
    response_schema = SavedViewSerializer
    makes = Made("saved-views")
    roles = ANY_ROLE
    body = body(
        Input("name", "Once for each page.", limit=60),
        Input("path", "Of the page, such as /instruments/.", limit=200),
        Input("query", "As in the address, without the question mark.", required=False, limit=2000, blank=True,
              default=""),
        Input("shared_with", "Code of the entity; without it the view is yours alone.", required=False, limit=100),
        example={"name": "Dollar, open", "path": "/instruments/", "query": "risk=USDEUR&status=LIVE"},
    )  # fmt: skip

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        user, shared = self.request.user, None
        if told["shared_with"] is not None:
            shared = access.visible_entities(user).filter(code=told["shared_with"]).first()
            if shared is None:
                raise Http404
        key = verbs.save(
            owner=user, name=told["name"], path=told["path"], query=told["query"], shared_with=shared
        )
        return self.made(read_back(SavedViews, user, key), address=address("saved-views", key))


class DeleteView(Action):
    """Deletes a view of your own; nobody deletes another's."""

    token_scope = TokenScope.READ
    operation = "saved_views_delete"
    response_schema = SavedViewSerializer
    roles = ANY_ROLE
    status_code = 200

    def found(self, where: dict[str, Any]) -> SavedView:
        return seen(saved_views.visible(self.request.user).filter(pk=where["key"]))

    def may_at(self, entity_id: int) -> None:
        """It is the owner's, wherever it is shared; another's is refused by the domain."""

    def entity_of(self, subject: SavedView) -> int:
        return 0

    def act(self, subject: SavedView, told: dict[str, Any]) -> Response:
        row = read_back(SavedViews, self.request.user, subject.pk)
        verbs.delete(owner=self.request.user, pk=subject.pk)
        return self.made(row)
