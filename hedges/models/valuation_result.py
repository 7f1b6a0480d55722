"""What an instrument was worth: one row a run and instrument."""

from django.db import models

from hedges.models.instrument import Instrument, InstrumentVersion
from treasury.models import RunResult, key_to
from treasury.models.fields import MeasuredAmount, MeasuredFloat


class ValuationResult(RunResult):
    """Amounts are in `value_currency` (the risk's quote currency), assets +, but `fair_value_functional`.

    Components that a kind does not have are null without a reason; one that it has and that could not be worked
    out has its reason. Components sum to `present_value` to the minor unit.
    """

    pk = models.CompositePrimaryKey("run_id", "instrument_id")
    instrument = key_to(Instrument)
    instrument_version = key_to(InstrumentVersion)
    risk_id = models.BigIntegerField()
    kind = models.CharField(max_length=24)
    value_currency = models.CharField(max_length=8)
    functional_currency = models.CharField(max_length=8)
    present_value = MeasuredAmount(measure="fx_forward_value.present_value")
    spot_element = MeasuredAmount(measure="fx_forward_value.spot_element")
    forward_element = MeasuredAmount(measure="fx_forward_value.forward_element")
    basis_element = MeasuredAmount(
        measure="fx_forward_value.basis_element", help_text="Contained in the forward element."
    )
    intrinsic_value = MeasuredAmount(measure="fx_option_value.intrinsic_value")
    time_value = MeasuredAmount(measure="fx_option_value.time_value")
    clean_value = MeasuredAmount(measure="interest_rate_swap_value.clean_value")
    accrued_amount = MeasuredAmount(measure="interest_rate_swap_value.accrued_amount")
    profit_amount = MeasuredAmount(
        measure="futures_profit.profit_amount",
        help_text="Gain settled in cash since the trade: of futures daily, of resetting swaps at each reset.",
    )
    credit_value_adjustment = MeasuredAmount(measure="credit_adjustment.credit_value_adjustment")
    debit_value_adjustment = MeasuredAmount(measure="credit_adjustment.debit_value_adjustment")
    fair_value = MeasuredAmount(measure="credit_adjustment.fair_value")
    fair_value_functional = MeasuredAmount(measure="credit_adjustment.fair_value")
    spot_rate = MeasuredFloat(measure="fx_forward_value.spot_rate")
    forward_rate = MeasuredFloat(measure="fx_forward_value.forward_rate")
    discount_factor = MeasuredFloat(measure="fx_forward_value.discount_factor")
    implied_volatility = MeasuredFloat(measure="fx_option_value.implied_volatility")
    delta = MeasuredFloat(measure="fx_option_value.delta")

    class Meta:
        ordering = ["entity_id", "instrument_id"]
