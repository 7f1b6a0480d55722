"""Changes of relationships, held by the database."""

from pathlib import Path

from django.db import migrations

from treasury.models.operations import sql_file


class Migration(migrations.Migration):
    dependencies = [("hedges", "0013_measurement")]

    operations = [sql_file(Path(__file__).parent / "sql" / "changes.sql")]
