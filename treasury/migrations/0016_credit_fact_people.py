"""Facts about a counterparty's credit come from who prepares hedges; who clears a trigger did not record it."""

from pathlib import Path

from django.db import migrations

from treasury.models.operations import sql_file


class Migration(migrations.Migration):
    dependencies = [("treasury", "0015_drafts")]

    operations = [sql_file(Path(__file__).parent / "sql" / "credit_fact_people.sql")]
