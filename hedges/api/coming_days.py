"""The days that come for live trades: fixings, expiries, settlements, payments, and the money of what happened."""

from datetime import date, timedelta
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hedges.enums import InstrumentKind
from hedges.queries import coming_days
from treasury.api import scopes
from treasury.api.fields import Money, money_text
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.problems import ParameterError
from treasury.api.rows import Row
from treasury.api.views import ApiView
from treasury.queries import access

KINDS = (
    coming_days.FIXING, coming_days.EXPIRY, coming_days.NEAR_LEG, coming_days.PAYMENT, coming_days.SETTLEMENT,
    coming_days.CASH,
)  # fmt: skip
DAYS, MOST_DAYS = 30, 366


class ComingDaySerializer(serializers.Serializer):
    day = serializers.DateField(help_text="A fixing or an expiry that was missed stays until the settlement.")
    what = serializers.ChoiceField([(kind, kind) for kind in KINDS])
    instrument_id = serializers.IntegerField()
    external_reference = serializers.CharField()
    entity = serializers.CharField()
    kind = serializers.ChoiceField(InstrumentKind.choices)
    risk = serializers.CharField()
    counterparty = serializers.CharField(allow_null=True)
    notional_amount = Money(unit="notional_currency")
    notional_currency = serializers.CharField()
    amount = Money(unit="currency", allow_null=True, help_text="Received +, paid −; null: not known yet.")
    currency = serializers.CharField(allow_null=True)


class ComingDaysSerializer(serializers.Serializer):
    as_of_date = serializers.DateField()
    known_at = serializers.DateTimeField(allow_null=True)
    until = serializers.DateField()
    more = serializers.BooleanField(help_text="There are more than these; ask for fewer days or one entity.")
    results = ComingDaySerializer(many=True)


class ComingDays(ApiView):
    """What is to be done for trades from a day on, the next first; at most 500 rows."""

    permission_classes = (OfEntities,)
    operation = "coming_days"
    response_schema = ComingDaysSerializer
    parameters = (
        scopes.AS_OF, scopes.KNOWN_AT,
        Parameter("until", f"Last day, at most {MOST_DAYS} after `as_of`; {DAYS} days if it is not given.", "date"),
        Parameter("entity", "Code of the entity; without it all that you may see."),
    )  # fmt: skip

    def get(self, request: Request) -> Response:
        values = self.read_query(request)
        scope = scopes.of_point(request.user, values)
        assert scope.point is not None
        on = scope.point.as_of_date
        until = _until(on, values.get("until"))
        entities = access.visible_entities(request.user)
        if "entity" in values:
            entities = entities.filter(code=values["entity"])
        rows = coming_days.coming(
            entity_ids=list(entities.values_list("pk", flat=True)),
            on=on,
            until=until,
            known_at=scope.known_at,
        )
        more = len(rows) >= coming_days.LIMIT
        return Response(scope.shown | {"until": until, "more": more, "results": [_row(row) for row in rows]})


def _until(on: date, asked: date | None) -> date:
    try:
        usual, last = on + timedelta(days=DAYS), on + timedelta(days=MOST_DAYS)
    except OverflowError:
        raise ParameterError("as_of", "a day that has days after it", got=str(on)) from None
    if asked is not None and not on <= asked <= last:
        raise ParameterError("until", f"a date from {on} to {last}", got=str(asked))
    return asked or usual


def _row(row: Row) -> dict[str, Any]:
    amount, currency = row["amount"], row["currency"]
    return {
        "day": row["day"], "what": row["what"], "instrument_id": row["instrument_id"],
        "external_reference": row["reference"], "entity": row["entity_code"], "kind": row["kind"],
        "risk": row["risk_code"], "counterparty": row["counterparty_code"],
        "notional_amount": money_text(row["notional_amount"], row["unit"]), "notional_currency": row["unit"],
        "amount": money_text(amount, currency) if amount is not None and currency else None, "currency": currency,
    }  # fmt: skip
