"""Designation: who and what may be designated, held by the database."""

from pathlib import Path

from django.db import migrations

from treasury.models.operations import sql_file


class Migration(migrations.Migration):
    dependencies = [("hedges", "0009_hedge_accounting_guards")]

    operations = [sql_file(Path(__file__).parent / "sql" / "designation.sql")]
