"""Versions and decisions by the ten thousand take time in proportion, whatever the planner believes of their tables."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from treasury.models.operations import sql_file


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("hedges", "0023_measured_as_designated"),
        ("exposures", "0008_bulk"),
        ("treasury", "0017_api_access"),
    ]

    operations: ClassVar = [sql_file(Path(__file__).parent / "sql" / "versions_in_bulk.sql")]
