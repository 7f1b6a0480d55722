"""Strategies: what each page of strategy works out, as its tables say it, and the saving of an answer with its inputs.

One way of working it out: the answer is that of the page, so that a strategy saved here opens there with the same
numbers, held together by their SHA-256.
"""

from typing import Any

from django.http import Http404, QueryDict
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hedges.api import whose
from hedges.api.proposals import ProposalDetailSerializer, Proposals
from hedges.domain.strategy import saving
from hedges.web.strategy import answer, shocks
from hedges.web.strategy.answer import Asked
from hedges.web.strategy.tools import FORMS, TOOLS, expected_of, label_of
from reports.api.strategy_answers import AnswerSerializer, answered
from treasury.api import scopes
from treasury.api.bodies import Input, body
from treasury.api.links import Made
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.views import ApiView
from treasury.api.writing import PREPARERS, Action, address, read_back
from treasury.domain.refusals import Refusal
from treasury.enums import TokenScope
from treasury.kernel.errors import InputError
from treasury.queries import people
from treasury.queries.published import published_run
from treasury.web.scope import Scope

NO_NIGHT = "There is no published night with a position to work from. Start one, or choose another entity."
#: Of what-if: one input a currency or price, which the market gives: `USD:10 WTI:-5`.
MOVES = Parameter("moves", "What moves by itself, in per cent: USD:10 WTI:-5.")


def _inputs(tool: str) -> tuple[Parameter, ...]:
    told = tuple(Parameter(name, _meaning(tool, name)) for name in FORMS[tool].base_fields if name != "plan")
    return (*told, MOVES) if tool == "what-if" else told


def _meaning(tool: str, name: str) -> str:
    expected = expected_of(tool, name) or "as it stands in the address of the page"
    return f"{label_of(tool, name)}: {expected}."


class SummarySerializer(serializers.Serializer):
    tool = serializers.ChoiceField([(name, tool.title) for name, tool in TOOLS.items()])
    title = serializers.CharField()
    summary = serializers.CharField()


class Strategies(ApiView):
    """What there is to work out."""

    permission_classes = (OfEntities,)
    operation = "strategies"
    response_schema = SummarySerializer(many=True)

    def get(self, request: Request) -> Response:
        self.read_query(request)
        return Response(
            [{"tool": one.name, "title": one.title, "summary": one.summary} for one in TOOLS.values()]
        )


class Strategy(ApiView):
    """Worked out on one run from the inputs of its page; nothing is saved. Without a night `note` says so."""

    permission_classes = (OfEntities,)
    response_schema = AnswerSerializer
    tool: str

    def get(self, request: Request) -> Response:
        values = self.read_query(request)
        scope = scopes.of_run(request.user, values)
        names = {one.name for one in _inputs(self.tool)}
        inputs = {name: text for name, text in values.items() if name in names}
        desk = _desk(request.user, values.get("entity"), scope.run_id)
        try:
            asked, form = _asked(desk, self.tool, inputs)
        except Refusal as nothing:
            return Response(scope.shown | answered(self.tool, inputs, None) | {"note": str(nothing)})
        if form.errors:
            return whose.refused_fields(_errors(form), tuple(form.fields))
        return Response(scope.shown | answered(self.tool, form.asked, TOOLS[self.tool].work(asked, form)))


def view_of(tool: str) -> type[Strategy]:
    """The view of one tool, with its own inputs in the contract."""
    parameters = (
        scopes.RUN, scopes.AS_OF, scopes.KNOWN_AT,
        Parameter("entity", "Code of the entity; without it all that you may see."), *_inputs(tool),
    )  # fmt: skip
    name = tool.replace("-", "_")
    told = {"operation": f"strategies_{name}", "tool": tool, "parameters": parameters,
            "__doc__": f"{TOOLS[tool].summary} {Strategy.__doc__}", "__module__": __name__}  # fmt: skip
    return type(f"Strategy_{name}", (Strategy,), told)


class SaveStrategy(Action):
    """Saves a strategy as a proposal with its inputs, the run and every number, worked out here from the inputs; its
    trades are lines to be dealt. 409 where another night is published by now."""

    operation = "strategies_save"
    token_scope = TokenScope.TRADES
    response_schema = ProposalDetailSerializer
    makes = Made("proposals")
    roles = PREPARERS
    body = body(
        Input("tool", "What works it out.", "choice", choices=tuple(TOOLS)),
        Input("title", "So that it is found again.", limit=200),
        Input("entity", "Code of the entity whose strategy it is.", limit=100),
        Input("inputs", "Name and value, as in the address of the page.", "array", False,
              of=body(Input("name", "Of the input.", limit=40), Input("value", "As text.", limit=120, blank=True))),
        Input("seen_run", "Id of the run whose answer you have seen.", "key"),
        Input("key", "UUID of the sending: the same key again is the same proposal.", required=False, limit=40),
        example={
            "tool": "programme", "title": "Half of the dollars", "entity": "DE01", "seen_run": 88,
            "inputs": [{"name": "kind", "value": "static"}, {"name": "ratio", "value": "50"}],
        },
    )  # fmt: skip

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        entity = whose.entity_named(self, told["entity"])
        run = published_run()
        if run is None or run["id"] != told["seen_run"]:
            raise Refusal(
                "Another night has been published since you looked. Look at the answer again, then save."
            )
        inputs = {row["name"]: row["value"] for row in told["inputs"] or []}
        known = {one.name for one in _inputs(told["tool"])}
        if strange := sorted(set(inputs) - known):
            raise InputError("inputs", f"names among {', '.join(sorted(known))}", got=strange[0])
        asked, form = _asked(_desk(self.request.user, entity.code, run["id"]), told["tool"], inputs)
        found = TOOLS[told["tool"]].work(asked, form)
        if form.errors or found is None or not found.sections:
            errors = _errors(form) or {"inputs": found.note if found else "inputs that can be worked out"}
            return whose.refused_fields(errors, tuple(form.fields))
        made = saving.save(
            entity_id=entity.pk, title=told["title"], tool=told["tool"], run_id=run["id"], inputs=form.asked,
            numbers=found.numbers, digest=answer.digest_of(found.numbers), lines=found.lines,
            actor=self.request.user, client_key=whose.uuid_of(told["key"]),
        )  # fmt: skip
        row = read_back(Proposals, self.request.user, made.pk)
        return self.made(row, address=address("proposals", made.pk))


def _desk(user: Any, code: str | None, run_id: int | None) -> Scope:
    """The scope of the page: an entity that is not there to see is not there."""
    person = people.person(user)
    entity = next((row for row in person.entities if row["code"] == code), None)
    if code is not None and entity is None:
        raise Http404
    return Scope(person, entity=entity, run_id=run_id)


def _asked(desk: Scope, tool: str, inputs: dict[str, str]) -> tuple[Asked, Any]:
    sent = QueryDict(mutable=True)
    sent.update({name: text for name, text in inputs.items() if name != MOVES.name})
    for move in inputs.get(MOVES.name, "").split():
        name, _, size = move.partition(":")
        sent[f"{shocks.PREFIX}{name}"] = size
    try:
        asked = answer.asked(desk, sent) if desk.run_id else None
    except answer.Unproven as error:
        raise Refusal(str(error)) from error
    if asked is None:
        raise Refusal(NO_NIGHT)
    form = TOOLS[tool].form(asked)
    if strange := sorted(set(sent) - set(form.fields)):
        raise InputError(MOVES.name, "currencies and prices that the book has a risk in", got=strange[0])
    return asked, form


def _errors(form: Any) -> dict[str, str]:
    return {name: " ".join(str(text) for text in texts) for name, texts in form.errors.items()}
