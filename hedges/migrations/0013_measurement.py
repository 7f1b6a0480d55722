"""Changes nothing: measurement needed no schema of its own; the next migration and existing databases name this one."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("hedges", "0012_assessment_guards")]

    operations: list = []
