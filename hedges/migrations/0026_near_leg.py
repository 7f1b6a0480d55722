"""The near leg of a roll: a trade of its own that closes the old one, so that cover is counted once."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models
from django.db.models import PROTECT, Q

from treasury.models.operations import sql_file


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hedges", "0025_commitment_cost")]

    operations: ClassVar = [
        migrations.AddField(
            "instrumentevent",
            "near_leg",
            models.OneToOneField(
                to="hedges.instrument", on_delete=PROTECT, related_name="closes", null=True, blank=True
            ),
        ),
        migrations.AddConstraint(
            "instrumentevent",
            models.CheckConstraint(
                condition=Q(near_leg=None) | Q(kind="ROLL"), name="instrument_event_near_leg"
            ),
        ),
        sql_file(Path(__file__).parent / "sql" / "near_leg.sql"),
    ]
