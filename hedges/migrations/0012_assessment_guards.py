"""Tests and decisions, held by the database."""

from pathlib import Path

from django.db import migrations

from treasury.models.operations import sql_file


class Migration(migrations.Migration):
    dependencies = [("hedges", "0011_journal_guards"), ("treasury", "0012_prospective_limits")]

    operations = [sql_file(Path(__file__).parent / "sql" / "assessment.sql")]
