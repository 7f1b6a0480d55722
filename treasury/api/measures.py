"""The measures and their calculators: the same answers as `manage.py calculate`, through the same function."""

from typing import Any

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from treasury.api.permissions import SignedIn
from treasury.api.views import ApiView
from treasury.enums import TokenScope
from treasury.kernel.errors import InputError
from treasury.quant import catalogue
from treasury.quant.measure import Measure


class MeasureInputSerializer(serializers.Serializer):
    name = serializers.CharField()
    type = serializers.CharField()
    unit = serializers.CharField(allow_blank=True)
    meaning = serializers.CharField(allow_blank=True)
    expected = serializers.CharField()
    required = serializers.BooleanField()
    default = serializers.JSONField(help_text="Null where it is required, or optional without a default.")
    nullable = serializers.BooleanField(required=False, help_text="Has to be given, if only as null.")
    choices = serializers.ListField(child=serializers.CharField(), required=False)
    items = serializers.ListField(
        child=serializers.DictField(), required=False, help_text="Fields of an object or row."
    )


class MeasureResultSerializer(serializers.Serializer):
    name = serializers.CharField()
    type = serializers.CharField()
    unit = serializers.CharField(allow_blank=True)
    sign = serializers.CharField(allow_blank=True)
    meaning = serializers.CharField(allow_blank=True)

    def get_fields(self) -> dict[str, serializers.Field]:
        within = serializers.CharField(
            allow_blank=True, help_text="The array that the field is in; empty: none."
        )
        return super().get_fields() | {"in": within}


class MeasureExampleSerializer(serializers.Serializer):
    inputs = serializers.DictField()
    result = serializers.DictField()
    reasons = serializers.ListField(child=serializers.CharField())


class MeasureSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    formula = serializers.CharField()
    reference = serializers.CharField()
    used_in = serializers.CharField()
    inputs = MeasureInputSerializer(many=True)
    results = MeasureResultSerializer(many=True)
    example = MeasureExampleSerializer()


class MeasureListSerializer(serializers.Serializer):
    results = MeasureSerializer(many=True)


_INPUTS = {"type": "object", "description": "The measure's inputs by name; JSON numbers or decimal strings."}
_ANSWER = {
    "type": "object",
    "required": ["measure", "result", "reasons"],
    "properties": {
        "measure": {"type": "string"},
        "result": {"type": "object", "description": "Fields of the measure; what is undefined is null."},
        "reasons": {"type": "array", "items": {"type": "string"}},
    },
}


#: An array keeps a thread of the server as long as it takes; longer ones are for the command line.
MOST_ITEMS = 1_000


def _one_or_many(schema: dict[str, Any]) -> dict[str, Any]:
    return {"oneOf": [schema, {"type": "array", "items": schema, "maxItems": MOST_ITEMS}]}


def _measure(code: str) -> Measure:
    found = catalogue.MEASURES.get(code)
    if found is None:
        raise Http404
    return found


class Measures(ApiView):
    """The catalogue: every number that the book publishes, with its inputs, formula, units, reference and example."""

    permission_classes = (SignedIn,)
    operation = "measures"
    response_schema = MeasureListSerializer

    def get(self, request: Request) -> Response:
        self.read_query(request)
        return Response({"results": catalogue.describe()})


class OneMeasure(ApiView):
    """One measure of the catalogue."""

    permission_classes = (SignedIn,)
    operation = "measures_read"
    response_schema = MeasureSerializer

    def get(self, request: Request, code: str) -> Response:
        self.read_query(request)
        return Response(_measure(code).describe())


class Calculate(ApiView):
    """Works out a measure for one object of inputs, or for an array of up to 1000, answered whole or not at all."""

    permission_classes = (SignedIn,)
    operation = "measures_calculate"
    token_scope = TokenScope.READ
    request_schema = {"application/json": _one_or_many(_INPUTS)}
    response_schema = _one_or_many(_ANSWER)

    def post(self, request: Request, code: str) -> Response:
        self.read_query(request)
        _measure(code)
        inputs = request.data
        if isinstance(inputs, list) and len(inputs) > MOST_ITEMS:
            expected = f"an array of at most {MOST_ITEMS} objects; `manage.py calculate` takes longer ones"
            raise InputError("inputs", expected, got=str(len(inputs)))
        return Response(catalogue.calculate(code, inputs))
