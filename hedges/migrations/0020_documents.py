"""Documents of trades: confirmations as they came, what was read of them, and what became of them."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from treasury.models.operations import append_only, composite_key, grant, sees_commits, sql_file, stamped

SQL = Path(__file__).parent / "sql"
TABLES = ("hedges_tradedocument", "hedges_tradedocumentoutcome")

class Migration(migrations.Migration):

    dependencies = [
        ('hedges', '0019_proposals'),
        ('treasury', '0015_drafts'),
    ]

    operations = [
        migrations.CreateModel(
            name='TradeDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('format', models.CharField(choices=[('FPML', 'FpML 5'), ('MT300', 'SWIFT MT300')], max_length=5)),
                ('file_name', models.CharField(blank=True, max_length=120)),
                ('content', models.BinaryField()),
                ('digest', models.CharField(max_length=64)),
                ('our_party', models.CharField(blank=True, max_length=120)),
                ('trade_kind', models.CharField(choices=[('FORWARD', 'forward'), ('NON_DELIVERABLE_FORWARD', 'non-deliverable forward'), ('FUTURE', 'future'), ('OPTION', 'option'), ('FX_SWAP', 'FX swap'), ('INTEREST_RATE_SWAP', 'interest-rate swap'), ('CROSS_CURRENCY_SWAP', 'cross-currency swap'), ('NATURAL_OFFSET', 'natural offset')], max_length=24)),
                ('our_reference', models.CharField(blank=True, max_length=60)),
                ('their_reference', models.CharField(blank=True, max_length=60)),
                ('terms', models.JSONField()),
                ('counterparty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='treasury.counterparty')),
                ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trade_documents', to='treasury.entity')),
                ('event', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='treasury.auditevent')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='TradeDocumentOutcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('outcome', models.CharField(choices=[('RECORDED', 'recorded as a new trade'), ('MATCHED', 'matched with a recorded trade')], max_length=8)),
                ('differences', models.JSONField(default=list)),
                ('reason', models.CharField(blank=True, max_length=400)),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='outcome', to='hedges.tradedocument')),
                ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='treasury.entity')),
                ('event', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='treasury.auditevent')),
                ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='document_outcomes', to='hedges.instrument')),
            ],
            options={
                'ordering': ['document'],
            },
        ),
        migrations.AddConstraint(
            model_name='tradedocument',
            constraint=models.UniqueConstraint(fields=('entity', 'digest'), name='trade_document_once'),
        ),
        migrations.AddConstraint(
            model_name='tradedocument',
            constraint=models.UniqueConstraint(fields=('entity', 'id'), name='trade_document_entity_key'),
        ),
        migrations.AddConstraint(
            model_name='tradedocument',
            constraint=models.CheckConstraint(condition=models.Q(('format__in', ['FPML', 'MT300'])), name='trade_document_format'),
        ),
        migrations.AddConstraint(
            model_name='tradedocument',
            constraint=models.CheckConstraint(condition=models.Q(('trade_kind__in', ['FORWARD', 'NON_DELIVERABLE_FORWARD', 'FUTURE', 'OPTION', 'FX_SWAP', 'INTEREST_RATE_SWAP', 'CROSS_CURRENCY_SWAP', 'NATURAL_OFFSET'])), name='trade_document_kind'),
        ),
        migrations.AddConstraint(
            model_name='tradedocumentoutcome',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', 'RECORDED')), fields=('instrument',), name='trade_document_recorded_once'),
        ),
        migrations.AddConstraint(
            model_name='tradedocumentoutcome',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('differences', []), ('outcome', 'RECORDED')), models.Q(('differences', []), ('outcome', 'MATCHED')), models.Q(('outcome', 'MATCHED'), ('reason__regex', '\\S')), _connector='OR'), name='trade_document_differences_with_a_reason'),
        ),
        composite_key(
            "trade_document_outcome_same_entity",
            "hedges_tradedocumentoutcome",
            "entity_id, document_id",
            "hedges_tradedocument",
            "entity_id, id",
        ),
        sql_file(SQL / "trade_documents.sql"),
        stamped(*TABLES),
        sees_commits(*TABLES),
        append_only(*TABLES),
        grant("INSERT", *TABLES),
    ]
