"""A loss in the reserve that is not expected to be recovered: stated, agreed to, measured, posted."""

from pathlib import Path

from django.conf import settings
from django.db import migrations, models
from django.db.models import PROTECT, F, Q
from django.db.models.functions import Coalesce

from treasury.models import amount_fits
from treasury.models.checks import are_numbers
from treasury.models.fields import amount_field, ratio_field
from treasury.models.operations import append_only, grant, sees_commits, sql_file, versioned

SQL = Path(__file__).parent / "sql"
VERSIONS = ("hedges_unrecoveredlossversion", "hedges_unrecoveredlossversionapproval")
RULES = [
    ("INSTRUMENT_DESIGNATED", "instrument taken into hedge accounting"),
    ("REMEASUREMENT", "change of the instrument's fair value"),
    ("ITEM_ADJUSTMENT", "change of the hedged item for the hedged risk"),
    ("ITEM_ADJUSTMENT_AMORTISATION", "amortisation of the item's adjustment"),
    ("RECLASSIFICATION", "reserve reclassified to profit or loss"),
    ("LOSS_NOT_RECOVERED", "loss in the reserve that will not be recovered"),
    ("BASIS_ADJUSTMENT", "reserve into the cost of the non-financial item"),
    ("COST_AMORTISATION", "cost of hedging amortised"),
    ("COST_RELEASE", "cost of hedging released with the item"),
    ("COST_LOST", "cost of hedging of a lost transaction"),
    ("INSTRUMENT_RELEASED", "instrument taken out of hedge accounting"),
]
HELD = {
    "measurement_reserve": Q(
        reserve_balance=F("cumulative_recognised")
        - F("cumulative_reclassified")
        - F("cumulative_basis_adjusted")
        - Coalesce(F("loss_not_recovered"), 0, output_field=amount_field())
    ),
    "measurement_loss_not_recovered": Q(loss_not_recovered=0)
    | Q(hedge_type="CASH_FLOW", loss_not_recovered__lt=0),
}


def key(to: str, related_name: str = "+", **options: object) -> models.ForeignKey:
    return models.ForeignKey(to=to, on_delete=PROTECT, related_name=related_name, **options)


def serial() -> tuple[str, models.BigAutoField]:
    return (
        "id",
        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("hedges", "0021_close_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UnrecoveredLossVersion",
            fields=[
                serial(),
                ("recorded_at", models.DateTimeField(editable=False)),
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
                (
                    "loss_amount",
                    amount_field(null=True, blank=True, help_text="In `currency`, above 0: at most this."),
                ),
                (
                    "loss_share",
                    ratio_field(
                        null=True, blank=True, help_text="Of the loss in the reserve that day, up to 1."
                    ),
                ),
                ("evidence", models.CharField(max_length=400)),
                ("author", key(settings.AUTH_USER_MODEL, null=True)),
                ("currency", key("treasury.unit")),
                ("event", key("treasury.auditevent", editable=False)),
                ("relationship", key("hedges.hedgerelationship", "unrecovered_losses")),
            ],
            options={
                "ordering": ["relationship", "-version_number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["relationship", "version_number"], name="unrecovered_loss_version_number"
                    ),
                    models.CheckConstraint(
                        condition=Q(loss_amount__gt=0, loss_share=None)
                        | Q(loss_amount=None, loss_share__gt=0, loss_share__lte=1),
                        name="unrecovered_loss_amount_or_share",
                    ),
                    are_numbers("loss_share", name="unrecovered_loss_share_is_a_number"),
                    amount_fits("loss_amount", "currency", name="unrecovered_loss_amount"),
                    models.CheckConstraint(
                        condition=Q(change_reason__regex=r"\S", evidence__regex=r"\S"),
                        name="unrecovered_loss_reason_and_evidence",
                    ),
                    models.CheckConstraint(condition=Q(valid_to=None), name="unrecovered_loss_one_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnrecoveredLossVersionApproval",
            fields=[
                serial(),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "decision",
                    models.CharField(
                        choices=[("APPROVED", "approved"), ("REJECTED", "rejected")], max_length=8
                    ),
                ),
                ("content_digest", models.CharField(max_length=64)),
                ("comment", models.CharField(blank=True, max_length=400)),
                ("decided_by", key(settings.AUTH_USER_MODEL)),
                ("event", key("treasury.auditevent", editable=False)),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=PROTECT, related_name="approval", to="hedges.unrecoveredlossversion"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.AddField("measurementresult", "loss_not_recovered", amount_field(null=True)),
        migrations.RemoveConstraint("measurementresult", "measurement_reserve"),
        *(
            migrations.AddConstraint(
                "measurementresult", models.CheckConstraint(condition=condition, name=name)
            )
            for name, condition in HELD.items()
        ),
        migrations.AlterField("journalentry", "rule", models.CharField(choices=RULES, max_length=28)),
        migrations.RemoveConstraint("journalentry", "journal_entry_rule"),
        migrations.AddConstraint(
            "journalentry",
            models.CheckConstraint(
                condition=Q(rule__in=[rule for rule, _ in RULES]), name="journal_entry_rule"
            ),
        ),
        versioned(
            VERSIONS[0],
            parent="hedges_hedgerelationship",
            parent_column="relationship_id",
            approvals=VERSIONS[1],
        ),
        sql_file(SQL / "loss_not_recovered.sql"),
        sees_commits(*VERSIONS),
        append_only(*VERSIONS),
        grant("INSERT", *VERSIONS),
    ]
