"""Cross-currency swaps whose notional resets, and the currency basis in a forward's value.

The digests that approvals are bound to stay true for what is recorded already: see sql/later_terms.sql.
"""

from pathlib import Path

from django.db import migrations, models

from treasury.models.operations import sql_file


class Migration(migrations.Migration):

    dependencies = [
        ('hedges', '0005_allocation_guards'),
        ('treasury', '0007_market_curves'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='instrumentversion',
            name='instrument_version_forward_terms',
        ),
        migrations.RemoveConstraint(
            model_name='instrumentversion',
            name='instrument_version_non_deliverable_forward_terms',
        ),
        migrations.RemoveConstraint(
            model_name='instrumentversion',
            name='instrument_version_future_terms',
        ),
        migrations.RemoveConstraint(
            model_name='instrumentversion',
            name='instrument_version_option_terms',
        ),
        migrations.RemoveConstraint(
            model_name='instrumentversion',
            name='instrument_version_fx_swap_terms',
        ),
        migrations.RemoveConstraint(
            model_name='instrumentversion',
            name='instrument_version_interest_rate_swap_terms',
        ),
        migrations.RemoveConstraint(
            model_name='instrumentversion',
            name='instrument_version_cross_currency_swap_terms',
        ),
        migrations.RemoveConstraint(
            model_name='instrumentversion',
            name='instrument_version_natural_offset_terms',
        ),
        migrations.AddField(
            model_name='instrumentversion',
            name='resets_notional',
            field=models.BooleanField(blank=True, help_text="Whether a cross-currency swap's quote notional follows the spot rate, period by period.", null=True),
        ),
        sql_file(Path(__file__).parent / "sql" / "later_terms.sql"),
        migrations.AddField(
            model_name='valuationresult',
            name='basis_element',
            field=models.DecimalField(decimal_places=4, help_text='Contained in the forward element.', max_digits=20, null=True),
        ),
        migrations.AlterField(
            model_name='valuationresult',
            name='profit_amount',
            field=models.DecimalField(decimal_places=4, help_text='Gain settled in cash since the trade: of futures daily, of resetting swaps at each reset.', max_digits=20, null=True),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'FORWARD'), _negated=True), models.Q(('contract__isnull', True), ('contract_count__isnull', True), ('counter_amount__isnull', False), ('counter_currency__isnull', False), ('counter_fixed_rate__isnull', True), ('entry_price__isnull', True), ('expiry_date__isnull', True), ('fixed_rate__isnull', True), ('fixing_date__isnull', True), ('flow_accruals__isnull', True), ('flow_days__isnull', True), ('near_counter_amount__isnull', True), ('near_rate__isnull', True), ('near_settlement_date__isnull', True), ('pay_fixed__isnull', True), ('payment_months__isnull', True), ('premium_amount__isnull', True), ('premium_currency__isnull', True), ('resets_notional__isnull', True), ('settlement_currency__isnull', True), ('spread_rate__isnull', True), ('start_date__isnull', True), ('strike_rate__isnull', False), ('counterparty__isnull', False)), _connector='OR'), name='instrument_version_forward_terms'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'NON_DELIVERABLE_FORWARD'), _negated=True), models.Q(('contract__isnull', True), ('contract_count__isnull', True), ('counter_amount__isnull', False), ('counter_currency__isnull', False), ('counter_fixed_rate__isnull', True), ('entry_price__isnull', True), ('expiry_date__isnull', True), ('fixed_rate__isnull', True), ('fixing_date__isnull', False), ('flow_accruals__isnull', True), ('flow_days__isnull', True), ('near_counter_amount__isnull', True), ('near_rate__isnull', True), ('near_settlement_date__isnull', True), ('pay_fixed__isnull', True), ('payment_months__isnull', True), ('premium_amount__isnull', True), ('premium_currency__isnull', True), ('resets_notional__isnull', True), ('settlement_currency__isnull', False), ('spread_rate__isnull', True), ('start_date__isnull', True), ('strike_rate__isnull', False), ('counterparty__isnull', False)), _connector='OR'), name='instrument_version_non_deliverable_forward_terms'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'FUTURE'), _negated=True), models.Q(('contract__isnull', False), ('contract_count__isnull', False), ('counter_amount__isnull', True), ('counter_currency__isnull', True), ('counter_fixed_rate__isnull', True), ('entry_price__isnull', False), ('expiry_date__isnull', True), ('fixed_rate__isnull', True), ('fixing_date__isnull', True), ('flow_accruals__isnull', True), ('flow_days__isnull', True), ('near_counter_amount__isnull', True), ('near_rate__isnull', True), ('near_settlement_date__isnull', True), ('pay_fixed__isnull', True), ('payment_months__isnull', True), ('premium_amount__isnull', True), ('premium_currency__isnull', True), ('resets_notional__isnull', True), ('settlement_currency__isnull', True), ('spread_rate__isnull', True), ('start_date__isnull', True), ('strike_rate__isnull', True), ('counterparty__isnull', False)), _connector='OR'), name='instrument_version_future_terms'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'OPTION'), _negated=True), models.Q(('contract__isnull', True), ('contract_count__isnull', True), ('counter_amount__isnull', False), ('counter_currency__isnull', False), ('counter_fixed_rate__isnull', True), ('entry_price__isnull', True), ('expiry_date__isnull', False), ('fixed_rate__isnull', True), ('fixing_date__isnull', True), ('flow_accruals__isnull', True), ('flow_days__isnull', True), ('near_counter_amount__isnull', True), ('near_rate__isnull', True), ('near_settlement_date__isnull', True), ('pay_fixed__isnull', True), ('payment_months__isnull', True), ('premium_amount__isnull', False), ('premium_currency__isnull', False), ('resets_notional__isnull', True), ('settlement_currency__isnull', True), ('spread_rate__isnull', True), ('start_date__isnull', True), ('strike_rate__isnull', False), ('counterparty__isnull', False)), _connector='OR'), name='instrument_version_option_terms'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'FX_SWAP'), _negated=True), models.Q(('contract__isnull', True), ('contract_count__isnull', True), ('counter_amount__isnull', False), ('counter_currency__isnull', False), ('counter_fixed_rate__isnull', True), ('entry_price__isnull', True), ('expiry_date__isnull', True), ('fixed_rate__isnull', True), ('fixing_date__isnull', True), ('flow_accruals__isnull', True), ('flow_days__isnull', True), ('near_counter_amount__isnull', False), ('near_rate__isnull', False), ('near_settlement_date__isnull', False), ('pay_fixed__isnull', True), ('payment_months__isnull', True), ('premium_amount__isnull', True), ('premium_currency__isnull', True), ('resets_notional__isnull', True), ('settlement_currency__isnull', True), ('spread_rate__isnull', True), ('start_date__isnull', True), ('strike_rate__isnull', False), ('counterparty__isnull', False)), _connector='OR'), name='instrument_version_fx_swap_terms'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'INTEREST_RATE_SWAP'), _negated=True), models.Q(('contract__isnull', True), ('contract_count__isnull', True), ('counter_amount__isnull', True), ('counter_currency__isnull', True), ('counter_fixed_rate__isnull', True), ('entry_price__isnull', True), ('expiry_date__isnull', True), ('fixed_rate__isnull', False), ('fixing_date__isnull', True), ('flow_accruals__isnull', False), ('flow_days__isnull', False), ('near_counter_amount__isnull', True), ('near_rate__isnull', True), ('near_settlement_date__isnull', True), ('pay_fixed__isnull', False), ('payment_months__isnull', False), ('premium_amount__isnull', True), ('premium_currency__isnull', True), ('resets_notional__isnull', True), ('settlement_currency__isnull', True), ('spread_rate__isnull', False), ('start_date__isnull', False), ('strike_rate__isnull', True), ('counterparty__isnull', False)), _connector='OR'), name='instrument_version_interest_rate_swap_terms'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'CROSS_CURRENCY_SWAP'), _negated=True), models.Q(('contract__isnull', True), ('contract_count__isnull', True), ('counter_amount__isnull', False), ('counter_currency__isnull', False), ('counter_fixed_rate__isnull', False), ('entry_price__isnull', True), ('expiry_date__isnull', True), ('fixed_rate__isnull', False), ('fixing_date__isnull', True), ('flow_accruals__isnull', False), ('flow_days__isnull', False), ('near_counter_amount__isnull', True), ('near_rate__isnull', True), ('near_settlement_date__isnull', True), ('pay_fixed__isnull', True), ('payment_months__isnull', False), ('premium_amount__isnull', True), ('premium_currency__isnull', True), ('resets_notional__isnull', False), ('settlement_currency__isnull', True), ('spread_rate__isnull', True), ('start_date__isnull', False), ('strike_rate__isnull', True), ('counterparty__isnull', False)), _connector='OR'), name='instrument_version_cross_currency_swap_terms'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'NATURAL_OFFSET'), _negated=True), models.Q(('contract__isnull', True), ('contract_count__isnull', True), ('counter_amount__isnull', True), ('counter_currency__isnull', True), ('counter_fixed_rate__isnull', True), ('entry_price__isnull', True), ('expiry_date__isnull', True), ('fixed_rate__isnull', True), ('fixing_date__isnull', True), ('flow_accruals__isnull', True), ('flow_days__isnull', True), ('near_counter_amount__isnull', True), ('near_rate__isnull', True), ('near_settlement_date__isnull', True), ('pay_fixed__isnull', True), ('payment_months__isnull', True), ('premium_amount__isnull', True), ('premium_currency__isnull', True), ('resets_notional__isnull', True), ('settlement_currency__isnull', True), ('spread_rate__isnull', True), ('start_date__isnull', True), ('strike_rate__isnull', True), ('counterparty__isnull', True)), _connector='OR'), name='instrument_version_natural_offset_terms'),
        ),
    ]
