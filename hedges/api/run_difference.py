"""What a run says otherwise than the one that was published last before it was asked for."""

from typing import Any

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hedges.queries import run_difference
from treasury.api.permissions import OfEntities
from treasury.api.views import ApiView
from treasury.queries import access, run_pages

_SEEN = {
    "exposures": "book_snapshot__exposure_count", "instruments": "book_snapshot__instrument_count",
    "relationships": "book_snapshot__relationship_count", "quotes": "market_data_snapshot__quote_count",
}  # fmt: skip
_FOUND = ("ratios_defined", "buckets_outside_band", "effective", "not_effective")


class DifferenceRowSerializer(serializers.Serializer):
    what = serializers.ChoiceField([("RATIO", "RATIO"), ("STATUS", "STATUS")])
    entity = serializers.CharField()
    risk = serializers.CharField(allow_null=True)
    relationship = serializers.CharField(allow_null=True)
    before = serializers.FloatField(allow_null=True, help_text="Hedge ratio, or cumulative dollar offset.")
    now = serializers.FloatField(allow_null=True)
    before_status = serializers.CharField(help_text="Effectiveness; empty: none.")
    now_status = serializers.CharField()


class CountsSerializer(serializers.Serializer):
    exposures = serializers.IntegerField(allow_null=True)
    instruments = serializers.IntegerField(allow_null=True)
    relationships = serializers.IntegerField(allow_null=True)
    quotes = serializers.IntegerField(allow_null=True)
    ratios_defined = serializers.IntegerField()
    buckets_outside_band = serializers.IntegerField()
    effective = serializers.IntegerField()
    not_effective = serializers.IntegerField()


class RunDifferenceSerializer(serializers.Serializer):
    run_id = serializers.IntegerField()
    before_run_id = serializers.IntegerField(allow_null=True, help_text="null: none was published before.")
    now = CountsSerializer(allow_null=True)
    before = CountsSerializer(allow_null=True)
    ratios_moved = serializers.IntegerField(help_text="By more than 0.05, or defined in one of the two only.")
    statuses_flipped = serializers.IntegerField()
    results = DifferenceRowSerializer(many=True, help_text="The largest of them, at most 200.")


class RunDifference(ApiView):
    """What a published run sees and finds otherwise than the run of its kind that was published last before it was
    asked for, over the entities that you may see. Of a run that is not published yet the results are empty."""

    permission_classes = (OfEntities,)
    operation = "runs_difference"
    response_schema = RunDifferenceSerializer
    parameters = ()

    def get(self, request: Request, key: int) -> Response:
        self.read_query(request)
        run = run_pages.run(key, request.user)
        if run is None:
            raise Http404
        before = run_pages.published_before(run)
        row: dict[str, Any] = {
            "run_id": key, "before_run_id": before["id"] if before else None, "now": None, "before": None,
            "ratios_moved": 0, "statuses_flipped": 0, "results": [],
        }  # fmt: skip
        if before and run["published_at"]:
            ids = list(access.visible_entities(request.user).values_list("pk", flat=True))
            told = run_difference.difference(run_id=key, before_id=before["id"], entity_ids=ids)
            for place, (name, of) in enumerate((("now", run), ("before", before)), start=1):
                row[name] = {field: of[column] for field, column in _SEEN.items()}
                row[name] |= {
                    field: count[place] for field, count in zip(_FOUND, told["counts"], strict=True)
                }
            row["ratios_moved"], row["statuses_flipped"] = told["ratios"], told["statuses"]
            names = DifferenceRowSerializer().fields
            row["results"] = [{field: one[field] for field in names} for one in told["rows"]]
        return Response(row)
