"""Runs over one entity: a close has partitions of what it writes, not of every result family."""

from pathlib import Path

from django.db import migrations

from treasury.models.operations import sql_file


class Migration(migrations.Migration):
    dependencies = [("treasury", "0010_close_runs")]

    operations = [sql_file(Path(__file__).parent / "sql" / "close_scope.sql")]
