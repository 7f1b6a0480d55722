"""Measurement."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("hedges", "0012_assessment_guards")]

    operations: list = []
