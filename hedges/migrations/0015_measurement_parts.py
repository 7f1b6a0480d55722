"""What has left the reserve of the cost of hedging with its transaction, and because there will be none, stand apart."""

from pathlib import Path

from django.db import migrations, models

from treasury.models.fields import amount_field
from treasury.models.operations import sql_file

RULES = [
    ("INSTRUMENT_DESIGNATED", "instrument taken into hedge accounting"),
    ("REMEASUREMENT", "change of the instrument's fair value"),
    ("ITEM_ADJUSTMENT", "change of the hedged item for the hedged risk"),
    ("ITEM_ADJUSTMENT_AMORTISATION", "amortisation of the item's adjustment"),
    ("RECLASSIFICATION", "reserve reclassified to profit or loss"),
    ("BASIS_ADJUSTMENT", "reserve into the cost of the non-financial item"),
    ("COST_AMORTISATION", "cost of hedging amortised"),
    ("COST_RELEASE", "cost of hedging released with the item"),
    ("COST_LOST", "cost of hedging of a lost transaction"),
    ("INSTRUMENT_RELEASED", "instrument taken out of hedge accounting"),
]


class Migration(migrations.Migration):
    dependencies = [("hedges", "0014_change_guards")]

    operations = [
        migrations.AddField("measurementresult", "cost_lost", amount_field(null=True)),
        migrations.AddField("costofhedgingresult", "cost_lost", amount_field(null=True)),
        migrations.AlterField("journalentry", "rule", models.CharField(choices=RULES, max_length=28)),
        migrations.RemoveConstraint("journalentry", "journal_entry_rule"),
        migrations.AddConstraint(
            "journalentry",
            models.CheckConstraint(
                condition=models.Q(rule__in=[rule for rule, _ in RULES]), name="journal_entry_rule"
            ),
        ),
        sql_file(Path(__file__).parent / "sql" / "measurement_parts.sql"),
    ]
