"""Exposures that arrive in bulk: jobs of the worker, and imports whose wrong rows are left out."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from treasury.models.operations import append_only, changes_logged, grant, never_deleted, sql_file, stamped

#: What moves while a job is worked on.
STATE = "status, status_reason, attempt, claimed_at, row_count, rows_checked, rows_recorded, outcomes, exposure_import_id"


class Migration(migrations.Migration):
    dependencies = [("exposures", "0007_approval_by_key"), ("treasury", "0017_api_access")]

    operations = [
        migrations.CreateModel(
            name="BulkAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(editable=False)),
                ("content", models.BinaryField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BulkContent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(editable=False)),
                ("content", models.BinaryField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BulkJob",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(editable=False)),
                ("resource", models.CharField(max_length=12)),
                (
                    "mode",
                    models.CharField(
                        choices=[("all-or-nothing", "all or nothing"), ("row-wise", "row by row")],
                        max_length=14,
                    ),
                ),
                ("media_type", models.CharField(max_length=40)),
                ("settings", models.JSONField(default=dict)),
                (
                    "entity_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("WAITING", "waiting"),
                            ("RUNNING", "running"),
                            ("DONE", "done"),
                            ("REFUSED", "refused"),
                            ("FAILED", "failed"),
                            ("CANCELLED", "cancelled"),
                        ],
                        default="WAITING",
                        max_length=9,
                    ),
                ),
                ("status_reason", models.CharField(blank=True, max_length=400)),
                ("attempt", models.PositiveIntegerField(default=0)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("row_count", models.PositiveIntegerField(null=True)),
                ("rows_checked", models.PositiveIntegerField(default=0)),
                ("rows_recorded", models.PositiveIntegerField(default=0)),
                ("outcomes", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="import",
            name="import_committed_without_problems",
        ),
        migrations.AddField(
            model_name="import",
            name="is_row_wise",
            field=models.BooleanField(
                default=False,
                help_text="Rows that came in bulk: wrong ones are left out, and the others are recorded.",
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["STAGED", "DISCARDED"]),
                    models.Q(
                        ("commit_event__isnull", False),
                        ("is_checked", True),
                        ("row_count__gt", 0),
                        models.Q(("problem_count", 0), ("is_row_wise", True), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="import_committed_without_problems",
            ),
        ),
        migrations.AddField(
            model_name="bulkanswer",
            name="event",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="treasury.auditevent",
            ),
        ),
        migrations.AddField(
            model_name="bulkcontent",
            name="event",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="treasury.auditevent",
            ),
        ),
        migrations.AddField(
            model_name="bulkjob",
            name="event",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="treasury.auditevent",
            ),
        ),
        migrations.AddField(
            model_name="bulkjob",
            name="exposure_import",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="exposures.import",
            ),
        ),
        migrations.AddField(
            model_name="bulkcontent",
            name="job",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="content", to="exposures.bulkjob"
            ),
        ),
        migrations.AddField(
            model_name="bulkanswer",
            name="job",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="answer", to="exposures.bulkjob"
            ),
        ),
        migrations.AddIndex(
            model_name="bulkjob",
            index=models.Index(
                condition=models.Q(("status__in", ["WAITING", "RUNNING"])),
                fields=["id"],
                name="bulk_job_to_do",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulkjob",
            constraint=models.CheckConstraint(
                condition=models.Q(("resource__in", ("exposures", "instruments"))), name="bulk_job_resource"
            ),
        ),
        migrations.AddConstraint(
            model_name="bulkjob",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["WAITING", "RUNNING", "DONE", "REFUSED", "FAILED", "CANCELLED"])
                ),
                name="bulk_job_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulkjob",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode__in", ["all-or-nothing", "row-wise"])), name="bulk_job_mode"
            ),
        ),
        sql_file(Path(__file__).parent / "sql" / "bulk.sql"),
        stamped("exposures_bulkjob", "exposures_bulkcontent", "exposures_bulkanswer"),
        append_only("exposures_bulkcontent", "exposures_bulkanswer"),
        never_deleted("exposures_bulkjob"),
        changes_logged("exposures_bulkjob"),
        grant("INSERT", "exposures_bulkjob", "exposures_bulkcontent", "exposures_bulkanswer"),
        grant(f"UPDATE ({STATE})", "exposures_bulkjob"),
    ]
