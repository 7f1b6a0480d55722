"""Search over everything that has a name: what the search box of the desk finds, by the same finders."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.routes import action
from treasury.api.views import ApiView
from treasury.queries import people
from treasury.web.scope import Scope
from treasury.web.views.search import PLURALS, find


class FoundSerializer(serializers.Serializer):
    kind = serializers.ChoiceField([(name, name) for name in PLURALS], help_text="What it is.")
    name = serializers.CharField(help_text="What people call it: a reference, a code, a number, a title.")
    entity = serializers.CharField(help_text="Code of its entity; empty: of none.")
    says = serializers.CharField(help_text="The most of it in a line.")
    page = serializers.CharField(help_text="Address of its page on the desk, on this server.")


class FoundListSerializer(serializers.Serializer):
    results = FoundSerializer(many=True)


class Search(ApiView):
    """What has the text in its reference, code, title or description, or an amount within one per cent: at most twenty
    of a kind, of what you may see, as it stands now. `5m` and `250k` are amounts, `2026-09` is a month."""

    operation = "search"
    permission_classes = (OfEntities,)
    response_schema = FoundListSerializer
    parameters = (
        Parameter("q", "What to look for; the first 60 characters count, without any nothing is found."),
    )

    def get(self, request: Request) -> Response:
        text = self.read_query(request).get("q", "").strip()[:60]
        rows = find(Scope(people.person(request.user)), text)
        told = ("kind", "name", "entity", "says")
        return Response({"results": [{n: row[n] for n in told} | {"page": row["href"]} for row in rows]})


urlpatterns = [action("search", Search)]
