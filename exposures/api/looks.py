"""What became of exposures: the waterfall between two days, and how good the forecasts were; as the pages show it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from exposures.enums import ExposureKind
from exposures.queries import record_pages
from exposures.queries.accuracy import versions_of_ended
from exposures.queries.accuracy_rows import LEADS, by_currency_and_lead, by_entity_risk_and_lead
from exposures.queries.waterfall import snapshots
from exposures.queries.waterfall_parts import by_month, by_risk, chosen, parts_of
from treasury.api.fields import money_text
from treasury.api.parameters import Parameter, one_of
from treasury.api.permissions import OfEntities
from treasury.api.problems import ParameterError
from treasury.api.scopes import KNOWN_AT
from treasury.api.views import ApiView
from treasury.quant.ratios.exposure_waterfall import Part
from treasury.queries import access

_ENTITY = Parameter("entity", "Code of one entity; without it all of yours.")
_RISK = Parameter("risk", "Code of the risk.")
_YEAR, _MONTH = timedelta(days=365), timedelta(days=31)


class _Look(ApiView):
    permission_classes = (OfEntities,)

    def asked(self, request: Request, back: timedelta) -> dict[str, Any]:
        """The parameters with the days that are meant where none is told, and the entities by their ids."""
        told = self.read_query(request)
        seen = access.visible_entities(request.user)
        if "entity" in told:
            seen = seen.filter(code=told["entity"])
        told["entities"] = dict(seen.values_list("pk", "code"))
        told["until"] = told.get("until") or timezone.now().date()
        try:
            told["since"] = told.get("since") or told["until"] - back
            told["known"] = told.get("known_at") or max(timezone.now(), _end_of(told["until"]))
        except OverflowError:
            raise ParameterError(
                "until", "a day with days before and after it", got=str(told["until"])
            ) from None
        if told["since"] >= told["until"]:
            raise ParameterError("since", "a day before `until`", got=told["since"].isoformat())
        return told


class AccuracyOfCurrencySerializer(serializers.Serializer):
    unit = serializers.CharField()
    lead = serializers.IntegerField(help_text="Months before the expected day.")
    flow_count = serializers.IntegerField()
    forecast_count = serializers.IntegerField(help_text="Flows that were forecast then.")
    forecast_amount = serializers.CharField(help_text="A decimal string.")
    actual_amount = serializers.CharField(help_text="A decimal string.")
    bias_ratio = serializers.FloatField(allow_null=True, help_text="Σ (forecast − came) / Σ |came|.")
    mean_absolute_error_ratio = serializers.FloatField(
        allow_null=True, help_text="Σ |forecast − came| / Σ |came|."
    )
    reasons = serializers.ListField(child=serializers.CharField())


class AccuracyRowSerializer(AccuracyOfCurrencySerializer):
    entity = serializers.CharField()
    risk = serializers.CharField()


class AccuracySerializer(serializers.Serializer):
    since = serializers.DateField()
    until = serializers.DateField()
    results = AccuracyRowSerializer(many=True)
    currencies = AccuracyOfCurrencySerializer(
        many=True,
        help_text="All pairs with one base currency, `unit`, added up over the entities; whatever `risk` says.",
    )


class ForecastAccuracy(_Look):
    """What was forecast some months before the day against what came, of flows whose expected day lies in the time and
    that were settled, recognised or came to nothing. In the direction of the flow."""

    operation = "forecast_accuracy"
    response_schema = AccuracySerializer
    parameters = (
        Parameter("since", "First expected day; without it a year before `until`.", "date"),
        Parameter("until", "Last expected day; without it today.", "date"),
        _ENTITY, _RISK, Parameter("lead", "Months before: 1, 3, 6 or 12; without it all.", "integer", maximum=12),
        KNOWN_AT,
    )  # fmt: skip

    def get(self, request: Request) -> Response:
        told = self.asked(request, _YEAR)
        if told.get("lead", 1) not in LEADS:
            raise ParameterError("lead", "one of 1, 3, 6, 12", got=str(told["lead"]))
        found = versions_of_ended(
            entity_ids=list(told["entities"]),
            since=told["since"],
            until=told["until"],
            until_known_at=told["known"],
        )
        leads = [told["lead"]] if "lead" in told else list(LEADS)
        risks = {row["id"]: row for row in record_pages.risks()}
        rows = by_entity_risk_and_lead(found, leads, told["entities"], risks)
        results = [_told(row) for row in rows if told.get("risk", row["risk"]) == row["risk"]]
        currencies = [_told(row) for row in by_currency_and_lead(found, leads, risks)]
        return Response(
            {"since": told["since"], "until": told["until"], "results": results, "currencies": currencies}
        )


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return (
        {name: value for name, value in row.items() if name != "reason"}
        | {name: money_text(row[name], row["unit"]) for name in ("forecast_amount", "actual_amount")}
        | {"reasons": [row["reason"]] if row["reason"] else []}
    )


class WaterfallPartSerializer(serializers.Serializer):
    part = serializers.ChoiceField([(part.name, part.name) for part in Part])
    amount = serializers.CharField(help_text="Signed, a decimal string; the parts add up to CLOSING.")
    count = serializers.IntegerField(help_text="Exposures.")


class WaterfallRiskSerializer(serializers.Serializer):
    risk = serializers.CharField()
    unit = serializers.CharField()
    parts = WaterfallPartSerializer(many=True)
    months = serializers.ListField(
        child=serializers.DictField(),
        help_text="By month of the expected day: `month`, and an amount a part.",
    )


class WaterfallSerializer(serializers.Serializer):
    since = serializers.DateField()
    until = serializers.DateField()
    results = WaterfallRiskSerializer(many=True)


class ExposureWaterfall(_Look):
    """How the open exposure of a first day, as it was known then, became that of a last day, as it is known now."""

    operation = "exposure_waterfall"
    response_schema = WaterfallSerializer
    parameters = (
        Parameter("since", "The first day's end; without it a month before `until`.", "date"),
        Parameter("until", "The last day's end; without it today.", "date"),
        Parameter("since_known_at", "The first day as known at this time; without it at its end.", "time"),
        _ENTITY, _RISK, one_of("kind", ExposureKind, "Exposures of this kind."), KNOWN_AT,
    )  # fmt: skip

    def get(self, request: Request) -> Response:
        told = self.asked(request, _MONTH)
        found = chosen(
            snapshots(
                entity_ids=list(told["entities"]), since=told["since"], until=told["until"],
                since_known_at=told.get("since_known_at") or _end_of(told["since"]), until_known_at=told["known"],
            ),
            kinds=[told["kind"]] if "kind" in told else [],
        )  # fmt: skip
        risks = {row["id"]: row for row in record_pages.risks()}
        shown = {row["risk"] for row in by_risk(found, risks)}
        if "risk" in told:
            shown &= {told["risk"]}
        results = [_of_risk(found, risk) for risk in risks.values() if risk["code"] in shown]
        return Response({"since": told["since"], "until": told["until"], "results": results})


def _of_risk(found: Any, risk: dict[str, Any]) -> dict[str, Any]:
    unit = risk["base_unit_id"]
    parts = [
        {"part": row["part"].name, "amount": money_text(row["amount"], unit), "count": row["count"]}
        for row in parts_of(found, risk)
    ]
    months = [
        {name: value if name == "month" else money_text(value, unit) for name, value in row.items()}
        for row in by_month(found, risk)
    ]
    return {"risk": risk["code"], "unit": unit, "parts": parts, "months": months}


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, tzinfo=UTC)
