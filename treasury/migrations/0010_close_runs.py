"""Runs that close a period, databases marked for tests, and the clock of a demo."""

from django.db import migrations, models

from treasury.models.operations import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('treasury', '0009_curve_maker'),
    ]

    operations = [
        migrations.CreateModel(
            name="DemoClock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("clock_offset", models.DurationField()),
            ],
            options={"ordering": ["-id"]},
        ),
        append_only("treasury_democlock"),
        migrations.RemoveConstraint(
            model_name='databasemark',
            name='database_mark_kind',
        ),
        migrations.AlterField(
            model_name='calculationrun',
            name='kind',
            field=models.CharField(choices=[('NIGHTLY', 'nightly'), ('CLOSE', 'period close')], default='NIGHTLY', max_length=8),
        ),
        migrations.AlterField(
            model_name='runshard',
            name='step',
            field=models.CharField(choices=[('VALUATION', 'value the instruments'), ('HEDGE_RATIO', 'hedge ratios'), ('HORIZON', 'horizon profile'), ('EFFECTIVENESS', 'effectiveness'), ('MEASUREMENT', 'hedge accounting measurement')], max_length=16),
        ),
        migrations.AddConstraint(
            model_name='databasemark',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['DEMO', 'TEST'])), name='database_mark_kind'),
        ),
    ]
