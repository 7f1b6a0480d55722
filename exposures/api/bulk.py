"""Exposures in bulk: at once while they are few, else as a job of the worker."""

from typing import Any

from rest_framework import serializers
from rest_framework.response import Response

from exposures.api.by_job import ByJob
from exposures.domain.bulk import upsert
from exposures.domain.bulk.fields import FIELDS
from exposures.queries.import_reference import reference
from exposures.queries.imports import today
from treasury.api import bulk
from treasury.api.bulk import BulkAnswerSerializer, RowAnswerSerializer
from treasury.api.parameters import Parameter
from treasury.domain.bulk.answers import RowsRefused, document
from treasury.domain.bulk.rows import CSV, NDJSON
from treasury.queries.access import WRITERS

VALID_FROM = Parameter(
    "valid_from", "First business date on which the versions count; not given: today, UTC.", "date"
)
REASON = Parameter("reason", "Why; stays with every version.")
_LINE = (
    '{"external_reference": "SO-10023", "entity": "DE01", "risk": "USDEUR", "kind": "FIRM_COMMITMENT",'
    ' "exposure_amount": "250000.00", "expected_date": "2027-03-31"}\n'
)
_TABLE = (
    "external_reference,entity,risk,kind,exposure_amount,expected_date\n"
    "SO-10023,DE01,USDEUR,FIRM_COMMITMENT,250000.00,2027-03-31\n"
)


class ExposureRowSerializer(RowAnswerSerializer):
    external_reference = serializers.CharField(
        allow_null=True, help_text="Null where the row could not be read."
    )
    version_id = serializers.IntegerField(allow_null=True)
    version_number = serializers.IntegerField(allow_null=True)


class ExposureBulkSerializer(BulkAnswerSerializer):
    """What became of every row."""

    results = ExposureRowSerializer(many=True)


class BulkExposures(ByJob):
    """Records exposures by their reference in `source_system`: a new one gets its first version, a changed one a
    further one, and one that is as it was none. What is recorded is one import, which another person decides on as one.
    More than 5,000 rows, or `Prefer: respond-async`, are a job: 202 with its address."""

    operation = "exposures_bulk"
    resource = "exposures"
    roles = WRITERS
    fields = FIELDS
    example = {NDJSON: _LINE, CSV: _TABLE}
    response_schema = ExposureBulkSerializer
    parameters = (
        Parameter(
            "source_system", "The system that the references belong to; at most 20 characters.", required=True
        ),
        bulk.MODE,
        VALID_FROM,
        REASON,
    )

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        asked = self.read_query(self.request)
        if self.is_a_job(told):
            settings = {
                "source_system": asked["source_system"], "reason": asked.get("reason", ""),
                "valid_from": (asked.get("valid_from") or today()).isoformat(),
            }  # fmt: skip
            entity_ids = [entity.id for entity in reference(self.request.user).entities.values()]
            return self.job(told, mode=asked["mode"], settings=settings, entity_ids=entity_ids)
        try:
            answer = upsert.upsert(
                upsert.Asked(
                    told["content"], told["media_type"], source_system=asked["source_system"], mode=asked["mode"],
                    valid_from=asked.get("valid_from") or today(), reason=asked.get("reason", ""),
                ),
                actor=self.request.user,
            )  # fmt: skip
        except RowsRefused as refusal:
            return bulk.refused(str(refusal), refusal.wrong)
        return self.made(document(answer, asked["mode"]))
