"""Proposals: what one would trade, line by line, and what became of each line."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import treasury.models.checks
import treasury.models.units
from treasury.models.operations import append_only, composite_key, grant, sees_commits, sql_file, stamped

SQL = Path(__file__).parent / "sql"
TABLES = ("hedges_hedgeproposal", "hedges_hedgeproposalline", "hedges_hedgeproposaloutcome")


class Migration(migrations.Migration):
    dependencies = [
        ("hedges", "0018_instrument_events"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HedgeProposal",
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
                        choices=[("BAND", "bring into the band"), ("STRATEGY", "strategy")], max_length=8
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("assumptions", models.JSONField()),
                ("client_key", models.UUIDField(unique=True)),
                ("content_digest", models.CharField(editable=False, max_length=64)),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="treasury.entity",
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
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="treasury.calculationrun",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="HedgeProposalLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(editable=False)),
                ("line_number", models.PositiveSmallIntegerField()),
                ("trade_kind", models.CharField(help_text="A kind of trade ticket.", max_length=24)),
                ("notional_amount", models.DecimalField(decimal_places=4, max_digits=20)),
                ("contract_count", models.IntegerField(blank=True, null=True)),
                ("value_date", models.DateField(blank=True, null=True)),
                ("month_from", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("month_to", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "exposure_amount",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True),
                ),
                ("hedge_amount", models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True)),
                (
                    "aim",
                    models.CharField(
                        blank=True,
                        choices=[("LOWER", "lower limit"), ("TARGET", "target"), ("UPPER", "upper limit")],
                        max_length=6,
                    ),
                ),
                ("ticket", models.JSONField()),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="treasury.entity"
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
                (
                    "notional_currency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="treasury.unit"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="hedges.hedgeproposal",
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="treasury.risk"
                    ),
                ),
            ],
            options={
                "ordering": ["proposal", "line_number"],
            },
        ),
        migrations.CreateModel(
            name="HedgeProposalOutcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "outcome",
                    models.CharField(choices=[("DEALT", "dealt"), ("DISMISSED", "dismissed")], max_length=9),
                ),
                ("reason", models.CharField(blank=True, max_length=400)),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="treasury.entity"
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
                (
                    "instrument",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal_outcome",
                        to="hedges.instrument",
                    ),
                ),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcome",
                        to="hedges.hedgeproposalline",
                    ),
                ),
            ],
            options={
                "ordering": ["line"],
            },
        ),
        migrations.AddConstraint(
            model_name="hedgeproposal",
            constraint=models.UniqueConstraint(fields=("entity", "id"), name="proposal_entity_key"),
        ),
        migrations.AddConstraint(
            model_name="hedgeproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["BAND", "STRATEGY"])), name="proposal_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="hedgeproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("title__regex", "\\S")), name="proposal_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="hedgeproposalline",
            constraint=models.UniqueConstraint(
                fields=("proposal", "line_number"), name="proposal_line_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="hedgeproposalline",
            constraint=models.UniqueConstraint(fields=("entity", "id"), name="proposal_line_entity_key"),
        ),
        migrations.AddConstraint(
            model_name="hedgeproposalline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "trade_kind__in",
                        [
                            "COLLAR",
                            "CROSS_CURRENCY_SWAP",
                            "FORWARD",
                            "FUTURE",
                            "FX_SWAP",
                            "INTEREST_RATE_SWAP",
                            "NATURAL_OFFSET",
                            "NON_DELIVERABLE_FORWARD",
                            "OPTION",
                        ],
                    )
                ),
                name="proposal_line_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="hedgeproposalline",
            constraint=models.CheckConstraint(
                condition=models.Q(("notional_amount", 0), _negated=True), name="proposal_line_has_a_size"
            ),
        ),
        migrations.AddConstraint(
            model_name="hedgeproposalline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("contract_count", None), models.Q(("contract_count", 0), _negated=True), _connector="OR"
                ),
                name="proposal_line_count",
            ),
        ),
        migrations.AddConstraint(
            model_name="hedgeproposalline",
            constraint=models.CheckConstraint(
                condition=models.Q(("aim", ""), ("aim__in", ["LOWER", "TARGET", "UPPER"]), _connector="OR"),
                name="proposal_line_aim",
            ),
        ),
        migrations.AddConstraint(
            model_name="hedgeproposalline",
            constraint=models.CheckConstraint(
                condition=treasury.models.units.AmountFits(
                    models.F("notional_amount"), models.F("notional_currency")
                ),
                name="proposal_line_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="hedgeproposalline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    treasury.models.checks.IsNumber(models.F("notional_amount")),
                    treasury.models.checks.IsNumber(models.F("exposure_amount")),
                    treasury.models.checks.IsNumber(models.F("hedge_amount")),
                ),
                name="proposal_line_numbers",
            ),
        ),
        migrations.AddConstraint(
            model_name="hedgeproposaloutcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("instrument__isnull", False), ("outcome", "DEALT")),
                    models.Q(("instrument", None), ("outcome", "DISMISSED"), ("reason__regex", "\\S")),
                    _connector="OR",
                ),
                name="proposal_outcome_trade_or_reason",
            ),
        ),
        composite_key(
            "proposal_line_same_entity",
            "hedges_hedgeproposalline",
            "entity_id, proposal_id",
            "hedges_hedgeproposal",
            "entity_id, id",
        ),
        composite_key(
            "proposal_line_in_the_unit_of_its_risk",
            "hedges_hedgeproposalline",
            "risk_id, notional_currency_id",
            "treasury_risk",
            "id, base_unit_id",
        ),
        composite_key(
            "proposal_outcome_same_entity",
            "hedges_hedgeproposaloutcome",
            "entity_id, line_id",
            "hedges_hedgeproposalline",
            "entity_id, id",
        ),
        sql_file(SQL / "proposals.sql"),
        stamped(*TABLES),
        sees_commits(*TABLES),
        append_only(*TABLES),
        grant("INSERT", *TABLES),
    ]
