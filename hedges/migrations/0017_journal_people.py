"""Who stands behind a close, and the second person for a journal entry that is taken back."""

from pathlib import Path

from django.conf import settings
from django.db import migrations, models
from django.db.models import PROTECT, Q

from treasury.models.operations import append_only, grant, sees_commits, sql_file, versioned

SQL = Path(__file__).parent / "sql"
VERSIONS = ("hedges_journalreversalversion", "hedges_journalreversalversionapproval")


def key(to: str, related_name: str = "+", **options: object) -> models.ForeignKey:
    return models.ForeignKey(to=to, on_delete=PROTECT, related_name=related_name, **options)


def serial() -> tuple[str, models.BigAutoField]:
    return (
        "id",
        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("hedges", "0016_assessment_elections"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        sql_file(SQL / "close_asked.sql"),
        migrations.CreateModel(
            name="JournalReversalVersion",
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
                ("author", key(settings.AUTH_USER_MODEL, null=True)),
                ("entry", key("hedges.journalentry", "reversals")),
                ("event", key("treasury.auditevent", editable=False)),
            ],
            options={
                "ordering": ["entry", "-version_number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["entry", "version_number"], name="journal_reversal_version_number"
                    ),
                    models.CheckConstraint(
                        condition=Q(change_reason__regex=r"\S"), name="journal_reversal_version_reason"
                    ),
                    models.CheckConstraint(
                        condition=Q(valid_to=None), name="journal_reversal_version_one_day"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalReversalVersionApproval",
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
                        on_delete=PROTECT, related_name="approval", to="hedges.journalreversalversion"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        sql_file(SQL / "journal_reversals.sql"),
        versioned(VERSIONS[0], parent="hedges_journalentry", parent_column="entry_id", approvals=VERSIONS[1]),
        sees_commits(*VERSIONS),
        append_only(*VERSIONS),
        grant("INSERT", *VERSIONS),
    ]
