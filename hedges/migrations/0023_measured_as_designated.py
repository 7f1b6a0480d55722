"""A measurement is of the type of hedge and the framework that were designated; a swap at spot defers nothing."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from treasury.models.operations import sql_file

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hedges", "0022_loss_not_recovered")]

    operations: ClassVar = [sql_file(SQL / "measured_as_designated.sql"), sql_file(SQL / "swap_at_spot.sql")]
