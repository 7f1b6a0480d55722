"""Saved strategies: their list, one worked out again on its own run, and up to four of them side by side."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, F, QuerySet
from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hedges.enums import ProposalKind
from hedges.queries import proposals, strategy_saved
from hedges.web.strategy import side_tables
from hedges.web.strategy.saved import opened
from hedges.web.strategy.side_by_side import MOST, Line, Stood, assumptions, of_saved
from hedges.web.strategy.tools import TOOLS
from reports.api.strategy_answers import SavedAnswerSerializer, answered, plain_value
from treasury.api import scopes
from treasury.api.fields import AnyValue
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities, OfOneself
from treasury.api.problems import ParameterError
from treasury.api.recorded import RecordedResource
from treasury.api.rows import Row
from treasury.api.scopes import RunReference
from treasury.api.views import ApiView
from treasury.queries import people
from treasury.queries.published import published_run
from treasury.web.scope import Scope

_TOOLS = [(name, tool.title) for name, tool in TOOLS.items()]


class SavedStrategySerializer(serializers.Serializer):
    id = serializers.IntegerField(help_text="Also of the proposal that it is.")
    title = serializers.CharField()
    tool = serializers.ChoiceField(_TOOLS)
    entity_id = serializers.IntegerField()
    entity = serializers.CharField(source="entity.code")
    run_id = serializers.IntegerField()
    as_of_date = serializers.DateField(source="run.as_of_date")
    author = serializers.CharField(source="author.username")
    trades = serializers.IntegerField(help_text="Lines that become tickets.")
    content_digest = serializers.CharField()
    recorded_at = serializers.DateTimeField()


class SavedStrategies(RecordedResource):
    """Saved strategies, the newest first; the inputs and numbers of one are read by its id."""

    permission_classes = (OfEntities,)
    operation = "strategies_saved_list"
    dated = "run__as_of_date"
    serializer = SavedStrategySerializer
    descending = True
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="entity__code"),
        Parameter("tool", "Those that this works out.", "choice", "tool", choices=tuple(TOOLS)),
    )

    def rows(self, scope: scopes.Scope) -> "QuerySet[Any]":
        found = proposals.proposals(scope.user).filter(kind=ProposalKind.STRATEGY)
        return found.annotate(tool=F("assumptions__tool"), trades=Count("lines"))


class SavedStrategy(ApiView):
    """A saved strategy worked out again on its own run, and how it stands to what was saved."""

    permission_classes = (OfOneself,)
    operation = "strategies_saved"
    response_schema = SavedAnswerSerializer
    parameters = (scopes.KNOWN_AT,)

    def get(self, request: Request, key: Any) -> Response:
        known_at = self.read_query(request).get("known_at")
        desk = Scope(people.person(request.user))
        row = strategy_saved.one(desk.all_ids, key)
        if row is None or (known_at is not None and row["recorded_at"] > known_at):
            raise Http404
        found, differs = opened(desk, row)
        told = row["assumptions"]
        return Response(
            {"run": _run(row["run_id"]), "proposal_id": key, "title": row["title"], "differs": differs}
            | answered(told["tool"], told["inputs"], found)
        )


class StoodSerializer(serializers.Serializer):
    """`cost`: paid today (+); `expected`, `worst`: against today's spot rate, a gain +. Null: `why_none` says why."""

    proposal_id = serializers.IntegerField()
    title = serializers.CharField()
    tool = serializers.ChoiceField(_TOOLS)
    entity = serializers.CharField()
    run = RunReference()
    differs = serializers.CharField(
        allow_blank=True, help_text="Empty: its numbers are those that were saved."
    )
    currency = serializers.CharField(allow_blank=True, help_text="Of cost, expected and worst.")
    hedge_ratio = serializers.FloatField(allow_null=True)
    cost = serializers.FloatField(allow_null=True)
    expected = serializers.FloatField(allow_null=True)
    worst = serializers.FloatField(allow_null=True)
    why_none = serializers.DictField(child=serializers.CharField(), help_text="By the name of the number.")


class LineSerializer(serializers.Serializer):
    """One number or input of each strategy, in their order."""

    name = serializers.CharField()
    number = serializers.CharField(allow_blank=True)
    values = serializers.ListField(child=AnyValue())
    differs = serializers.BooleanField(help_text="They do not all say the same.")


class SideTableSerializer(serializers.Serializer):
    caption = serializers.CharField()
    lines = LineSerializer(many=True)


class BesideSerializer(serializers.Serializer):
    strategies = StoodSerializer(many=True)
    assumptions = LineSerializer(many=True)
    tables = SideTableSerializer(
        many=True,
        help_text="Number by number, where one page works all of them out; a long one has no lines.",
    )


class StrategiesBeside(ApiView):
    """Two to four saved strategies of any kind side by side, each worked out again on its own run."""

    permission_classes = (OfOneself,)
    operation = "strategies_saved_compare"
    response_schema = BesideSerializer
    parameters = (
        scopes.KNOWN_AT,
        Parameter("ids", "Two to four ids of saved strategies: 12,15. Without it nothing is compared.",
                  pattern=r"^[0-9]{1,15}(,[0-9]{1,15}){1,3}$"),
    )  # fmt: skip

    def get(self, request: Request) -> Response:
        told = self.read_query(request)
        keys = _keys(told["ids"]) if "ids" in told else []
        desk, known_at = Scope(people.person(request.user)), told.get("known_at")
        rows = {
            row["id"]: row
            for row in strategy_saved.several(desk.all_ids, keys)
            if known_at is None or row["recorded_at"] <= known_at
        }
        if len(rows) < len(keys):
            raise Http404
        stood = [of_saved(desk, rows[key]) for key in keys]
        tables = [
            {"caption": caption, "lines": _lines(lines)} for caption, lines in side_tables.numbers(stood)
        ]
        return Response(
            {"strategies": [_stood(one) for one in stood], "assumptions": _lines(assumptions(stood)), "tables": tables}
        )  # fmt: skip


def _keys(text: str) -> list[int]:
    parts = text.split(",")
    if not all(part.isascii() and part.isdigit() and len(part) < 16 for part in parts):
        raise ParameterError("ids", "whole numbers with commas between them, such as 12,15", got=text[:40])
    found = list(dict.fromkeys(int(part) for part in parts))
    if not 2 <= len(found) <= MOST:
        raise ParameterError("ids", f"two to {MOST} different ids", got=str(len(found)))
    return found


def _stood(one: Stood) -> Row:
    numbers = {name: getattr(one.common, name) for name in side_tables.COMMON}
    why = {
        name: str(one.common.why.get(name, "missing_data"))
        for name, value in numbers.items()
        if value is None
    }
    return {
        "proposal_id": one.proposal_id, "title": one.title, "tool": one.tool, "entity": one.entity,
        "run": _run(one.run_id), "differs": one.differs, "currency": one.common.currency, **numbers, "why_none": why,
    }  # fmt: skip


def _lines(lines: Sequence[Line]) -> list[Row]:
    return [
        {"name": one.name, "number": one.number, "values": [plain_value(value) for value in one.values],
         "differs": one.differs}
        for one in lines
    ]  # fmt: skip


def _run(run_id: int | None) -> Row:
    run = published_run(run_id=run_id)
    assert run is not None
    return {name: run[name] for name in RunReference().fields}
