"""Hedge accounting: inception files, tests and decisions, accounts, periods, journals, measurement."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from treasury.models.operations import CreatePartitionedModel


class Migration(migrations.Migration):

    dependencies = [
        ('hedges', '0007_prospective'),
        ('treasury', '0010_close_runs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='JournalEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('number', models.PositiveIntegerField(editable=False)),
                ('entry_date', models.DateField()),
                ('framework', models.CharField(choices=[('IFRS9', 'IFRS 9'), ('IAS39', 'IAS 39'), ('ASC815', 'ASC 815')], max_length=8)),
                ('rule', models.CharField(choices=[('INSTRUMENT_DESIGNATED', 'instrument taken into hedge accounting'), ('REMEASUREMENT', "change of the instrument's fair value"), ('ITEM_ADJUSTMENT', 'change of the hedged item for the hedged risk'), ('ITEM_ADJUSTMENT_AMORTISATION', "amortisation of the item's adjustment"), ('RECLASSIFICATION', 'reserve reclassified to profit or loss'), ('BASIS_ADJUSTMENT', 'reserve into the cost of the non-financial item'), ('COST_AMORTISATION', 'cost of hedging amortised'), ('COST_RELEASE', 'cost of hedging released with the item'), ('INSTRUMENT_RELEASED', 'instrument taken out of hedge accounting')], max_length=28)),
                ('paragraph', models.CharField(max_length=60)),
                ('description', models.CharField(max_length=200)),
            ],
            options={
                'verbose_name_plural': 'journal entries',
                'ordering': ['entity', 'number'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('rule__in', ['INSTRUMENT_DESIGNATED', 'REMEASUREMENT', 'ITEM_ADJUSTMENT', 'ITEM_ADJUSTMENT_AMORTISATION', 'RECLASSIFICATION', 'BASIS_ADJUSTMENT', 'COST_AMORTISATION', 'COST_RELEASE', 'INSTRUMENT_RELEASED'])), name='journal_entry_rule'),
                    models.CheckConstraint(condition=models.Q(('framework__in', ['IFRS9', 'IAS39', 'ASC815'])), name='journal_entry_framework'),
                ],
            },
        ),
        migrations.CreateModel(
            name='JournalLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line_number', models.PositiveSmallIntegerField()),
                ('account_role', models.CharField(choices=[('DERIVATIVE', 'hedging instruments at fair value'), ('DERIVATIVE_NOT_DESIGNATED', 'derivatives outside hedge accounting'), ('SETTLEMENT', 'settlement of hedging instruments'), ('CASH_FLOW_HEDGE_RESERVE', 'cash flow hedge reserve'), ('COST_OF_HEDGING_RESERVE', 'cost of hedging reserve'), ('TRANSLATION_RESERVE', 'foreign currency translation reserve'), ('INEFFECTIVENESS', 'hedge ineffectiveness'), ('EXCLUDED_COMPONENT', 'excluded components in profit or loss'), ('COST_OF_HEDGING', 'cost of hedging, amortised'), ('FAIR_VALUE_HEDGE_RESULT', 'result of fair value hedges'), ('HEDGED_ITEM_RESULT', 'profit or loss of the hedged item'), ('HEDGED_ITEM_CARRYING_AMOUNT', 'hedge adjustment of hedged items'), ('NON_FINANCIAL_ITEM', 'initial cost of non-financial items')], max_length=27)),
                ('account_code', models.CharField(max_length=20)),
                ('account_name', models.CharField(max_length=120)),
                ('debit_amount', models.DecimalField(decimal_places=4, max_digits=20)),
                ('credit_amount', models.DecimalField(decimal_places=4, max_digits=20)),
            ],
            options={
                'ordering': ['entry', 'line_number'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('credit_amount', 0), ('debit_amount__gt', 0)), models.Q(('credit_amount__gt', 0), ('debit_amount', 0)), _connector='OR'), name='journal_line_debit_or_credit'),
                    models.CheckConstraint(condition=models.Q(('account_role__in', ['DERIVATIVE', 'DERIVATIVE_NOT_DESIGNATED', 'SETTLEMENT', 'CASH_FLOW_HEDGE_RESERVE', 'COST_OF_HEDGING_RESERVE', 'TRANSLATION_RESERVE', 'INEFFECTIVENESS', 'EXCLUDED_COMPONENT', 'COST_OF_HEDGING', 'FAIR_VALUE_HEDGE_RESULT', 'HEDGED_ITEM_RESULT', 'HEDGED_ITEM_CARRYING_AMOUNT', 'NON_FINANCIAL_ITEM'])), name='journal_line_role'),
                    models.CheckConstraint(condition=models.Q(('account_code__regex', '\\S')), name='journal_line_account'),
                ],
            },
        ),
        migrations.CreateModel(
            name='LateAcceptance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('content_digest', models.CharField(max_length=64)),
                ('comment', models.CharField(blank=True, max_length=400)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='hedgerelationship',
            name='parallel_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parallels', to='hedges.hedgerelationship'),
        ),
        migrations.AddField(
            model_name='hedgerelationshipversion',
            name='accounting_from',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='hedgerelationshipversion',
            name='change_cause',
            field=models.CharField(blank=True, choices=[('RELATIONSHIP_SHIFTED', 'the relationship shifted, the objective stands'), ('CRITERIA_FAILED', 'the criteria are not met any more'), ('CREDIT_RISK_DOMINATES', 'credit risk dominates, confirmed by a person'), ('OBJECTIVE_CHANGED', 'the risk management objective has changed'), ('INSTRUMENT_ENDED', 'the instrument was sold, terminated, exercised or replaced'), ('NO_LONGER_HIGHLY_PROBABLE', 'the forecast is no longer highly probable'), ('NO_LONGER_EXPECTED', 'the forecast is no longer expected'), ('VOLUNTARY', 'revoked by choice')], max_length=25, null=True),
        ),
        migrations.AddField(
            model_name='hedgerelationshipversion',
            name='change_kind',
            field=models.CharField(blank=True, choices=[('DESIGNATION', 'designation'), ('REBALANCING', 'rebalancing'), ('PARTIAL_DISCONTINUATION', 'partial discontinuation'), ('DISCONTINUATION', 'discontinuation'), ('DE_DESIGNATION', 'de-designation')], max_length=23, null=True),
        ),
        migrations.AddField(
            model_name='hedgerelationshipversion',
            name='effect',
            field=models.JSONField(blank=True, help_text='What the change does, as shown before it.', null=True),
        ),
        migrations.AddField(
            model_name='hedgerelationshipversion',
            name='late_reason',
            field=models.CharField(blank=True, max_length=400, null=True),
        ),
        migrations.AddField(
            model_name='hedgerelationshipversion',
            name='volumes',
            field=models.JSONField(blank=True, help_text='Items and instruments with the amounts in force from the change on.', null=True),
        ),
        migrations.AddField(
            model_name='instrumentallocation',
            name='struck_on',
            field=models.DateField(editable=False, help_text="Date of the item's hypothetical: the beginning, also of what stays after a change of volume.", null=True),
        ),
        migrations.AddField(
            model_name='itemallocation',
            name='struck_on',
            field=models.DateField(editable=False, help_text="Date of the item's hypothetical: the beginning, also of what stays after a change of volume.", null=True),
        ),
        migrations.CreateModel(
            name='AccountingPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('period_start', models.DateField(help_text='First day of the month.')),
                ('status', models.CharField(choices=[('OPEN', 'open'), ('CLOSED', 'closed')], default='OPEN', max_length=6)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounting_periods', to='treasury.entity')),
                ('event', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='treasury.auditevent')),
                ('run', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closed_period', to='treasury.calculationrun')),
            ],
            options={
                'ordering': ['entity', 'period_start'],
                'constraints': [
                    models.UniqueConstraint(fields=('entity', 'period_start'), name='accounting_period_once'),
                    models.UniqueConstraint(fields=('entity', 'id'), name='accounting_period_entity_key'),
                    models.CheckConstraint(condition=models.Q(('period_start__day', 1)), name='accounting_period_is_a_month'),
                    models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('run', None), ('status', 'OPEN')), models.Q(('closed_at__isnull', False), ('run__isnull', False), ('status', 'CLOSED')), _connector='OR'), name='accounting_period_closed_by_a_run'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AccountMap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('entity', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='account_map', to='treasury.entity')),
                ('event', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='treasury.auditevent')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AccountMapVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('version_number', models.PositiveIntegerField(editable=False)),
                ('valid_from', models.DateField(help_text='First business date on which this version counts.')),
                ('valid_to', models.DateField(blank=True, help_text='Exclusive; empty: until another version replaces it.', null=True)),
                ('change_reason', models.CharField(blank=True, max_length=400)),
                ('content_digest', models.CharField(editable=False, max_length=64)),
                ('accounts', models.JSONField()),
                ('account_map', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='hedges.accountmap')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='treasury.auditevent')),
            ],
            options={
                'ordering': ['account_map', '-version_number'],
                'constraints': [
                    models.UniqueConstraint(fields=('account_map', 'version_number'), name='account_map_version_number'),
                    models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='account_map_version_validity'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AccountMapVersionApproval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('decision', models.CharField(choices=[('APPROVED', 'approved'), ('REJECTED', 'rejected')], max_length=8)),
                ('content_digest', models.CharField(max_length=64)),
                ('comment', models.CharField(blank=True, max_length=400)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='treasury.auditevent')),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='approval', to='hedges.accountmapversion')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AssessmentDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('subject', models.CharField(choices=[('TEST', 'a test without a result'), ('CREDIT_RISK', 'whether credit risk dominates')], max_length=11)),
                ('as_of_date', models.DateField(help_text='End of the period that the decision is for.')),
                ('decided_status', models.CharField(choices=[('EFFECTIVE', 'effective'), ('NOT_EFFECTIVE', 'not effective'), ('INCONCLUSIVE', 'inconclusive'), ('NOT_TESTED', 'not tested')], max_length=13)),
                ('reason', models.CharField(max_length=400)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='treasury.auditevent')),
                ('relationship', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessment_decisions', to='hedges.hedgerelationship')),
            ],
            options={
                'ordering': ['relationship', 'as_of_date', 'id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('subject__in', ['TEST', 'CREDIT_RISK'])), name='assessment_decision_subject'),
                    models.CheckConstraint(condition=models.Q(('reason__regex', '\\S')), name='assessment_decision_reason'),
                    models.CheckConstraint(condition=models.Q(('decided_status__in', ['EFFECTIVE', 'NOT_EFFECTIVE'])), name='assessment_decision_is_a_decision'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AssessmentRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('occasion', models.CharField(choices=[('INCEPTION', 'at inception'), ('ON_DEMAND', 'on demand')], max_length=9)),
                ('as_of_date', models.DateField()),
                ('effectiveness_status', models.CharField(choices=[('EFFECTIVE', 'effective'), ('NOT_EFFECTIVE', 'not effective'), ('INCONCLUSIVE', 'inconclusive'), ('NOT_TESTED', 'not tested')], max_length=13)),
                ('numbers', models.JSONField()),
                ('critical_terms', models.JSONField()),
                ('hypothetical', models.JSONField()),
                ('content_digest', models.CharField(editable=False, max_length=64)),
                ('event', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='treasury.auditevent')),
                ('market_data_snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='treasury.marketdatasnapshot')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='hedges.hedgerelationshipversion')),
            ],
            options={
                'ordering': ['version', 'id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('occasion__in', ['INCEPTION', 'ON_DEMAND'])), name='assessment_record_occasion'),
                    models.UniqueConstraint(condition=models.Q(('occasion', 'INCEPTION')), fields=('version',), name='assessment_record_one_inception'),
                ],
            },
        ),
        migrations.CreateModel(
            name='InceptionFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('instrument_description', models.TextField(help_text='The hedging instrument, or the part of it.', max_length=2000)),
                ('item_description', models.TextField(help_text='The hedged item, or the part or layer of it.', max_length=2000)),
                ('risk_description', models.TextField(help_text='The nature of the risk being hedged.', max_length=2000)),
                ('assessment_description', models.TextField(help_text='How effectiveness is assessed: method, frequency, data.', max_length=2000)),
                ('hedge_ratio_description', models.TextField(help_text='How the hedge ratio is set.', max_length=2000)),
                ('strategy', models.TextField(help_text='The risk management strategy that the hedge belongs to.', max_length=2000)),
                ('reporting_scope', models.CharField(choices=[('CONSOLIDATED', 'consolidated statements'), ('SEPARATE', 'separate statements')], default='CONSOLIDATED', max_length=12)),
                ('release_pattern', models.CharField(choices=[('WITH_ITEM', 'when the hedged flow affects profit or loss, on its date'), ('BASIS_ADJUSTMENT', 'into the cost of a non-financial item, on its date'), ('AS_REMEASURED', 'as the recognised monetary item is remeasured'), ('OVER_TERM', 'over the remaining term of the interest flows'), ('ON_DISPOSAL', 'on disposal of the net investment')], max_length=16)),
                ('excluded_treatment', models.CharField(blank=True, choices=[('DEFERRED', 'deferred in equity'), ('PROFIT_OR_LOSS', 'profit or loss at once')], max_length=14, null=True)),
                ('basis_excluded', models.BooleanField(default=False)),
                ('cost_relation', models.CharField(blank=True, choices=[('TRANSACTION', 'transaction-related'), ('TIME_PERIOD', 'time-period-related')], max_length=11, null=True)),
                ('keeps_basis_in_reserve', models.BooleanField(default=False)),
                ('earnings_lag_days', models.PositiveSmallIntegerField(default=0)),
                ('spot_is_discounted', models.BooleanField(default=False)),
                ('content_digest', models.CharField(editable=False, max_length=64)),
                ('event', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='treasury.auditevent')),
                ('relationship', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inception_files', to='hedges.hedgerelationship')),
                ('rule_pack', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='treasury.rulepack')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('instrument_description__regex', '\\S')), name='inception_file_instrument_description'),
                    models.CheckConstraint(condition=models.Q(('item_description__regex', '\\S')), name='inception_file_item_description'),
                    models.CheckConstraint(condition=models.Q(('risk_description__regex', '\\S')), name='inception_file_risk_description'),
                    models.CheckConstraint(condition=models.Q(('assessment_description__regex', '\\S')), name='inception_file_assessment_description'),
                    models.CheckConstraint(condition=models.Q(('hedge_ratio_description__regex', '\\S')), name='inception_file_hedge_ratio_description'),
                    models.CheckConstraint(condition=models.Q(('strategy__regex', '\\S')), name='inception_file_strategy'),
                    models.CheckConstraint(condition=models.Q(('release_pattern__in', ['WITH_ITEM', 'BASIS_ADJUSTMENT', 'AS_REMEASURED', 'OVER_TERM', 'ON_DISPOSAL'])), name='inception_file_release_pattern'),
                    models.CheckConstraint(condition=models.Q(('reporting_scope__in', ['CONSOLIDATED', 'SEPARATE'])), name='inception_file_reporting_scope'),
                    models.CheckConstraint(condition=models.Q(('excluded_treatment', None), ('excluded_treatment__in', ['DEFERRED', 'PROFIT_OR_LOSS']), _connector='OR'), name='inception_file_excluded_treatment'),
                    models.CheckConstraint(condition=models.Q(('cost_relation', None), ('cost_relation__in', ['TRANSACTION', 'TIME_PERIOD']), _connector='OR'), name='inception_file_cost_relation'),
                    models.CheckConstraint(condition=models.Q(models.Q(('excluded_treatment', 'DEFERRED'), _negated=True), ('cost_relation__isnull', False), _connector='OR'), name='inception_file_deferred_cost_has_relation'),
                ],
            },
        ),
        migrations.AddField(
            model_name='hedgerelationshipversion',
            name='inception_file',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='hedges.inceptionfile'),
        ),
        migrations.AddConstraint(
            model_name='hedgerelationshipversion',
            constraint=models.CheckConstraint(condition=models.Q(('change_kind', None), ('change_kind__in', ['DESIGNATION', 'REBALANCING', 'PARTIAL_DISCONTINUATION', 'DISCONTINUATION', 'DE_DESIGNATION']), _connector='OR'), name='relationship_version_change_kind'),
        ),
        migrations.AddConstraint(
            model_name='hedgerelationshipversion',
            constraint=models.CheckConstraint(condition=models.Q(('change_cause', None), ('change_cause__in', ['RELATIONSHIP_SHIFTED', 'CRITERIA_FAILED', 'CREDIT_RISK_DOMINATES', 'OBJECTIVE_CHANGED', 'INSTRUMENT_ENDED', 'NO_LONGER_HIGHLY_PROBABLE', 'NO_LONGER_EXPECTED', 'VOLUNTARY']), _connector='OR'), name='relationship_version_change_cause'),
        ),
        migrations.AddConstraint(
            model_name='hedgerelationshipversion',
            constraint=models.CheckConstraint(condition=models.Q(('late_reason', None), ('late_reason__regex', '\\S'), _connector='OR'), name='relationship_version_late_reason'),
        ),
        migrations.AddField(
            model_name='journalentry',
            name='currency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='treasury.unit'),
        ),
        migrations.AddField(
            model_name='journalentry',
            name='entity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='journal_entries', to='treasury.entity'),
        ),
        migrations.AddField(
            model_name='journalentry',
            name='event',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='treasury.auditevent'),
        ),
        migrations.AddField(
            model_name='journalentry',
            name='period',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='journal_entries', to='hedges.accountingperiod'),
        ),
        migrations.AddField(
            model_name='journalentry',
            name='relationship',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='journal_entries', to='hedges.hedgerelationship'),
        ),
        migrations.AddField(
            model_name='journalentry',
            name='reversal_of',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='hedges.journalentry'),
        ),
        migrations.AddField(
            model_name='journalentry',
            name='run',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='journal_entries', to='treasury.calculationrun'),
        ),
        migrations.AddField(
            model_name='journalline',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='hedges.journalentry'),
        ),
        migrations.AddField(
            model_name='lateacceptance',
            name='accepted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='lateacceptance',
            name='event',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='treasury.auditevent'),
        ),
        migrations.AddField(
            model_name='lateacceptance',
            name='version',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='late_acceptance', to='hedges.hedgerelationshipversion'),
        ),
        migrations.AddConstraint(
            model_name='journalentry',
            constraint=models.UniqueConstraint(fields=('entity', 'number'), name='journal_entry_number'),
        ),
        migrations.AddConstraint(
            model_name='journalentry',
            constraint=models.UniqueConstraint(condition=models.Q(('reversal_of', None)), fields=('run', 'relationship', 'rule'), name='journal_entry_once_a_run'),
        ),
        migrations.AddConstraint(
            model_name='journalentry',
            constraint=models.CheckConstraint(condition=models.Q(('run__isnull', False), ('reversal_of__isnull', False), _connector='OR'), name='journal_entry_of_a_run_or_reversal'),
        ),
        migrations.AddConstraint(
            model_name='journalline',
            constraint=models.UniqueConstraint(fields=('entry', 'line_number'), name='journal_line_number'),
        ),
        CreatePartitionedModel(
            name='MeasurementResult',
            fields=[
                ('entity', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='treasury.entity')),
                ('relationship', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='hedges.hedgerelationship')),
                ('relationship_version', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='hedges.hedgerelationshipversion')),
                ('run', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='treasury.calculationrun')),
                ('status', models.CharField(choices=[('OK', 'worked out'), ('PARTIAL', 'partly undefined'), ('UNDEFINED', 'undefined')], max_length=9)),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('pk', models.CompositePrimaryKey('run_id', 'relationship_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('framework', models.CharField(max_length=8)),
                ('hedge_type', models.CharField(choices=[('FAIR_VALUE', 'fair value hedge'), ('CASH_FLOW', 'cash flow hedge'), ('NET_INVESTMENT', 'net investment hedge'), ('ECONOMIC', 'economic hedge, no hedge accounting')], max_length=14)),
                ('functional_currency', models.CharField(max_length=8)),
                ('life_stage', models.CharField(choices=[('AWAITING_APPROVAL', 'waits for approval'), ('REJECTED', 'rejected'), ('DOCUMENTED', 'documented, not begun'), ('ACTIVE', 'in force'), ('WAITING', 'stopped, its reserve waits'), ('DISCONTINUED', 'discontinued'), ('MATURED', 'matured')], max_length=17)),
                ('accounting_from', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('effectiveness_status', models.CharField(choices=[('EFFECTIVE', 'effective'), ('NOT_EFFECTIVE', 'not effective'), ('INCONCLUSIVE', 'inconclusive'), ('NOT_TESTED', 'not tested')], max_length=13)),
                ('decided_by_person', models.BooleanField()),
                ('is_qualifying', models.BooleanField()),
                ('knot_dates', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), size=None)),
                ('knot_instrument_changes', django.contrib.postgres.fields.ArrayField(base_field=models.DecimalField(decimal_places=4, max_digits=20), size=None)),
                ('knot_hypothetical_changes', django.contrib.postgres.fields.ArrayField(base_field=models.DecimalField(decimal_places=4, max_digits=20), size=None)),
                ('knot_recognised', django.contrib.postgres.fields.ArrayField(base_field=models.DecimalField(decimal_places=4, max_digits=20), size=None)),
                ('knot_qualifying', django.contrib.postgres.fields.ArrayField(base_field=models.BooleanField(), size=None)),
                ('opening_fair_value', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('fair_value_change', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('carrying_amount', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('settled_amount', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('no_longer_designated_amount', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('cumulative_change_instrument', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('cumulative_change_hypothetical', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('cumulative_recognised', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('cumulative_ineffectiveness', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('cumulative_reclassified', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('cumulative_basis_adjusted', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('reserve_balance', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('excluded_in_profit_or_loss', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('cost_recognised', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('cost_amortised', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('cost_released', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('cost_reserve_balance', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('item_adjustment', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('item_adjustment_amortised', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
            ],
            options={
                'ordering': ['entity_id', 'relationship_id'],
            },
        ),
        CreatePartitionedModel(
            name='CostOfHedgingResult',
            fields=[
                ('status', models.CharField(choices=[('OK', 'worked out'), ('PARTIAL', 'partly undefined'), ('UNDEFINED', 'undefined')], max_length=9)),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('pk', models.CompositePrimaryKey('run_id', 'relationship_id', 'element', blank=True, editable=False, primary_key=True, serialize=False)),
                ('element', models.CharField(choices=[('FORWARD_ELEMENT', 'forward element'), ('TIME_VALUE', 'time value'), ('CURRENCY_BASIS', 'currency basis')], max_length=15)),
                ('functional_currency', models.CharField(max_length=8)),
                ('knot_actual_values', django.contrib.postgres.fields.ArrayField(base_field=models.DecimalField(decimal_places=4, max_digits=20), size=None)),
                ('knot_aligned_values', django.contrib.postgres.fields.ArrayField(base_field=models.DecimalField(decimal_places=4, max_digits=20), size=None)),
                ('term_from', models.DateField(help_text='The opening value is amortised by days from here')),
                ('term_to', models.DateField(help_text='to here.')),
                ('cost_recognised', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('cost_amortised', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('cost_released', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('excluded_in_profit_or_loss', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('entity', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='treasury.entity')),
                ('relationship', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='hedges.hedgerelationship')),
                ('run', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='treasury.calculationrun')),
            ],
            options={
                'ordering': ['entity_id', 'relationship_id', 'element'],
            },
        ),
    ]
