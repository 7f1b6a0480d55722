"""Futures contracts, so that the code in a trade can be looked up: multiplier, tick and last trading day."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from hedges.models import FuturesContract
from hedges.queries import futures_contracts
from treasury.api.fields import Exact
from treasury.api.parameters import Parameter, dates
from treasury.api.permissions import OfEverybody
from treasury.api.recorded import RecordedResource
from treasury.api.scopes import Scope


class FuturesContractSerializer(serializers.Serializer):
    """One delivery month of a future."""

    id = serializers.IntegerField()
    code = serializers.CharField(
        help_text="What a trade names as `contract`, and the symbol of its FUTURES_PRICE quotes."
    )
    name = serializers.CharField()
    exchange = serializers.CharField()
    risk_id = serializers.IntegerField()
    risk = serializers.CharField(source="risk.code")
    contract_multiplier = Exact(
        help_text="Units of the risk a contract: USD 50 an index point is 50. Notional = contracts × multiplier."
    )
    tick_size = Exact(help_text="The smallest step of the price.")
    price_currency = serializers.CharField(source="price_currency_id")
    last_trade_date = serializers.DateField()
    recorded_at = serializers.DateTimeField()


class FuturesContracts(RecordedResource):
    """Futures contracts of all risks, each recorded once; they belong to no entity."""

    operation = "futures_contracts"
    permission_classes = (OfEverybody,)
    tagged = FuturesContract
    serializer = FuturesContractSerializer
    parameters = (
        Parameter("code", "The one with this code.", lookup="code"),
        Parameter("risk", "Those of the risk with this code.", lookup="risk__code"),
        Parameter("exchange", "Those of this exchange.", lookup="exchange"),
        *dates("last_trade_date", "Those last traded"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return futures_contracts.contracts()
