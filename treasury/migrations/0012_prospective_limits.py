"""How far critical terms may differ is data of the rule pack, like every other limit; no standard states it."""

from decimal import Decimal

from django.db import migrations, models

from treasury.models.checks import are_numbers


class Migration(migrations.Migration):
    dependencies = [("treasury", "0011_close_scope")]

    operations = [
        migrations.AddField(
            "rulepack",
            "term_days_tolerance",
            models.PositiveSmallIntegerField(
                default=5, help_text="Days by which dates of a critical terms match may differ."
            ),
        ),
        migrations.AddField(
            "rulepack",
            "term_amount_tolerance",
            models.DecimalField(
                max_digits=9,
                decimal_places=6,
                default=Decimal("0.01"),
                help_text="Share by which the amounts of a critical terms match may differ.",
            ),
        ),
        migrations.AddConstraint(
            "rulepack", are_numbers("term_amount_tolerance", name="rule_pack_term_numbers")
        ),
    ]
