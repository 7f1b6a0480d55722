"""An answer of strategy as JSON: each table with its columns and the value behind every cell."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import Any

from rest_framework import serializers

from hedges.domain.proposals.propose import LineDraft
from hedges.web.strategy.answer import Answer, digest_of
from hedges.web.strategy.tools import TOOLS
from treasury.api.fields import AnyValue
from treasury.api.rows import Row
from treasury.api.scopes import RunReference
from treasury.kernel.money import plain
from treasury.web.asked import raw
from treasury.web.tables import Table


class ColumnSerializer(serializers.Serializer):
    key = serializers.CharField()
    label = serializers.CharField(allow_blank=True)
    kind = serializers.CharField(
        help_text="amount and money: a decimal string; percent: a fraction; day: a date; …"
    )
    unit = serializers.CharField(allow_blank=True)


class TableSerializer(serializers.Serializer):
    caption = serializers.CharField()
    columns = ColumnSerializer(many=True)
    rows = serializers.ListField(
        child=serializers.DictField(child=AnyValue()), help_text="By the keys of the columns."
    )


class SectionSerializer(serializers.Serializer):
    title = serializers.CharField()
    words = serializers.CharField(allow_blank=True)
    measures = serializers.ListField(
        child=serializers.CharField(), help_text="The calculators of its numbers."
    )
    table = TableSerializer(allow_null=True)


class TradeSerializer(serializers.Serializer):
    """A trade that the answer comes down to; saved, it is a line of the proposal."""

    trade_kind = serializers.CharField()
    notional_amount = serializers.CharField(help_text="In the base unit of the risk: + to buy, − to sell.")
    value_date = serializers.DateField(allow_null=True)
    ticket = serializers.DictField(child=serializers.CharField())


class AnswerSerializer(serializers.Serializer):
    """`inputs`: as they were used, defaults written out; `numbers_digest`: SHA-256 of every number shown."""

    run = RunReference(allow_null=True)
    tool = serializers.ChoiceField([(name, tool.title) for name, tool in TOOLS.items()])
    name = serializers.CharField(
        allow_null=True, help_text="Null: it cannot be worked out from these inputs."
    )
    note = serializers.CharField(allow_blank=True)
    inputs = serializers.DictField(child=serializers.CharField())
    sections = SectionSerializer(many=True)
    trades = TradeSerializer(many=True)
    numbers_digest = serializers.CharField(allow_null=True)


class SavedAnswerSerializer(AnswerSerializer):
    proposal_id = serializers.IntegerField()
    title = serializers.CharField()
    differs = serializers.CharField(
        allow_blank=True, help_text="Empty: the numbers are those that were saved."
    )


def answered(tool: str, inputs: Mapping[str, str], found: Answer | None) -> Row:
    return {
        "tool": tool, "name": found and found.name, "note": found.note if found else "", "inputs": dict(inputs),
        "sections": [
            {"title": one.title, "words": one.words, "measures": list(one.measures),
             "table": _table(one.table) if one.table else None}
            for one in (found.sections if found else [])
        ],
        "trades": [_trade(line) for line in (found.lines if found else [])],
        "numbers_digest": digest_of(found.numbers) if found else None,
    }  # fmt: skip


def _table(table: Table) -> Row:
    columns = table.all_columns
    return {
        "caption": table.caption,
        "columns": [{name: getattr(one, name) for name in ColumnSerializer().fields} for one in columns],
        "rows": [{one.key: plain_value(raw(one, row)) for one in columns} for row in table.rows],
    }


def plain_value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, (int, date)) or value is None:
        return value
    return str(value)


def _trade(line: LineDraft) -> Row:
    return {
        "trade_kind": line.trade_kind, "notional_amount": plain(line.notional_amount), "value_date": line.value_date,
        "ticket": dict(line.ticket),
    }  # fmt: skip
