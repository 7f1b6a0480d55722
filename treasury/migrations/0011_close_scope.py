"""Runs over one entity."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("treasury", "0010_close_runs")]

    operations: list = []
