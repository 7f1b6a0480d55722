"""Journals and periods, held by the database."""

from pathlib import Path

from django.db import migrations

from treasury.models.operations import composite_key, sees_commits, sql_file


class Migration(migrations.Migration):
    dependencies = [("hedges", "0010_designation_guards"), ("treasury", "0011_close_scope")]

    operations = [
        sql_file(Path(__file__).parent / "sql" / "journal.sql"),
        sees_commits("hedges_accountingperiod"),
        composite_key(
            "journal_entry_period_of_entity",
            "hedges_journalentry",
            "entity_id, period_id",
            "hedges_accountingperiod",
            "entity_id, id",
        ),
        composite_key(
            "journal_entry_relationship_of_entity",
            "hedges_journalentry",
            "entity_id, relationship_id",
            "hedges_hedgerelationship",
            "entity_id, id",
        ),
    ]
