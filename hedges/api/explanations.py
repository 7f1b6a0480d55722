"""Explanations: how a stored number came about, beside the resource that has it and seen by whoever sees that."""

from typing import Any, ClassVar

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hedges.domain.explanation.as_json import as_json
from hedges.domain.explanation.explain import explain, find
from hedges.domain.explanation.families import FAMILIES
from hedges.domain.explanation.parts import NothingToExplain
from hedges.enums import HORIZON_MONTHS
from hedges.queries import results
from treasury.api import scopes
from treasury.api.fields import AmountOrNumber, AnyValue
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.views import ApiView


class SourceSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(["book", "market", "policy", "calculation", "run"])
    text = serializers.CharField()
    refers_to = serializers.DictField(help_text="Ids of versions, quotes and rule packs.")


class GivenSerializer(serializers.Serializer):
    name = serializers.CharField(help_text="As the measure names it.")
    value = AnyValue()

    def get_fields(self) -> dict[str, serializers.Field]:
        """`source` is an attribute of every field, so that it cannot be declared as one."""
        return super().get_fields() | {"source": SourceSerializer()}


class ListingSerializer(serializers.Serializer):
    title = serializers.CharField()
    columns = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.ListField(), help_text="The largest ones.")
    row_count = serializers.IntegerField(help_text="How many were added up.")
    total = AmountOrNumber()


class StepSerializer(serializers.Serializer):
    title = serializers.CharField()
    code = serializers.CharField(allow_blank=True, help_text="Measure of the catalogue; empty: arithmetic.")
    field = serializers.CharField(allow_blank=True)
    formula = serializers.CharField(allow_blank=True)
    written = serializers.CharField(allow_blank=True, help_text="The formula with the numbers put in.")
    result = AmountOrNumber()
    inputs = serializers.DictField(help_text="As `measures/{code}/calculate/` takes them.")
    given = GivenSerializer(many=True)
    listings = ListingSerializer(many=True)


class ExplainedNumberSerializer(serializers.Serializer):
    family = serializers.CharField()
    key = serializers.CharField()
    name = serializers.CharField()
    field = serializers.CharField()
    unit = serializers.CharField(allow_blank=True)
    run = serializers.IntegerField()
    as_of_date = serializers.DateField()
    known_at = serializers.DateTimeField(allow_null=True)


class ExplainedMeasureSerializer(serializers.Serializer):
    code = serializers.CharField(allow_blank=True)
    title = serializers.CharField(allow_blank=True)
    sentence = serializers.CharField(allow_blank=True)
    meaning = serializers.CharField(allow_blank=True)
    formula = serializers.CharField(allow_blank=True)
    unit = serializers.CharField(allow_blank=True)
    sign = serializers.CharField(allow_blank=True)
    reference = serializers.CharField(allow_blank=True)


class ExplanationSerializer(serializers.Serializer):
    number = ExplainedNumberSerializer()
    measure = ExplainedMeasureSerializer()
    inputs = serializers.DictField(help_text="Of the last measure, as `calculate` takes them.")
    steps = StepSerializer(many=True)
    unrounded = AmountOrNumber()
    calculated = AmountOrNumber(help_text="Worked out again, rounded once.")
    stored = AmountOrNumber()
    agrees = serializers.BooleanField()
    because = serializers.CharField(allow_blank=True, help_text="Why it is not defined.")
    reasons = serializers.ListField(child=serializers.CharField())
    problem = serializers.CharField(allow_blank=True, help_text="Why it could not be worked out again.")


def _field(family: str, first: str) -> Parameter:
    names = tuple(FAMILIES[family].fields())
    return Parameter("field", "The number to explain.", "choice", choices=names, default=first)


class _Explain(ApiView):
    """Formula, the very inputs of the run with their sources, the sum done again, and whether it agrees."""

    permission_classes = (OfEntities,)
    detail = True
    response_schema = ExplanationSerializer
    own: ClassVar[tuple[Parameter, ...]] = ()
    family = ""

    def query_parameters(self) -> list[Parameter]:
        return [scopes.RUN, scopes.AS_OF, scopes.KNOWN_AT, *self.own]

    def get(self, request: Request, key: Any) -> Response:
        values = self.read_query(request)
        scope = scopes.of_run(request.user, values)
        if scope.run_id is None:
            raise Http404
        family, field, where = self.located(str(key), values)
        rows = results.of_family(FAMILIES[family].model, request.user, scope.run_id)
        try:
            row = find(family, scope.run_id, where, rows)
        except NothingToExplain:
            raise Http404 from None
        return Response(as_json(explain(family, row, field)))

    def located(self, key: str, values: dict[str, Any]) -> tuple[str, str, str]:
        return self.family, values["field"], key


class ExplainValuation(_Explain):
    """A number of an instrument's value: formula, the run's inputs with their sources, the sum done again."""

    operation = "valuations_explain"
    family = "valuations"
    own = (_field("valuations", "present_value"),)


class ExplainHedgeRatio(_Explain):
    """A number of a hedge ratio: what was added up, formula, the sum done again."""

    operation = "hedge_ratios_explain"
    family = "hedge-ratios"
    own = (_field("hedge-ratios", "hedge_ratio"),)


class ExplainHorizonBucket(_Explain):
    """A number of one bucket of a horizon profile: the whole profile as input, the bucket picked."""

    operation = "horizon_profiles_explain"
    family = "horizon-profiles"
    own = (
        _field("horizon-profiles", "coverage_ratio"),
        Parameter(
            "month_from",
            "First month of the bucket.",
            "choice",
            choices=tuple(map(str, HORIZON_MONTHS)),
            default="0",
        ),
    )

    def located(self, key: str, values: dict[str, Any]) -> tuple[str, str, str]:
        return self.family, values["field"], f"{key}.{values['month_from']}"


class ExplainMeasurement(_Explain):
    """A number of a measurement: the knots it is worked out on, each step, the sum done again."""

    operation = "measurements_explain"
    family = "measurements"
    own = (_field("measurements", "reserve_balance"),)


class ExplainCostOfHedging(_Explain):
    """A number of an excluded element: actual against aligned, what is amortised, the sum done again."""

    operation = "costs_of_hedging_explain"
    family = "costs-of-hedging"
    own = (_field("costs-of-hedging", "cost_recognised"),)


class ExplainEffectiveness(_Explain):
    """A number of an effectiveness result, or of one of its criteria: the observations, limits, the sum done again."""

    operation = "effectiveness_results_explain"
    family = "effectiveness-results"
    own = (
        Parameter(
            "field",
            "The number to explain; with `criterion` one of that criterion's.",
            "choice",
            choices=(
                *FAMILIES["effectiveness-results"].fields(),
                *FAMILIES["effectiveness-criteria"].fields(),
            ),
            default="cumulative_ratio",
        ),
        Parameter("criterion", "Name of a criterion."),
    )

    def located(self, key: str, values: dict[str, Any]) -> tuple[str, str, str]:
        if "criterion" in values:
            name, key = "effectiveness-criteria", f"{key}.{values['criterion']}"
        else:
            name = self.family
        if values["field"] not in FAMILIES[name].fields():
            raise Http404
        return name, values["field"], key
