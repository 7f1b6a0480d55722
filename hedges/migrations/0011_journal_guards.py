"""Journals and periods, held by the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("hedges", "0010_designation_guards"), ("treasury", "0011_close_scope")]

    operations: list = []
