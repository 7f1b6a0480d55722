"""Facts about the credit of counterparties, dated, and the rating below which the rule pack's trigger is hit."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from treasury.kernel.ratings import RATINGS
from treasury.models.operations import append_only, grant, sql_file, stamped

FACTS = "treasury_creditfact"


class Migration(migrations.Migration):
    dependencies = [("treasury", "0012_prospective_limits")]

    operations = [
        migrations.AddField(
            "rulepack",
            "credit_rating_minimum",
            models.CharField(
                max_length=4,
                default="BBB-",
                help_text="A counterparty that is rated worse triggers the credit criterion.",
            ),
        ),
        migrations.AddConstraint(
            "rulepack",
            models.CheckConstraint(
                condition=Q(credit_rating_minimum__in=RATINGS), name="rule_pack_credit_rating"
            ),
        ),
        migrations.CreateModel(
            name="CreditFact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "kind",
                    models.CharField(
                        max_length=10,
                        choices=[
                            ("RATING", "credit rating"),
                            ("DEFAULT", "default"),
                            ("COLLATERAL", "collateral"),
                        ],
                    ),
                ),
                ("fact_date", models.DateField(help_text="Date from which it is so.")),
                ("value", models.CharField(max_length=10)),
                (
                    "source",
                    models.CharField(
                        max_length=120, help_text="Who says so: an agency, a notice, a margin call."
                    ),
                ),
                (
                    "counterparty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credit_facts",
                        to="treasury.counterparty",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treasury.auditevent",
                    ),
                ),
            ],
            options={
                "ordering": ["-fact_date", "-id"],
                "indexes": [
                    models.Index(fields=["counterparty", "kind", "fact_date"], name="credit_fact_latest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(kind="RATING", value__in=list(RATINGS))
                        | Q(kind="DEFAULT", value__in=["DEFAULTED", "CURED"])
                        | Q(kind="COLLATERAL", value__in=["NOT_POSTED", "POSTED"]),
                        name="credit_fact_value",
                    ),
                    models.CheckConstraint(condition=Q(source__regex=r"\S"), name="credit_fact_source"),
                ],
            },
        ),
        stamped(FACTS),
        append_only(FACTS),
        grant("INSERT", FACTS),
        sql_file(Path(__file__).parent / "sql" / "credit_facts.sql"),
    ]
