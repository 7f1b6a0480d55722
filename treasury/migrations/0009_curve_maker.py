"""A snapshot says what made its rate curves, so that a later version of it still finds the ones that were sealed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treasury", "0008_effectiveness_limits")]

    operations = [
        migrations.AddField(
            "marketdatasnapshot",
            "curve_maker",
            models.CharField(
                max_length=60,
                blank=True,
                default="",
                help_text="What bootstrapped its rate curves, with versions.",
            ),
        ),
    ]
