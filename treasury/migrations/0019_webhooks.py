"""Webhooks and their deliveries: administration, whose rows stay all the same."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from treasury.models.operations import append_only, grant, never_deleted

HOOKS, DELIVERIES, ATTEMPTS = "treasury_webhook", "treasury_webhookdelivery", "treasury_webhookattempt"
#: What of a webhook people change, and what its deliveries move.
STATE = (
    "name, url, resources, entity_ids, has_bodies, secret_ciphertext, status, status_reason, cursor, failing_since,"
    " failure_count, next_attempt_at, lease_expires_at, epoch"
)


class Migration(migrations.Migration):

    dependencies = [
        ('treasury', '0018_changes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('url', models.CharField(max_length=400)),
                ('resources', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('entity_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ('has_bodies', models.BooleanField(default=False, help_text='The changed rows come along.')),
                ('secret_ciphertext', models.TextField()),
                ('status', models.CharField(choices=[('ACTIVE', 'active'), ('PAUSED', 'paused by a person'), ('DISABLED', 'ended by itself')], default='ACTIVE', max_length=8)),
                ('status_reason', models.CharField(blank=True, max_length=400)),
                ('cursor', models.CharField(help_text='Everything before it has been taken.', max_length=60)),
                ('failing_since', models.DateTimeField(blank=True, null=True)),
                ('failure_count', models.PositiveIntegerField(default=0, help_text='In a row.')),
                ('next_attempt_at', models.DateTimeField()),
                ('lease_expires_at', models.DateTimeField(blank=True, null=True)),
                ('epoch', models.PositiveIntegerField(default=0, help_text='Counts the claims; only the newest may write.')),
                ('created_at', models.DateTimeField()),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='webhooks', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='WebhookDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message_id', models.CharField(max_length=40, unique=True)),
                ('cursor_from', models.CharField(max_length=60)),
                ('cursor_to', models.CharField(max_length=60)),
                ('change_count', models.PositiveIntegerField()),
                ('status', models.CharField(choices=[('OPEN', 'being delivered'), ('DELIVERED', 'delivered'), ('ABANDONED', 'taken back by a replay, or nothing of it may be seen any more')], default='OPEN', max_length=9)),
                ('created_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='treasury.webhook')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='WebhookAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField()),
                ('milliseconds', models.PositiveIntegerField()),
                ('address', models.CharField(blank=True, help_text='The address that the name had.', max_length=45)),
                ('response_status', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('response_start', models.CharField(blank=True, help_text='The first characters of the answer.', max_length=300)),
                ('failure', models.CharField(blank=True, help_text='Empty: delivered.', max_length=400)),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='treasury.webhookdelivery')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.AddConstraint(
            model_name='webhook',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['ACTIVE', 'PAUSED', 'DISABLED'])), name='webhook_status'),
        ),
        migrations.AddConstraint(
            model_name='webhook',
            constraint=models.CheckConstraint(condition=models.Q(('cursor__regex', '^[0-9]{1,15}(\\.[0-9]{1,9}\\.[0-9]{1,15})?$')), name='webhook_cursor'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'OPEN')), fields=('webhook',), name='webhook_one_open_delivery'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['OPEN', 'DELIVERED', 'ABANDONED'])), name='webhook_delivery_status'),
        ),
        grant("INSERT", HOOKS, DELIVERIES, ATTEMPTS),
        grant(f"UPDATE ({STATE})", HOOKS),
        grant("UPDATE (status, finished_at)", DELIVERIES),
        never_deleted(HOOKS, DELIVERIES),
        append_only(ATTEMPTS),
    ]
