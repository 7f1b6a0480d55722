"""Tests and decisions, held by the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("hedges", "0011_journal_guards"), ("treasury", "0012_prospective_limits")]

    operations: list = []
