"""Changes of a hedge relationship: rebalanced, discontinued, de-designated. Each is proposed and waits for another
person, or only previewed: then its effect is shown and nothing is saved."""

from collections.abc import Callable
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.response import Response

from hedges.api import asked
from hedges.api.relationship_versions import DecidedVersionDetailSerializer, RelationshipVersions
from hedges.domain.changes import de_designate, discontinue, rebalance
from hedges.enums import ChangeCause, ChangeKind, RelationshipStatus
from hedges.models import HedgeRelationship, HedgeRelationshipVersion
from hedges.queries import accounted
from treasury.api.bodies import Body, Input, body, choices
from treasury.api.links import Made
from treasury.api.writing import PREPARERS, Action, address, read_back, seen
from treasury.enums import TokenScope

_FROM = Input("from_date", "First day on which the change counts.", "date")
_REASON = Input("reason", "Why; part of the documentation.")
_STAYS = "What stays; the other side, if it is not given, stays as it is. Neither: the whole hedge stops."
REBALANCING = body(
    _FROM, _REASON,
    Input("ineffectiveness_sources", "What may make it ineffective from now on (B6.5.21)."),
    asked.volume_of("exposure", "What is in force from then on; not given: as it is."),
    asked.volume_of("instrument", "What is in force from then on, added ones too; not given: as it is."),
    example={
        "from_date": "2026-11-02", "reason": "The two prices have moved apart.",
        "ineffectiveness_sources": "The spread of the two prices.",
        "instruments": [{"instrument": 23, "amount": "-660000.00"}],
    },
)  # fmt: skip
DISCONTINUATION = body(
    _FROM, _REASON,
    Input("cause", "One that the standard knows.", "choice", choices=choices(ChangeCause)),
    asked.volume_of("exposure", _STAYS), asked.volume_of("instrument", _STAYS),
    example={"from_date": "2026-11-02", "reason": "The order was cancelled.", "cause": "NO_LONGER_EXPECTED"},
)  # fmt: skip
DE_DESIGNATION = body(
    _FROM, _REASON, asked.volume_of("exposure", _STAYS), asked.volume_of("instrument", _STAYS),
    example={"from_date": "2026-11-02", "reason": "No longer wanted."},
)  # fmt: skip


class ChangePreviewSerializer(serializers.Serializer):
    """The change as it would be proposed."""

    version_number = serializers.IntegerField()
    valid_from = serializers.DateField()
    change_kind = serializers.ChoiceField(ChangeKind.choices)
    change_cause = serializers.ChoiceField(ChangeCause.choices)
    status = serializers.ChoiceField(RelationshipStatus.choices)
    designated_hedge_ratio = serializers.FloatField()
    volumes = serializers.DictField(help_text="The layers of items and instruments in force from then on.")
    effect = serializers.DictField(
        help_text="Volumes, hedge ratio and measured amounts, before and after; what moves at once and what waits."
    )


class _Change(Action):
    token_scope = TokenScope.ACCOUNTING
    roles = PREPARERS
    response_schema: Any = DecidedVersionDetailSerializer
    makes = Made("hedge-relationship-versions")
    domain: ClassVar[Callable[..., HedgeRelationshipVersion]]

    def found(self, where: dict[str, Any]) -> HedgeRelationship:
        return seen(accounted.relationships(self.request.user).filter(pk=where["key"]))

    def terms(self, told: dict[str, Any]) -> dict[str, Any]:
        """What the domain is told besides relationship, date and reason."""
        user = self.request.user
        return {
            "items": asked.amounts(user, "exposure", told["items"], "items"),
            "instruments": asked.amounts(user, "instrument", told["instruments"], "instruments"),
        }

    def asked(self, subject: HedgeRelationship, told: dict[str, Any]) -> dict[str, Any]:
        common = {"relationship": subject, "from_date": told["from_date"], "reason": told["reason"]}
        return common | self.terms(told)

    def act(self, subject: HedgeRelationship, told: dict[str, Any]) -> Response:
        made = type(self).domain(**self.asked(subject, told), actor=self.request.user)
        row = read_back(RelationshipVersions, self.request.user, made.pk)
        return self.made(row, address=address("hedge-relationship-versions", made.pk))


class _Preview(_Change):
    saves = False
    response_schema = ChangePreviewSerializer
    status_code = 200

    def act(self, subject: HedgeRelationship, told: dict[str, Any]) -> Response:
        draft = type(self).domain(**self.asked(subject, told))
        row = {name: getattr(draft, name) for name in ChangePreviewSerializer().fields}
        return self.made(row | {"designated_hedge_ratio": float(draft.designated_hedge_ratio)})


class Rebalance(_Change):
    """Proposes a rebalancing: the objective stands, the hedge ratio follows (IFRS 9 6.5.5). Measured first on the old
    volumes, on the new ones from then on."""

    operation = "hedge_relationships_rebalance"
    body: Body = REBALANCING
    domain = staticmethod(rebalance.propose)

    def terms(self, told: dict[str, Any]) -> dict[str, Any]:
        sides = super().terms(told)
        named = {"item": sides["items"], "instrument": sides["instruments"]}
        return {
            "volumes": {side: amounts for side, amounts in named.items() if amounts is not None},
            "ineffectiveness_sources": told["ineffectiveness_sources"],
        }


class PreviewRebalancing(_Preview, Rebalance):
    """What a rebalancing would do. Nothing is saved."""

    operation = "hedge_relationships_rebalance_preview"
    domain = staticmethod(rebalance.draft)


class Discontinue(_Change):
    """Proposes the end of hedge accounting, whole or in part, for a cause that the standard knows (IFRS 9 6.5.6)."""

    operation = "hedge_relationships_discontinue"
    body: Body = DISCONTINUATION
    domain = staticmethod(discontinue.propose)

    def terms(self, told: dict[str, Any]) -> dict[str, Any]:
        return super().terms(told) | {"cause": told["cause"]}


class PreviewDiscontinuation(_Preview, Discontinue):
    """What a discontinuation would do: what is reclassified at once and what waits. Nothing is saved."""

    operation = "hedge_relationships_discontinue_preview"
    domain = staticmethod(discontinue.draft)


class DeDesignate(_Change):
    """Proposes a de-designation by choice, whole or in part: IAS 39 and ASC 815 only, and economic hedges."""

    operation = "hedge_relationships_de_designate"
    body: Body = DE_DESIGNATION
    domain = staticmethod(de_designate.propose)


class PreviewDeDesignation(_Preview, DeDesignate):
    """What a de-designation would do. Nothing is saved."""

    operation = "hedge_relationships_de_designate_preview"
    domain = staticmethod(de_designate.draft)
