"""A forecast may be no longer expected without being cancelled."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exposures', '0003_risk_key'),
        ('treasury', '0010_close_runs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='exposureversion',
            name='exposure_version_status',
        ),
        migrations.AlterField(
            model_name='exposureversion',
            name='status',
            field=models.CharField(choices=[('OPEN', 'open'), ('SETTLED', 'settled'), ('NO_LONGER_EXPECTED', 'no longer expected'), ('CANCELLED', 'cancelled')], default='OPEN', max_length=18),
        ),
        migrations.AddConstraint(
            model_name='exposureversion',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['OPEN', 'SETTLED', 'NO_LONGER_EXPECTED', 'CANCELLED'])), name='exposure_version_status'),
        ),
    ]
