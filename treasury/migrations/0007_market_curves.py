"""Deposit, swap and forward-point quotes, volatilities by strike, and the rate curves that are made of quotes."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import treasury.models.checks
import treasury.models.rate_curve
from treasury.models.operations import append_only, grant, sql_file, stamped

KINDS = [
    ("FX_SPOT", "FX spot rate"),
    ("ZERO_RATE", "zero rate"),
    ("RATE_FIXING", "rate fixing"),
    ("IMPLIED_VOLATILITY", "implied volatility"),
    ("PRICE", "price"),
    ("FUTURES_PRICE", "futures price"),
    ("CREDIT_SPREAD", "credit spread"),
    ("DEPOSIT_RATE", "deposit rate"),
    ("SWAP_RATE", "swap rate"),
    ("FORWARD_POINTS", "forward points"),
]
SIGNED_KINDS = ["ZERO_RATE", "RATE_FIXING", "CREDIT_SPREAD", "DEPOSIT_RATE", "SWAP_RATE", "FORWARD_POINTS"]
CHANGED = (
    "market_quote_kind",
    "market_quote_value_is_a_number",
    "market_quote_positive",
    "market_quote_once",
)


def _check(name: str, condition: object) -> migrations.AddConstraint:
    return migrations.AddConstraint("marketquote", models.CheckConstraint(condition=condition, name=name))


def _is_number(column: str) -> treasury.models.checks.IsNumber:
    return treasury.models.checks.IsNumber(models.F(column))


class Migration(migrations.Migration):
    dependencies = [("treasury", "0006_tighter_guards")]

    operations = [
        sql_file(Path(__file__).parent / "sql" / "market_curves.sql"),
        *[migrations.RemoveConstraint("marketquote", name) for name in CHANGED],
        migrations.AddField(
            "marketquote",
            "moneyness",
            models.DecimalField(blank=True, decimal_places=10, max_digits=20, null=True),
        ),
        migrations.AlterField("marketquote", "kind", models.CharField(choices=KINDS, max_length=20)),
        _check("market_quote_kind", Q(kind__in=[kind for kind, _ in KINDS])),
        _check("market_quote_value_is_a_number", Q(_is_number("value"), _is_number("moneyness"))),
        _check("market_quote_positive", Q(value__gt=0) | Q(kind__in=SIGNED_KINDS)),
        _check("market_quote_moneyness", Q(moneyness=None) | Q(moneyness__gt=0, kind="IMPLIED_VOLATILITY")),
        _check("market_quote_tenor", Q(tenor__regex="^(SPOT|ON|TN|SN|[1-9][0-9]{0,3}[DWMY])$")),
        _check(
            "market_quote_to_a_tenor",
            ~Q(tenor="SPOT") | ~Q(kind__in=["DEPOSIT_RATE", "SWAP_RATE", "FORWARD_POINTS"]),
        ),
        migrations.AddConstraint(
            "marketquote",
            models.UniqueConstraint(
                condition=Q(corrects=None),
                fields=("quote_date", "kind", "symbol", "tenor", "moneyness", "source"),
                name="market_quote_once",
                nulls_distinct=False,
            ),
        ),
        migrations.CreateModel(
            name="RateCurve",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(editable=False)),
                ("symbol", models.CharField(max_length=20)),
                ("quote_date", models.DateField()),
                ("quotes_digest", models.CharField(max_length=64)),
                (
                    "node_days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(),
                        help_text="Days from the quote date, rising.",
                        size=None,
                    ),
                ),
                (
                    "zero_rates",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.FloatField(), help_text="Per year, one for each node.", size=None
                    ),
                ),
                ("problem", models.CharField(blank=True, help_text="Why there is no curve.", max_length=400)),
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
                "ordering": ["quote_date", "symbol"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("quote_date", "symbol", "quotes_digest"), name="rate_curve_once"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            treasury.models.rate_curve.IsCurve(models.F("node_days"), models.F("zero_rates"))
                        ),
                        name="rate_curve_nodes",
                    ),
                    models.CheckConstraint(
                        condition=Q(node_days__len__gt=0, problem="") | (Q(node_days=[]) & ~Q(problem="")),
                        name="rate_curve_or_its_problem",
                    ),
                    models.CheckConstraint(
                        condition=Q(quotes_digest__regex="^[0-9a-f]{64}$"), name="rate_curve_digest"
                    ),
                ],
            },
        ),
        stamped("treasury_ratecurve"),
        append_only("treasury_ratecurve"),
        grant("INSERT", "treasury_ratecurve"),
    ]
