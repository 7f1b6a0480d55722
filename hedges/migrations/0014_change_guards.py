"""Changes of relationships, held by the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("hedges", "0013_measurement")]

    operations: list = []
