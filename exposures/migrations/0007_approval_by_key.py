"""A decision on thousands of versions takes time in proportion: each looks up its approvals by key."""

from pathlib import Path

from django.db import migrations

from treasury.models.operations import sql_file


class Migration(migrations.Migration):
    dependencies = [("exposures", "0006_imports"), ("treasury", "0006_tighter_guards")]

    operations = [sql_file(Path(__file__).parent / "sql" / "approval_by_key.sql")]
