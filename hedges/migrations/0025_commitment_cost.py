"""The adjustment of a firm commitment in a fair value hedge goes into the cost of what is bought."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from treasury.models.operations import sql_file


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hedges", "0024_bulk")]

    operations: ClassVar = [sql_file(Path(__file__).parent / "sql" / "commitment_cost.sql")]
