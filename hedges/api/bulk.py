"""Trades in bulk, from a dealing platform or another treasury system."""

from typing import Any

from rest_framework import serializers
from rest_framework.response import Response

from exposures.api.by_job import ByJob
from exposures.queries.imports import today
from hedges.domain.bulk import reading, upsert
from hedges.domain.bulk.fields import FIELDS
from treasury.api import bulk
from treasury.api.bulk import BulkAnswerSerializer, RowAnswerSerializer
from treasury.api.parameters import Parameter
from treasury.api.routes import action
from treasury.domain.bulk.answers import RowsRefused, document
from treasury.domain.bulk.rows import CSV, NDJSON
from treasury.queries.access import PREPARERS

_LINE = (
    '{"external_reference": "FX-20017", "entity": "DE01", "kind": "FORWARD", "risk": "USDEUR", "counterparty": "BANKA",'
    ' "trade_date": "2026-10-30", "settlement_date": "2027-03-31", "notional_amount": "-600000.00",'
    ' "strike_rate": "0.9", "counter_amount": "540000.00"}\n'
)
_TABLE = (
    "external_reference,entity,kind,risk,counterparty,trade_date,settlement_date,notional_amount,strike_rate,counter_amount\n"
    "FX-20017,DE01,FORWARD,USDEUR,BANKA,2026-10-30,2027-03-31,-600000.00,0.9,540000.00\n"
)


class TradeRowSerializer(RowAnswerSerializer):
    external_reference = serializers.CharField(allow_null=True)
    version_id = serializers.IntegerField(allow_null=True)
    version_number = serializers.IntegerField(allow_null=True)


class TradeBulkSerializer(BulkAnswerSerializer):
    """What became of every row."""

    results = TradeRowSerializer(many=True)


class BulkInstruments(ByJob):
    """Records trades by their reference in `source_system`: a new one gets its first version, a changed one a further
    one from `valid_from` on, and one that is as it was none. Each waits for another person. A row with terms that its
    kind does not have is refused by the book's own constraint, named in `code`. More than 5,000 rows, or
    `Prefer: respond-async`, are a job: 202 with its address."""

    operation = "instruments_bulk"
    resource = "instruments"
    roles = PREPARERS
    fields = FIELDS
    example = {NDJSON: _LINE, CSV: _TABLE}
    response_schema = TradeBulkSerializer
    parameters = (
        Parameter(
            "source_system", "The system that the references belong to; at most 20 characters.", required=True
        ),
        bulk.MODE,
        Parameter("valid_from", "First business date of the versions; not given: today, UTC.", "date"),
        Parameter("reason", "Why; stays with every version."),
    )

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        asked, user = self.read_query(self.request), self.request.user
        source, reason = asked["source_system"], asked.get("reason", "")
        valid_from = asked.get("valid_from") or today()
        if self.is_a_job(told):
            settings = {"source_system": source, "reason": reason, "valid_from": valid_from.isoformat()}
            entity_ids = reading.known(user).entities.values()
            return self.job(told, mode=asked["mode"], settings=settings, entity_ids=entity_ids)
        rows = upsert.Asked(
            **told,
            source_system=source,
            is_row_wise=asked["mode"] == bulk.ROW_WISE,
            valid_from=valid_from,
            reason=reason,
        )
        try:
            answer = upsert.upsert(rows, actor=user)
        except RowsRefused as refusal:
            return bulk.refused(str(refusal), refusal.wrong)
        return self.made(document(answer, asked["mode"]))


urlpatterns = [action("instruments/bulk", BulkInstruments)]
