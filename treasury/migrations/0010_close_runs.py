"""Runs that close a period, and databases marked for tests."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('treasury', '0009_curve_maker'),
    ]

    operations = [
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
