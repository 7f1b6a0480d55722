"""What the API says of a trade before it is recorded: its terms, what it is worth, what may be the same deal."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from hedges.api.instruments import InstrumentTerms
from hedges.domain.ticket.market import NO_NIGHT, published_market
from hedges.domain.ticket.understand import Understood
from hedges.domain.ticket.worth import Worth, worth
from hedges.models import InstrumentVersion
from hedges.queries.ticket import Offer
from treasury.api.fields import Exact, Money, money_or_null, money_text
from treasury.api.rows import Row
from treasury.kernel.money import plain


def _number(meaning: str) -> serializers.FloatField:
    return serializers.FloatField(allow_null=True, help_text=meaning)


class WorthSerializer(serializers.Serializer):
    """On the newest published market; what cannot be worked out is null, and `reason` says why."""

    present_value = Money(
        unit="currency", allow_null=True, help_text="In the quote currency of the risk, asset +."
    )
    currency = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)
    spot_rate = _number("Quote currency per base unit of the risk.")
    forward_rate = _number("The market's to the settlement.")
    near_forward_rate = _number("To the near leg of an FX swap.")
    par_rate = _number("The fixed rate at which a swap is worth nothing.")
    implied_volatility = _number("Of an option, at its strike.")
    premium_value = Money(
        unit="currency", allow_null=True, help_text="Premium in the quote currency; paid −."
    )


class TicketTerms(InstrumentTerms):
    """The terms as they would be recorded."""

    status = None
    contract_multiplier = None


class TicketLegSerializer(TicketTerms):
    external_reference = serializers.CharField(help_text="Null: the book gives one.", allow_null=True)
    worth = WorthSerializer()


class DuplicateSerializer(serializers.Serializer):
    """A recorded trade that may be this deal."""

    instrument_id = serializers.IntegerField()
    external_reference = serializers.CharField()
    notional_amount = Money(unit="notional_currency")
    notional_currency = serializers.CharField()
    strike_rate = Exact(allow_null=True)
    trade_date = serializers.DateField()
    settlement_date = serializers.DateField()
    counterparty = serializers.CharField(allow_null=True)
    author = serializers.CharField(allow_null=True)


class TicketPreviewSerializer(serializers.Serializer):
    """The trade as it was understood; nothing is recorded."""

    entity = serializers.CharField()
    market_date = serializers.DateField(allow_null=True, help_text="Null: no night has been published.")
    understood = serializers.DictField(
        child=serializers.CharField(),
        help_text="By field what was understood: a tenor's day, the counter amount.",
    )
    warnings = serializers.DictField(child=serializers.CharField(), help_text="By field what may be a slip.")
    legs = TicketLegSerializer(many=True, help_text="One; of a collar the bought and the sold option.")
    duplicates = DuplicateSerializer(many=True)
    approvers = serializers.ListField(
        child=serializers.CharField(), help_text="Who may be the second person."
    )


def preview(
    found: Understood,
    offer: Offer,
    entity: str,
    *,
    duplicates: Sequence[Row],
    approvers: Sequence[str],
    named: bool,
) -> Row:
    assert found.deal is not None
    values, day, reason = _worth([version for _, version in found.legs])
    banks = {row["id"]: row["code"] for row in offer.counterparties}
    risk, contract = found.deal.risk["code"], found.deal.contract
    codes = {"risk.code": risk, "contract.code": contract["code"] if contract else None}
    return {
        "entity": entity, "market_date": day, "understood": found.echoes, "warnings": found.warnings,
        "legs": [
            terms(TicketTerms, version, codes | {"counterparty.code": banks.get(version.counterparty_id)})
            | {"external_reference": instrument.external_reference if named else None,
               "worth": _value(value, reason)}
            for (instrument, version), value in zip(found.legs, values, strict=True)
        ],
        "duplicates": [_duplicate(row) for row in duplicates], "approvers": list(approvers),
    }  # fmt: skip


def terms(
    serializer: type[serializers.Serializer], version: InstrumentVersion, codes: Mapping[str, Any]
) -> Row:
    """The fields of a version that is not recorded; `codes`: what stands at other rows, by the field's source."""
    row: Row = {}
    for name, field in serializer().fields.items():
        source = field.source or name
        if source in codes:
            row[name] = codes[source]
        elif isinstance(field, Money):
            amount, unit = getattr(version, name), getattr(version, field.unit)
            row[name] = money_or_null(amount, unit)
        else:
            value = getattr(version, source)
            row[name] = plain(value) if isinstance(value, Decimal) else value
    return row


def _worth(versions: Sequence[InstrumentVersion]) -> tuple[list[Worth | None], date | None, str]:
    try:
        seen = published_market()
    except (LookupError, ValueError) as error:  # a night whose quotes cannot be read says so itself
        return [None] * len(versions), None, str(error)
    if seen is None:
        return [None] * len(versions), None, NO_NIGHT
    return list(worth(versions, seen)), seen.as_of_date, ""


def _value(found: Worth | None, reason: str) -> Row:
    names = WorthSerializer().fields
    if found is None:
        return dict.fromkeys(names) | {"reason": reason}
    row = {name: getattr(found, name) for name in names}
    for name in ("present_value", "premium_value"):
        row[name] = money_or_null(row[name], found.currency)
    return row


def _duplicate(row: Row) -> Row:
    unit, rate = row["notional_currency_id"], row["strike_rate"]
    return {
        "instrument_id": row["instrument_id"], "external_reference": row["reference"],
        "notional_amount": money_text(row["notional_amount"], unit), "notional_currency": unit,
        "strike_rate": None if rate is None else plain(rate), "trade_date": row["trade_date"],
        "settlement_date": row["settlement_date"], "counterparty": row["bank"], "author": row["author_name"],
    }  # fmt: skip
