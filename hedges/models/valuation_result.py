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
    present_value = MeasuredAmount(measure="present_value")
    spot_element = MeasuredAmount(measure="spot_element")
    forward_element = MeasuredAmount(measure="forward_element")
    intrinsic_value = MeasuredAmount(measure="intrinsic_value")
    time_value = MeasuredAmount(measure="time_value")
    clean_value = MeasuredAmount(measure="clean_value")
    accrued_amount = MeasuredAmount(measure="accrued_amount")
    profit_amount = MeasuredAmount(measure="profit_amount", help_text="Futures: gain settled daily since the trade.")
    credit_value_adjustment = MeasuredAmount(measure="credit_value_adjustment")
    debit_value_adjustment = MeasuredAmount(measure="debit_value_adjustment")
    fair_value = MeasuredAmount(measure="fair_value")
    fair_value_functional = MeasuredAmount(measure="fair_value")
    spot_rate = MeasuredFloat(measure="spot_rate")
    forward_rate = MeasuredFloat(measure="forward_rate")
    discount_factor = MeasuredFloat(measure="discount_factor")
    implied_volatility = MeasuredFloat(measure="implied_volatility")
    delta = MeasuredFloat(measure="delta")

    class Meta:
        ordering = ["entity_id", "instrument_id"]
