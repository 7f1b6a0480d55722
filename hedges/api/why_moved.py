"""Why a ratio moved between two published nights: parts that sum to the difference."""

from typing import Any

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hedges.domain.attribution.why_moved import Answer, End, why_moved
from hedges.queries import moved_from
from hedges.queries.bucket_content import dates
from treasury.api import scopes
from treasury.api.fields import Money, money_text
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.problems import ParameterError
from treasury.api.rows import Row
from treasury.api.scopes import RunReference
from treasury.api.views import ApiView
from treasury.api.writing import seen
from treasury.kernel.errors import HedgebookError
from treasury.kernel.money import from_minor_units, to_minor_units
from treasury.queries import access, published, reference


class _RunOfEnd(serializers.Serializer):
    id = serializers.IntegerField()
    as_of_date = serializers.DateField()
    revision = serializers.IntegerField()
    known_at = serializers.DateTimeField(allow_null=True)


class EndSerializer(serializers.Serializer):
    """What a night says of it."""

    run = _RunOfEnd()
    ratio = serializers.FloatField(allow_null=True, help_text="0.6 is 60 %; null: without an exposure.")
    exposure_amount = Money(unit="amount_unit")
    hedge_amount = Money(unit="amount_unit")


class CauseSerializer(serializers.Serializer):
    """One cause, in the order in which they are counted."""

    cause = serializers.CharField(help_text="CORRECTION, NEW_EXPOSURE, REVISED … UNEXPLAINED.")
    points = serializers.DecimalField(
        max_digits=12,
        decimal_places=1,
        allow_null=True,
        help_text="Percentage points; they sum to the difference.",
    )
    ratio_then = serializers.FloatField(allow_null=True, help_text="The ratio after this cause.")
    exposure_amount = Money(unit="amount_unit", help_text="What it moved.")
    hedge_amount = Money(unit="amount_unit", help_text="What it moved.")
    things = serializers.IntegerField(help_text="Exposures and trades that are behind it.")


class WhyMovedSerializer(serializers.Serializer):
    run = RunReference(allow_null=True)
    entity = serializers.CharField()
    risk = serializers.CharField(allow_null=True)
    month = serializers.IntegerField(allow_null=True)
    amount_unit = serializers.CharField(allow_null=True)
    first = EndSerializer(allow_null=True)
    last = EndSerializer(allow_null=True)
    causes = CauseSerializer(many=True)
    reason = serializers.CharField(allow_blank=True, help_text="Why there are no causes.")


class WhyMoved(ApiView):
    """Why the ratio of an entity, of a risk of it, or of one bucket is another one than at an earlier published night.
    Where a night has no amounts for it, or none is earlier, there are no causes, and `reason` says so."""

    permission_classes = (OfEntities,)
    operation = "entities_why_moved"
    response_schema = WhyMovedSerializer
    parameters = (
        scopes.RUN, scopes.AS_OF, scopes.KNOWN_AT,
        Parameter("risk", "Code of the risk; without it the whole entity, at spot."),
        Parameter("month", "First month of a bucket of the risk.", "integer"),
        Parameter("since", "The night of this day or the last before it; without it the night before.", "date"),
        Parameter("since_run", "Id of an earlier night, or of an earlier revision; in place of `since`.", "integer"),
    )  # fmt: skip

    def get(self, request: Request, key: Any) -> Response:
        values = self.read_query(request)
        if "month" in values and "risk" not in values:
            raise ParameterError("risk", "the code of a risk beside `month`")
        entity = seen(access.visible_entities(request.user).filter(pk=key))
        risk = seen(reference.risks().filter(code=values["risk"])) if "risk" in values else None
        scope = scopes.of_run(request.user, values)
        asked = {"entity": entity.code, "risk": risk and risk.code, "month": values.get("month")}
        last = published.published_run(run_id=scope.run_id) if scope.run_id else None
        found = _nothing("No night has been published yet.")
        if last is not None:
            first = _first(last, values)
            found = _of(entity.pk, risk.pk if risk else None, asked["month"], first, last)
        return Response(scope.shown | asked | found)


def _of(entity_id: int, risk_id: int | None, month: int | None, first: Row | None, last: Row) -> Row:
    if first is None:
        return _nothing("No earlier night is published: there is nothing to compare this one with.")
    before, after = (
        moved_from.stored(run["id"], entity_id, risk_id=risk_id, month=month) for run in (first, last)
    )
    for run, row in ((first, before), (last, after)):
        if row is None or None in (row["exposure"], row["hedge_amount"]):
            return _nothing(
                f"The night of {run['as_of_date']} has no amounts for this: there is nothing to split."
            )
    assert before is not None and after is not None
    try:
        answer = why_moved(
            entity_id=entity_id, risk_id=risk_id, unit=after["amount_unit"], first=_end(first, before, month),
            last=_end(last, after, month),
        )  # fmt: skip
    except HedgebookError as error:
        return _nothing(str(error))
    return _answer(answer, (first, before), (last, after))


def _nothing(reason: str) -> Row:
    return {"amount_unit": None, "first": None, "last": None, "causes": [], "reason": reason}


def _first(last: Row, values: dict[str, Any]) -> Row | None:
    if "since_run" in values:
        found = moved_from.earlier_revision(last, values["since_run"])
        if found is None:
            raise Http404
        return found
    nights = published.nights(until=last["as_of_date"], known_at=values.get("known_at"))
    return moved_from.run_before(last, nights, since=values.get("since"))


def _end(run: Row, row: Row, month: int | None) -> End:
    span = (None, None) if month is None else dates(run["as_of_date"], row["month_from"], row["month_to"])
    unit = row["amount_unit"]
    return End(
        run_id=run["id"], as_of=run["as_of_date"], known_at=run["known_at"], span=span,
        exposure=to_minor_units(row["exposure"], unit), hedge=to_minor_units(row["hedge_amount"], unit),
    )  # fmt: skip


def _answer(answer: Answer, first: tuple[Row, Row], last: tuple[Row, Row]) -> Row:
    unit = last[1]["amount_unit"]
    return {
        "amount_unit": unit, "reason": "", "first": _shown(*first, unit), "last": _shown(*last, unit),
        "causes": [
            {
                "cause": line.cause, "points": None if line.part.points is None else str(line.part.points),
                "ratio_then": None if line.part.ratio is None else float(line.part.ratio),
                "exposure_amount": money_text(from_minor_units(line.exposure, unit), unit),
                "hedge_amount": money_text(from_minor_units(line.hedge, unit), unit), "things": line.things,
            }
            for line in answer.lines
            if line.exposure or line.hedge
        ],
    }  # fmt: skip


def _shown(run: Row, row: Row, unit: str) -> Row:
    return {
        "run": {name: run[name] for name in moved_from.RUN}, "ratio": row["ratio"],
        "exposure_amount": money_text(row["exposure"], unit), "hedge_amount": money_text(row["hedge_amount"], unit),
    }  # fmt: skip
