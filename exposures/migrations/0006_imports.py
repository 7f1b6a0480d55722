"""Imports of exposures: files kept as they came, rows staged by attempt, and who may change what of them."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from treasury.models.operations import append_only, changes_logged, grant, never_deleted, sql_file, stamped

RECORDS = ["exposures_importfile", "exposures_importmapping", "exposures_importcorrection"]
STAGING = ["exposures_importrow", "exposures_importchange", "exposures_importproblem"]
#: What moves while an import is staged, committed, undone or discarded.
STATE = (
    "status, file_name, fingerprint, entity_id, entity_ids, settings, attempt, is_checked, row_count, problem_count,"
    " commit_event_id, undo_event_id"
)


class Migration(migrations.Migration):
    dependencies = [("exposures", "0005_split"), ("treasury", "0012_prospective_limits")]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(editable=False)),
                ("source_system", models.CharField(max_length=20)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("STAGED", "staged"),
                            ("COMMITTED", "committed"),
                            ("UNDONE", "undone"),
                            ("DISCARDED", "discarded"),
                        ],
                        default="STAGED",
                        max_length=10,
                    ),
                ),
                ("file_name", models.CharField(max_length=120)),
                ("fingerprint", models.CharField(max_length=64)),
                (
                    "entity_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("settings", models.JSONField(default=dict)),
                ("attempt", models.PositiveIntegerField(default=0)),
                ("is_checked", models.BooleanField(default=False)),
                ("row_count", models.PositiveIntegerField(default=0)),
                ("problem_count", models.PositiveIntegerField(default=0)),
                (
                    "commit_event",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_committed",
                        to="treasury.auditevent",
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "undo_event",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_undone",
                        to="treasury.auditevent",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ImportChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attempt", models.PositiveIntegerField()),
                ("row_number", models.PositiveIntegerField()),
                ("reference", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("FORECAST", "forecast"),
                            ("HIGHLY_PROBABLE_FORECAST", "highly probable forecast"),
                            ("FIRM_COMMITMENT", "firm commitment"),
                            ("RECOGNISED_ASSET", "recognised asset"),
                            ("RECOGNISED_LIABILITY", "recognised liability"),
                            ("NET_INVESTMENT", "net investment"),
                        ],
                        max_length=24,
                        null=True,
                    ),
                ),
                ("exposure_amount", models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ("expected_date", models.DateField(null=True)),
                ("window_start", models.DateField(null=True)),
                ("window_end", models.DateField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("NEW", "new"), ("CHANGED", "changed"), ("UNCHANGED", "unchanged")],
                        max_length=9,
                    ),
                ),
                ("base_number", models.PositiveIntegerField(null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("OPEN", "open"),
                            ("SETTLED", "settled"),
                            ("NO_LONGER_EXPECTED", "no longer expected"),
                            ("CANCELLED", "cancelled"),
                        ],
                        max_length=18,
                    ),
                ),
                ("description", models.CharField(blank=True, max_length=120)),
                ("certainty_ratio", models.DecimalField(decimal_places=6, max_digits=9)),
                ("start_date", models.DateField(null=True)),
                ("payment_months", models.PositiveSmallIntegerField(null=True)),
                ("spread_rate", models.DecimalField(decimal_places=10, max_digits=20, null=True)),
                (
                    "base_version",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="exposures.exposureversion",
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="treasury.entity",
                    ),
                ),
                (
                    "exposure",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="exposures.exposure",
                    ),
                ),
                (
                    "exposure_currency",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="treasury.unit",
                    ),
                ),
                (
                    "exposure_import",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exposures.import",
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="treasury.risk",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImportFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(editable=False)),
                ("name", models.CharField(max_length=120)),
                ("content", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
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
                    "exposure_import",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="exposures.import",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ImportCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(editable=False)),
                ("row_number", models.PositiveIntegerField()),
                ("column_number", models.PositiveIntegerField()),
                ("old_value", models.CharField(blank=True, max_length=400)),
                ("new_value", models.CharField(blank=True, max_length=400)),
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
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="exposures.importfile",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ImportMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField(editable=False)),
                ("source_system", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=40)),
                ("version_number", models.PositiveIntegerField()),
                ("settings", models.JSONField()),
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
                "ordering": ["source_system", "name", "-version_number"],
            },
        ),
        migrations.CreateModel(
            name="ImportProblem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attempt", models.PositiveIntegerField()),
                ("row_number", models.PositiveIntegerField()),
                ("column_number", models.PositiveIntegerField(null=True)),
                ("column_name", models.CharField(blank=True, max_length=80)),
                ("field", models.CharField(blank=True, max_length=20)),
                ("code", models.CharField(max_length=24)),
                ("value", models.CharField(blank=True, max_length=400)),
                ("expected", models.CharField(max_length=300)),
                (
                    "exposure_import",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exposures.import",
                    ),
                ),
            ],
            options={
                "ordering": ["row_number", models.OrderBy(models.F("column_number"), nulls_first=True), "id"],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attempt", models.PositiveIntegerField()),
                ("row_number", models.PositiveIntegerField()),
                ("reference", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("FORECAST", "forecast"),
                            ("HIGHLY_PROBABLE_FORECAST", "highly probable forecast"),
                            ("FIRM_COMMITMENT", "firm commitment"),
                            ("RECOGNISED_ASSET", "recognised asset"),
                            ("RECOGNISED_LIABILITY", "recognised liability"),
                            ("NET_INVESTMENT", "net investment"),
                        ],
                        max_length=24,
                        null=True,
                    ),
                ),
                ("exposure_amount", models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ("expected_date", models.DateField(null=True)),
                ("window_start", models.DateField(null=True)),
                ("window_end", models.DateField(null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("OPEN", "open"),
                            ("SETTLED", "settled"),
                            ("NO_LONGER_EXPECTED", "no longer expected"),
                            ("CANCELLED", "cancelled"),
                        ],
                        max_length=18,
                        null=True,
                    ),
                ),
                ("description", models.CharField(max_length=120, null=True)),
                ("certainty_ratio", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                (
                    "entity",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="treasury.entity",
                    ),
                ),
                (
                    "exposure_currency",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="treasury.unit",
                    ),
                ),
                (
                    "exposure_import",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exposures.import",
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="treasury.risk",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("STAGED", "COMMITTED"))),
                fields=("fingerprint",),
                name="import_fingerprint",
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["STAGED", "COMMITTED", "UNDONE", "DISCARDED"])),
                name="import_status",
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
                        ("problem_count", 0),
                        ("row_count__gt", 0),
                    ),
                    _connector="OR",
                ),
                name="import_committed_without_problems",
            ),
        ),
        migrations.AddConstraint(
            model_name="importchange",
            constraint=models.UniqueConstraint(
                fields=("exposure_import", "attempt", "row_number"), name="import_change"
            ),
        ),
        migrations.AddConstraint(
            model_name="importchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["NEW", "CHANGED", "UNCHANGED"])),
                name="import_change_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="importchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("exposure", None), ("outcome", "NEW")),
                    ("exposure__isnull", False),
                    _connector="OR",
                ),
                name="import_change_of_an_exposure",
            ),
        ),
        migrations.AddConstraint(
            model_name="importmapping",
            constraint=models.UniqueConstraint(
                fields=("source_system", "name", "version_number"), name="import_mapping_version"
            ),
        ),
        migrations.AddIndex(
            model_name="importproblem",
            index=models.Index(
                fields=["exposure_import", "attempt", "row_number"], name="import_problem_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.UniqueConstraint(
                fields=("exposure_import", "attempt", "row_number"), name="import_row"
            ),
        ),
        sql_file(Path(__file__).parent / "sql" / "imports.sql"),
        stamped("exposures_import", *RECORDS),
        append_only(*RECORDS, *STAGING),
        never_deleted("exposures_import"),
        changes_logged("exposures_import"),
        grant("INSERT", "exposures_import", *RECORDS, *STAGING),
        grant(f"UPDATE ({STATE})", "exposures_import"),
    ]
