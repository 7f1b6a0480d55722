"""The position: how much of what is hedged, by entity, risk and bucket of months, those outside their band first."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hedges.queries import position
from hedges.queries.breaches import breach
from treasury.api import scopes
from treasury.api.fields import Money, money_or_null
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.rows import Row
from treasury.api.scopes import RunReference
from treasury.api.views import ApiView
from treasury.queries import access

#: Besides the breaches, which are flags of the run.
STANDINGS = ("IN_BAND", "NO_POLICY", "NO_EXPOSURE", "HEDGE_ONLY")
_AMOUNTS = ("net_exposure_amount", "hedge_amount", "net_open_amount")
_RATIOS = ("coverage_ratio", "lower_ratio", "target_ratio", "upper_ratio")


def _ratio() -> serializers.FloatField:
    return serializers.FloatField(allow_null=True)


class PositionBucketSerializer(serializers.Serializer):
    month_from = serializers.IntegerField(help_text="Months ahead, inclusive.")
    month_to = serializers.IntegerField(allow_null=True, help_text="Exclusive; null: everything after.")
    net_exposure_amount = Money(unit="amount_unit", allow_null=True)
    hedge_amount = Money(unit="amount_unit", allow_null=True)
    net_open_amount = Money(unit="amount_unit", allow_null=True)
    coverage_ratio = _ratio()
    lower_ratio = _ratio()
    target_ratio = _ratio()
    upper_ratio = _ratio()
    standing = serializers.CharField(
        help_text="The gravest flag of a breach, else IN_BAND, NO_POLICY, NO_EXPOSURE or HEDGE_ONLY."
    )
    reasons = serializers.ListField(child=serializers.CharField())


class PositionLineSerializer(serializers.Serializer):
    entity_id = serializers.IntegerField()
    entity = serializers.CharField()
    risk_id = serializers.IntegerField()
    risk = serializers.CharField()
    amount_unit = serializers.CharField(help_text="The risk's base unit.")
    breaches = serializers.IntegerField(help_text="Buckets outside their band.")
    hedge_ratio = serializers.FloatField(allow_null=True, help_text="Of all buckets together.")
    exposure_amount = Money(unit="amount_unit", allow_null=True)
    hedge_amount = Money(unit="amount_unit", allow_null=True)
    buckets = PositionBucketSerializer(many=True)


class PositionSerializer(serializers.Serializer):
    run = RunReference(allow_null=True)
    results = PositionLineSerializer(many=True)


class Position(ApiView):
    """The grid of entities and risks by months ahead, of one run: what is outside its band most often comes first."""

    permission_classes = (OfEntities,)
    operation = "position"
    response_schema = PositionSerializer
    parameters = (
        scopes.RUN, scopes.AS_OF, scopes.KNOWN_AT,
        Parameter("entity", "Code of the entity; without it all that you may see."),
        Parameter("risk", "Code of the risk."),
    )  # fmt: skip

    def get(self, request: Request) -> Response:
        values = self.read_query(request)
        scope = scopes.of_run(request.user, values)
        if scope.run_id is None:
            return Response(scope.shown | {"results": []})
        entities = access.visible_entities(request.user)
        if "entity" in values:
            entities = entities.filter(code=values["entity"])
        ids = list(entities.values_list("pk", flat=True))
        rows = position.buckets(scope.run_id, ids)
        totals = {(row["entity_id"], row["risk_id"]): row for row in position.ratios(scope.run_id, ids)}
        wanted = values.get("risk")
        return Response(
            scope.shown
            | {"results": _lines([one for one in rows if wanted in (None, one["risk_code"])], totals)}
        )


def standing(row: Row) -> str:
    if found := breach(row["flags"]):
        return found.upper()
    if row["coverage_ratio"] is None:
        return "HEDGE_ONLY" if row["hedge_amount"] else "NO_EXPOSURE"
    return "NO_POLICY" if row["lower_ratio"] is None else "IN_BAND"


def _lines(rows: list[Row], totals: dict[tuple[int, int], Row]) -> list[Row]:
    lines: dict[tuple[int, int], Row] = {}
    for row in rows:
        key, unit = (row["entity_id"], row["risk_id"]), row["amount_unit"]
        total = totals.get(key, {})
        line = lines.setdefault(key, {
            "entity_id": key[0], "entity": row["entity_code"], "risk_id": key[1], "risk": row["risk_code"],
            "amount_unit": unit, "breaches": 0, "hedge_ratio": total.get("hedge_ratio"),
            "exposure_amount": money_or_null(total.get("exposure_amount"), unit),
            "hedge_amount": money_or_null(total.get("hedge_amount"), unit), "buckets": [],
        })  # fmt: skip
        stands = standing(row)
        line["breaches"] += bool(breach(row["flags"]))
        line["buckets"].append(
            {name: row[name] for name in ("month_from", "month_to", "reasons", *_RATIOS)}
            | {name: money_or_null(row[name], unit) for name in _AMOUNTS}
            | {"standing": stands}
        )
    return sorted(lines.values(), key=lambda line: (-line["breaches"], line["entity"], line["risk"]))
