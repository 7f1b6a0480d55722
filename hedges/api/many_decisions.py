"""A second person's decision on many versions at once, each bound to the digest that was seen: all of them or none."""

from typing import Any

from django.http import Http404
from rest_framework import serializers
from rest_framework.response import Response

from hedges.domain import many_decisions
from hedges.queries import decidable
from treasury.api.bodies import Input, body
from treasury.api.decisions import COMMENT, DIGEST
from treasury.api.routes import action
from treasury.api.writing import DECIDERS, Action
from treasury.enums import Decision, TokenScope
from treasury.queries import people

_KIND = Input("kind", "What the versions are of.", "choice", choices=tuple(sorted(decidable.KINDS)))
_DECISION = Input("decision", "Yes or no, to all of them.", "choice", choices=tuple(Decision.values))
_ROW = body(Input("id", "Of the version.", "key"), DIGEST)
_ROWS = Input("versions", "Which, and what was seen of each.", "array", of=_ROW)
_EXAMPLE = {
    "kind": "instrument",
    "decision": "APPROVED",
    "comment": "as dealt",
    "versions": [{"id": 61, "content_digest": "9f2c…"}, {"id": 62, "content_digest": "41d0…"}],
}


class ManyDecidedSerializer(serializers.Serializer):
    decision = serializers.ChoiceField(Decision.choices)
    decided = serializers.IntegerField(help_text="How many versions that were.")


class DecideMany(Action):
    """A second person's yes or no to versions of exposures, of instruments or of hedge relationships: what
    a page of ticked rows sends. All or none: 409 names each version that is in the way by its reference. What one word
    decides (the parts of a split, the trades of a roll) is sent whole."""

    operation = "awaiting_decide"
    token_scope = TokenScope.DECIDE
    response_schema = ManyDecidedSerializer
    roles = DECIDERS
    body = body(_KIND, _DECISION, COMMENT, _ROWS, example=_EXAMPLE)
    status_code = 200

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        self._may_decide(told)
        count = many_decisions.decide_many(
            kind=told["kind"],
            seen={row["id"]: row[DIGEST.name] for row in told["versions"]},
            actor=self.request.user,
            decision=Decision(told["decision"]),
            comment=told["comment"],
        )
        return self.made({"decision": told["decision"], "decided": count})

    def _may_decide(self, told: dict[str, Any]) -> None:
        """404 where one is foreign or not there, 403 without the role at the entity of one: as one by one."""
        chosen = {row["id"] for row in told["versions"]}
        at = decidable.entities_of(told["kind"], chosen)
        visible = {row["id"] for row in people.person(self.request.user).entities}
        if chosen - at.keys() or set(at.values()) - visible:
            raise Http404
        for entity_id in sorted(set(at.values())):
            self.may_at(entity_id)


urlpatterns = [action("awaiting/decide", DecideMany)]
