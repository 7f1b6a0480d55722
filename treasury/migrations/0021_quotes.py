"""Quotes recorded by a person and approved by another; an entity's own credit is quoted by its own people."""

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import migrations, models
from django.db.models import PROTECT, Q

from treasury.models.checks import are_numbers
from treasury.models.operations import append_only, grant, sees_commits, sql_file, stamped, versioned

QUOTE, VERSION, APPROVAL = (
    "treasury_manualquote",
    "treasury_manualquoteversion",
    "treasury_manualquoteversionapproval",
)
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


def key(to: str, related_name: str = "+", **options: object) -> models.ForeignKey:
    return models.ForeignKey(to=to, on_delete=PROTECT, related_name=related_name, **options)


def recorded() -> list[tuple[str, models.Field]]:
    return [
        (
            "id",
            models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
        ),
        ("recorded_at", models.DateTimeField(editable=False)),
        ("event", key("treasury.auditevent", editable=False)),
    ]


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("treasury", "0020_tags"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddIndex(
            "marketquote", models.Index(fields=["kind", "symbol", "quote_date"], name="market_quote_newest")
        ),
        migrations.CreateModel(
            name="ManualQuote",
            fields=[
                *recorded(),
                ("kind", models.CharField(choices=KINDS, max_length=20)),
                ("symbol", models.CharField(max_length=20)),
                ("tenor", models.CharField(default="SPOT", max_length=5)),
                ("moneyness", models.DecimalField(blank=True, decimal_places=10, max_digits=20, null=True)),
                ("quote_date", models.DateField()),
                ("source", models.CharField(max_length=20)),
            ],
            options={
                "ordering": ["-quote_date", "kind", "symbol", "tenor"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(kind__in=[code for code, _ in KINDS]), name="manual_quote_kind"
                    ),
                    are_numbers("moneyness", name="manual_quote_moneyness_is_a_number"),
                    models.UniqueConstraint(
                        fields=["quote_date", "kind", "symbol", "tenor", "moneyness", "source"],
                        nulls_distinct=False,
                        name="manual_quote_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ManualQuoteVersion",
            fields=[
                *recorded(),
                ("version_number", models.PositiveIntegerField(editable=False)),
                (
                    "valid_from",
                    models.DateField(help_text="First business date on which this version counts."),
                ),
                (
                    "valid_to",
                    models.DateField(
                        blank=True,
                        help_text="Exclusive; empty: until another version replaces it.",
                        null=True,
                    ),
                ),
                ("change_reason", models.CharField(blank=True, max_length=400)),
                ("content_digest", models.CharField(editable=False, max_length=64)),
                ("value", models.DecimalField(decimal_places=10, max_digits=20)),
                ("source", models.CharField(help_text="Who says so.", max_length=20)),
                ("author", key(settings.AUTH_USER_MODEL, null=True)),
                ("manual_quote", key("treasury.manualquote", "versions")),
                (
                    "replaces",
                    key("treasury.marketquote", null=True, help_text="The quote that stood."),
                ),
            ],
            options={
                "ordering": ["manual_quote", "-version_number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["manual_quote", "version_number"], name="manual_quote_version_number"
                    ),
                    are_numbers("value", name="manual_quote_version_value"),
                    models.CheckConstraint(
                        condition=Q(change_reason__regex=r"\S"), name="manual_quote_version_reason"
                    ),
                    models.CheckConstraint(
                        condition=Q(source__regex=r"\S"), name="manual_quote_version_source"
                    ),
                    models.CheckConstraint(condition=Q(valid_to=None), name="manual_quote_version_one_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ManualQuoteVersionApproval",
            fields=[
                *recorded(),
                (
                    "decision",
                    models.CharField(
                        choices=[("APPROVED", "approved"), ("REJECTED", "rejected")], max_length=8
                    ),
                ),
                ("content_digest", models.CharField(max_length=64)),
                ("comment", models.CharField(blank=True, max_length=400)),
                ("decided_by", key(settings.AUTH_USER_MODEL)),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=PROTECT, related_name="approval", to="treasury.manualquoteversion"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        stamped(QUOTE),
        versioned(VERSION, parent=QUOTE, parent_column="manual_quote_id", approvals=APPROVAL),
        sql_file(Path(__file__).parent / "sql" / "quotes.sql"),
        sees_commits(VERSION, APPROVAL),
        append_only(QUOTE, VERSION, APPROVAL),
        grant("INSERT", QUOTE, VERSION, APPROVAL),
    ]
