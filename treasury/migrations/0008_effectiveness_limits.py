"""Limits of the variance reduction and moves of the prospective test are data of the rule pack too."""

from decimal import Decimal

from django.db import migrations, models
from django.db.models import Q

from treasury.models.checks import are_numbers

_NUMBERS = (
    "dollar_offset_lower", "dollar_offset_upper", "slope_lower", "slope_upper", "r_squared_minimum",
    "confidence_level", "variance_reduction_minimum", "prospective_spot_shift", "prospective_rate_shift",
    "noise_threshold_bp", "credit_watch_ratio", "credit_fail_ratio", "hedge_ratio_tolerance",
    "counted_as_hedged_from", "count_amount_margin",
)  # fmt: skip


def _share(default: str, help_text: str) -> models.DecimalField:
    return models.DecimalField(max_digits=9, decimal_places=6, default=Decimal(default), help_text=help_text)


class Migration(migrations.Migration):
    dependencies = [("treasury", "0007_market_curves")]

    operations = [
        migrations.RemoveConstraint("rulepack", "rule_pack_numbers"),
        migrations.AddField("rulepack", "variance_reduction_minimum", _share("0.8", "Below it a warning.")),
        migrations.AddField(
            "rulepack",
            "prospective_spot_shift",
            _share("0.1", "Up and down move of spot rates and prices in a prospective test."),
        ),
        migrations.AddField(
            "rulepack",
            "prospective_rate_shift",
            _share("0.01", "Up and down parallel move of all zero rates in a prospective test, per year."),
        ),
        migrations.AddConstraint("rulepack", are_numbers(*_NUMBERS, name="rule_pack_numbers")),
        migrations.AddConstraint(
            "rulepack",
            models.CheckConstraint(
                condition=Q(
                    prospective_spot_shift__gt=0, prospective_spot_shift__lt=1, prospective_rate_shift__gt=0
                ),
                name="rule_pack_shifts",
            ),
        ),
    ]
