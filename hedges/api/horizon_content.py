"""What one cell of the position is made of: the exposures and the hedges that its run counted in a bucket of months."""

from typing import Any

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from exposures.enums import ExposureKind
from hedges.enums import HORIZON_MONTHS, InstrumentKind
from hedges.queries import bucket_content
from treasury.api import scopes
from treasury.api.fields import Exact, Money, Ratio, money_text
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.rows import Row
from treasury.api.scopes import RunReference
from treasury.api.views import ApiView
from treasury.kernel.money import plain
from treasury.queries import access


class CellExposureSerializer(serializers.Serializer):
    """An open exposure that is expected within the bucket; a natural offset is a hedge and not here."""

    exposure_id = serializers.IntegerField()
    external_reference = serializers.CharField()
    kind = serializers.ChoiceField(ExposureKind.choices)
    expected_date = serializers.DateField()
    certainty_ratio = Ratio()
    exposure_amount = Money(unit="exposure_currency")
    exposure_currency = serializers.CharField()


class CellInstrumentSerializer(serializers.Serializer):
    """A live hedge that settles within the bucket; a sold option covers nothing and is not here."""

    instrument_id = serializers.IntegerField()
    external_reference = serializers.CharField()
    kind = serializers.ChoiceField(InstrumentKind.choices)
    settlement_date = serializers.DateField()
    counterparty = serializers.CharField(allow_null=True)
    strike_rate = Exact(allow_null=True)
    notional_amount = Money(unit="notional_currency")
    notional_currency = serializers.CharField()


class HorizonContentSerializer(serializers.Serializer):
    run = RunReference()
    entity_id = serializers.IntegerField()
    entity = serializers.CharField()
    risk_id = serializers.IntegerField()
    risk = serializers.CharField()
    month_from = serializers.IntegerField(help_text="Months ahead, inclusive.")
    month_to = serializers.IntegerField(allow_null=True, help_text="Exclusive; null: everything after.")
    first_date = serializers.DateField(help_text="First date of the bucket.")
    end_date = serializers.DateField(
        allow_null=True, help_text="The first date after it; null: it has no end."
    )
    exposures = CellExposureSerializer(many=True)
    instruments = CellInstrumentSerializer(many=True)


class HorizonContent(ApiView):
    """A cell of the position: the exposures and instruments of one bucket, as the run's sealed book held them. 404
    where the run has no such bucket."""

    operation = "horizon_profiles_content"
    permission_classes = (OfEntities,)
    response_schema = HorizonContentSerializer
    parameters = (
        scopes.RUN, scopes.AS_OF, scopes.KNOWN_AT,
        Parameter(
            "month_from", "First month of the bucket.", "choice", choices=tuple(map(str, HORIZON_MONTHS)), default="0"
        ),
    )  # fmt: skip

    def get(self, request: Request, key: str) -> Response:
        values = self.read_query(request)
        scope = scopes.of_run(request.user, values)
        entity_id, risk_id = (int(part) for part in key.split("."))
        is_seen = access.visible_entities(request.user).filter(pk=entity_id).exists()
        if scope.run_id is None or not is_seen:
            raise Http404
        bucket = bucket_content.bucket(scope.run_id, entity_id, risk_id, int(values["month_from"]))
        if bucket is None:
            raise Http404
        run, unit = scope.shown["run"], bucket["amount_unit"]
        start, end = bucket_content.dates(run["as_of_date"], bucket["month_from"], bucket["month_to"])
        told = {name: bucket[name] for name in ("entity_id", "risk_id", "month_from", "month_to")}
        return Response(
            scope.shown | told
            | {
                "entity": bucket["entity_code"], "risk": bucket["risk_code"], "first_date": start, "end_date": end,
                "exposures": [_exposure(row, unit) for row in bucket_content.exposures(run, bucket)],
                "instruments": [_instrument(row, unit) for row in bucket_content.instruments(run, bucket)],
            }
        )  # fmt: skip


def _exposure(row: Row, unit: str) -> dict[str, Any]:
    told = {name: row[name] for name in ("exposure_id", "kind", "expected_date")}
    return told | {
        "external_reference": row["reference"], "certainty_ratio": float(row["certainty_ratio"]),
        "exposure_amount": money_text(row["amount"], unit), "exposure_currency": unit,
    }  # fmt: skip


def _instrument(row: Row, unit: str) -> dict[str, Any]:
    told = {name: row[name] for name in ("instrument_id", "kind", "settlement_date")}
    return told | {
        "external_reference": row["reference"], "counterparty": row["counterparty_code"],
        "strike_rate": None if row["strike_rate"] is None else plain(row["strike_rate"]),
        "notional_amount": money_text(row["amount"], unit), "notional_currency": unit,
    }  # fmt: skip
