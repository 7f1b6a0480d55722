"""What a rule pack says about prospective tests."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("treasury", "0011_close_scope")]

    operations: list = []
