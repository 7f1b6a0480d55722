"""Allocations and natural offsets, held to what they are part of (what an attack on the first guards found)."""

from pathlib import Path

from django.db import migrations

from treasury.models.operations import composite_key, sees_commits, sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("hedges", "0004_allocation_columns"),
        ("exposures", "0003_risk_key"),
        ("treasury", "0006_tighter_guards"),
    ]

    operations = [
        composite_key(
            "itemallocation_of_the_exposures_risk",
            "hedges_itemallocation",
            "exposure_version_id, risk_id",
            "exposures_exposureversion",
            "id, risk_id",
        ),
        sql_file(Path(__file__).parent / "sql" / "allocations.sql"),
        sees_commits(
            "hedges_instrumentversion",
            "hedges_instrumentversionapproval",
            "hedges_hedgerelationshipversion",
            "hedges_hedgerelationshipversionapproval",
        ),
    ]
