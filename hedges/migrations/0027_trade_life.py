"""Rolls of more kinds, natural offsets that end, and trades that are cancelled after approval."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q

from treasury.models.operations import sql_file

KINDS = [
    ("PARTIAL_SETTLEMENT", "settled before its date"),
    ("ROLL", "rolled"),
    ("UNWINDING", "unwound"),
    ("NOVATION", "novated"),
    ("EXERCISE", "exercised"),
    ("LAPSE", "lapsed"),
    ("FIXING", "fixed"),
    ("ENDING", "ended"),
    ("CANCELLATION", "cancelled"),
    ("MARGIN", "variation margin"),
    ("REVERSAL", "taken back"),
]
SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hedges", "0026_near_leg")]

    operations: ClassVar = [
        migrations.AlterField("instrumentevent", "kind", models.CharField(max_length=18, choices=KINDS)),
        migrations.RemoveConstraint("instrumentevent", "instrument_event_kind"),
        migrations.AddConstraint(
            "instrumentevent",
            models.CheckConstraint(
                condition=Q(kind__in=[kind for kind, _ in KINDS]), name="instrument_event_kind"
            ),
        ),
        sql_file(SQL / "cancellation.sql"),
        sql_file(SQL / "trade_life.sql"),
    ]
