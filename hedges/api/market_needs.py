"""The quotes that the live book needs on a day: what is missing, what is too old, and what depends on it."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hedges.queries import market_needs
from treasury.api import scopes
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.views import ApiView
from treasury.queries import access

STATES = {"MISSING": market_needs.MISSING, "STALE": market_needs.STALE, "FRESH": market_needs.FRESH}
_NAMES = {state: name for name, state in STATES.items()}


class MarketNeedSerializer(serializers.Serializer):
    what = serializers.ChoiceField([(what, what) for what in market_needs.WHAT])
    name = serializers.CharField(
        help_text="A currency, a pair, an index, a commodity, a contract or a party."
    )
    state = serializers.ChoiceField([(name, name) for name in STATES])
    newest = serializers.DateField(
        allow_null=True, help_text="Date of its newest quote; null: there is none."
    )
    age = serializers.IntegerField(allow_null=True, help_text="Days before `as_of_date`.")
    stale_after_days = serializers.IntegerField(
        allow_null=True, help_text="The smallest limit of the rule packs of the entities that need it."
    )
    instruments = serializers.IntegerField(help_text="Live trades that need it.")
    exposures = serializers.IntegerField(help_text="Open exposures that need it.")


class MarketNeedsSerializer(serializers.Serializer):
    as_of_date = serializers.DateField()
    known_at = serializers.DateTimeField(allow_null=True)
    missing = serializers.IntegerField()
    stale = serializers.IntegerField()
    results = MarketNeedSerializer(many=True)


class MarketNeeds(ApiView):
    """What the book needs of the market on a day, what is missing first, then what is too old. A number that needs one
    of these two is null, with the reason."""

    permission_classes = (OfEntities,)
    operation = "market_needs"
    response_schema = MarketNeedsSerializer
    parameters = (
        scopes.AS_OF, scopes.KNOWN_AT,
        Parameter("entity", "Code of the entity; without it all that you may see."),
        Parameter("state", "Only those in this state.", "choice", choices=tuple(STATES)),
    )  # fmt: skip

    def get(self, request: Request) -> Response:
        values = self.read_query(request)
        scope = scopes.of_point(request.user, values)
        assert scope.point is not None
        entities = access.visible_entities(request.user)
        if "entity" in values:
            entities = entities.filter(code=values["entity"])
        found = market_needs.needs(
            entity_ids=list(entities.values_list("pk", flat=True)),
            on=scope.point.as_of_date,
            known_at=scope.known_at,
        )
        count = {state: sum(row["state"] == state for row in found) for state in STATES.values()}
        wanted = STATES.get(values.get("state", ""))
        return Response(
            scope.shown
            | {
                "missing": count[market_needs.MISSING],
                "stale": count[market_needs.STALE],
                "results": [
                    {
                        "what": row["what"],
                        "name": row["name"],
                        "state": _NAMES[row["state"]],
                        "newest": row["newest"],
                        "age": row["age"],
                        "stale_after_days": row["days"],
                        "instruments": row["instruments"],
                        "exposures": row["exposures"],
                    }
                    for row in found
                    if wanted in (None, row["state"])
                ],
            }
        )
