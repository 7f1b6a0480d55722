"""What an attack on the first guards found: runs, shards, names, bands, roles and the seal."""

from pathlib import Path

from django.db import migrations

from treasury.models.operations import composite_key, sees_commits, sql_file

SNAPSHOTS = {
    "market_data_snapshot_id": "treasury_marketdatasnapshot",
    "book_snapshot_id": "treasury_booksnapshot",
}


class Migration(migrations.Migration):
    dependencies = [("treasury", "0005_snapshot_times")]

    operations = [
        sql_file(Path(__file__).parent / "sql" / "tighter.sql"),
        sees_commits("treasury_policyversion", "treasury_policyversionapproval"),
        *[
            composite_key(
                f"run_known_at_of_its_{column.removesuffix('_id')}",
                "treasury_calculationrun",
                f"{column}, known_at",
                table,
                "id, known_at",
            )
            for column, table in SNAPSHOTS.items()
        ],
    ]
