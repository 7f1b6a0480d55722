"""The specification of a futures contract, as its exchange states it."""

from django.db import models
from django.db.models import Q

from treasury.models import Recorded, Risk, Unit
from treasury.models.checks import are_numbers
from treasury.models.fields import amount_field, rate_field


class FuturesContract(Recorded):
    """One delivery month. `contract_multiplier` is units of the risk per contract (USD 50 an index point: 50)."""

    code = models.CharField(max_length=20, unique=True, help_text="Symbol of its FUTURES_PRICE quotes.")
    name = models.CharField(max_length=120)
    exchange = models.CharField(max_length=20)
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="futures_contracts")
    contract_multiplier = amount_field()
    tick_size = rate_field()
    price_currency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    last_trade_date = models.DateField()

    class Meta:
        ordering = ["risk", "last_trade_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contract_multiplier__gt=0), name="futures_contract_multiplier"
            ),
            models.CheckConstraint(condition=Q(tick_size__gt=0), name="futures_contract_tick"),
            are_numbers("contract_multiplier", "tick_size", name="futures_contract_numbers"),
        ]

    def __str__(self) -> str:
        return self.code
