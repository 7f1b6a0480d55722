"""Rule packs: the limits by which tests, positions and quotes are judged, by framework, as data with dates."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from treasury.api.fields import Exact
from treasury.api.parameters import Parameter, one_of
from treasury.api.permissions import OfEverybody
from treasury.api.recorded import RecordedResource
from treasury.api.scopes import Scope
from treasury.enums import AccountingFramework
from treasury.models import RulePack
from treasury.queries import reference


class RulePackSerializer(serializers.Serializer):
    """Shares are decimal strings: 0.8 is 80 %. Only 80-125 % stands in a standard (IAS 39 AG105)."""

    id = serializers.IntegerField()
    code = serializers.CharField(help_text="What tests and inception files name as their rule pack.")
    framework = serializers.ChoiceField(AccountingFramework.choices)
    valid_from = serializers.DateField(help_text="First business date that is judged by it.")
    valid_to = serializers.DateField(
        allow_null=True, help_text="Exclusive; null: until there is another one."
    )
    dollar_offset_lower = Exact(help_text="Lower limit of the dollar offset.")
    dollar_offset_upper = Exact(help_text="Upper limit of the dollar offset.")
    slope_lower = Exact(help_text="Lower limit of the slope of the regression.")
    slope_upper = Exact(help_text="Upper limit of the slope of the regression.")
    r_squared_minimum = Exact(help_text="Least R² of the regression.")
    observation_minimum = serializers.IntegerField(help_text="Fewest weekly changes that a regression takes.")
    observation_count = serializers.IntegerField(help_text="Weekly changes in the series.")
    confidence_level = Exact(help_text="Of the regression's significance.")
    variance_reduction_minimum = Exact(help_text="Below it a warning.")
    prospective_spot_shift = Exact(
        help_text="Up and down move of spot rates and prices in a prospective test."
    )
    prospective_rate_shift = Exact(
        help_text="Up and down parallel move of all zero rates in a prospective test, per year."
    )
    term_days_tolerance = serializers.IntegerField(
        help_text="Days by which dates of a critical terms match may differ."
    )
    term_amount_tolerance = Exact(help_text="Share by which amounts of a critical terms match may differ.")
    noise_threshold_bp = Exact(help_text="Basis points of the designated notional that are noise.")
    credit_watch_ratio = Exact(help_text="Share of credit in the change of value from which it is watched.")
    credit_fail_ratio = Exact(help_text="Share of credit in the change of value from which it dominates.")
    credit_rating_minimum = serializers.CharField(
        help_text="A counterparty that is rated worse triggers the credit criterion."
    )
    hedge_ratio_tolerance = Exact(
        help_text="Largest deviation of the actual from the designated hedge ratio, as a share of it."
    )
    counted_as_hedged_from = Exact(help_text="Cover from which a position counts as hedged.")
    count_amount_margin = Exact(help_text="Difference of count and amount ratio from which both are flagged.")
    stale_after_days = serializers.IntegerField(help_text="A quote older than this is stale.")
    recorded_at = serializers.DateTimeField()


class RulePacks(RecordedResource):
    """The packs that came with the program, old ones too: a run takes the one whose dates hold its business date."""

    operation = "rule_packs"
    dated = "valid_from"
    permission_classes = (OfEverybody,)
    tagged = RulePack
    serializer = RulePackSerializer
    parameters = (
        Parameter("code", "The one with this code.", lookup="code"),
        one_of("framework", AccountingFramework, "Those of this framework."),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return reference.rule_packs()
