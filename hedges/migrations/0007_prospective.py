"""The changes of the prospective test's scenarios, beside the past ones."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


def _changes() -> ArrayField:
    return ArrayField(base_field=models.FloatField(null=True), default=list)


class Migration(migrations.Migration):
    dependencies = [("hedges", "0006_resetting_notional"), ("treasury", "0008_effectiveness_limits")]

    operations = [
        migrations.AddField("effectivenessresult", "scenario_instrument_changes", _changes()),
        migrations.AddField("effectivenessresult", "scenario_item_changes", _changes()),
    ]
