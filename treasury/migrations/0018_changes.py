"""The feed of changes in the order of their commits."""

from pathlib import Path
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from treasury.models.operations import never_deleted, sql_file


class Migration(migrations.Migration):
    dependencies: ClassVar = [("treasury", "0017_api_access")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Commit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(null=True, unique=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "event",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commit",
                        to="treasury.auditevent",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commits",
                        to="treasury.calculationrun",
                    ),
                ),
                (
                    "run_event",
                    models.ForeignKey(
                        help_text="The action, if one is named.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treasury.auditevent",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("event", None), ("run", None), _connector="XOR"),
                        name="commit_of_an_event_or_a_run",
                    )
                ],
            },
        ),
        sql_file(Path(__file__).parent / "sql" / "changes.sql"),
        never_deleted("treasury_commit"),
    ]
