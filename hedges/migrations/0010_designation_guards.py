"""Designation: who and what may be designated, held by the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("hedges", "0009_hedge_accounting_guards")]

    operations: list = []
