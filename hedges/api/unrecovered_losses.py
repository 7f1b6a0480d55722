"""Losses in reserves that will not be recovered: stated by one person, agreed to or rejected by another one."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.response import Response

from hedges.domain import unrecovered_loss
from hedges.models import HedgeRelationship, UnrecoveredLossVersion
from hedges.queries import accounted, unrecovered_losses
from treasury.api.bodies import Input, body
from treasury.api.decisions import DECISION, SEEN
from treasury.api.fields import Money, Ratio, money_text
from treasury.api.links import Made
from treasury.api.parameters import Parameter, dates
from treasury.api.permissions import OfEntities
from treasury.api.recorded import DECIDED_LATER, RecordedResource
from treasury.api.scopes import Scope
from treasury.api.versions import StoryFields
from treasury.api.writing import DECIDERS, PREPARERS, Action, address, read_back, seen
from treasury.enums import TokenScope

_TAKEN = (
    Input("on", "Day in an open month; the close of that month takes the loss.", "date"),
    Input("amount", "Loss in functional currency, above 0; at most what is there counts.", "amount", False),
    Input("share", "Or a share of the loss that is there that day, above 0 and up to 1.", "ratio", False),
)


class UnrecoveredLossSerializer(StoryFields):
    """`valid_from` is the day it is stated for; either `loss_amount` or `loss_share` is there."""

    id = serializers.IntegerField(help_text="Of the statement; what is decided on.")
    relationship_id = serializers.IntegerField()
    relationship = serializers.CharField(source="relationship.code")
    entity_id = serializers.IntegerField(source="relationship.entity_id")
    entity = serializers.CharField(source="relationship.entity.code")
    loss_amount = Money(unit="currency_id", allow_null=True)
    loss_share = Ratio(allow_null=True)
    currency = serializers.CharField(source="currency_id")
    evidence = serializers.CharField(help_text="What the reason rests on.")


class LossEffectSerializer(serializers.Serializer):
    """What a statement would take, as known now; gains +."""

    on = serializers.DateField()
    currency = serializers.CharField()
    reserve = Money(unit="currency", help_text="Balance that day, a loss below 0.")
    loss = Money(unit="currency", help_text="Goes to profit or loss.")
    left = Money(unit="currency", help_text="Stays in the reserve.")


class UnrecoveredLosses(RecordedResource):
    """Statements that a loss in a cash flow hedge reserve will not be recovered, the newest first."""

    permission_classes = (OfEntities,)
    operation = "unrecovered_losses"
    dated = "valid_from"
    later = DECIDED_LATER
    serializer = UnrecoveredLossSerializer
    tagged = UnrecoveredLossVersion
    descending = True
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="relationship__entity__code"),
        Parameter("relationship", "Code of the hedge relationship.", lookup="relationship__code"),
        Parameter(
            "awaits",
            "true: nobody has decided on them; false: decided.",
            "boolean",
            lookup="approval__isnull",
        ),
        *dates("valid_from", "Stated for"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return unrecovered_losses.visible(scope.user)


class _OfRelationship(Action):
    token_scope = TokenScope.ACCOUNTING
    roles = PREPARERS

    def found(self, where: dict[str, Any]) -> HedgeRelationship:
        return seen(accounted.relationships(self.request.user).filter(pk=where["key"]))


class StateLoss(_OfRelationship):
    """States that a loss in the reserve will not be recovered in one or more future periods (IFRS 9 6.5.11(d)(iii));
    it is measured and posted once another person has agreed."""

    operation = "hedge_relationships_state_loss"
    response_schema = UnrecoveredLossSerializer
    makes = Made("unrecovered-losses", "/version_id")
    body = body(
        *_TAKEN,
        Input("reason", "Why it will not be recovered."),
        Input("evidence", "What that rests on."),
        example={
            "on": "2026-10-30", "amount": "12500.00", "reason": "The goods will be sold below cost.",
            "evidence": "Price list of 28 October.",
        },
    )  # fmt: skip

    def act(self, subject: HedgeRelationship, told: dict[str, Any]) -> Response:
        made = unrecovered_loss.state(relationship=subject, actor=self.request.user, **told)
        row = read_back(UnrecoveredLosses, self.request.user, made.pk)
        return self.made(row, address=address("unrecovered-losses", made.pk))


class PreviewLoss(_OfRelationship):
    """What such a statement would take out of the reserve. Nothing is saved."""

    operation = "hedge_relationships_state_loss_preview"
    response_schema = LossEffectSerializer
    status_code = 200
    saves = False
    body = body(*_TAKEN, example={"on": "2026-10-30", "share": 0.5})

    def act(self, subject: HedgeRelationship, told: dict[str, Any]) -> Response:
        found = unrecovered_loss.effect(relationship=subject, **told)
        amounts = {
            name: money_text(getattr(found, name), found.currency) for name in ("reserve", "loss", "left")
        }
        return self.made({"on": found.on, "currency": found.currency} | amounts)


class _Decide(Action):
    token_scope = TokenScope.DECIDE
    response_schema = UnrecoveredLossSerializer
    roles = DECIDERS
    body = DECISION
    status_code = 200
    decide: Any = staticmethod(unrecovered_loss.approve)

    def found(self, where: dict[str, Any]) -> UnrecoveredLossVersion:
        return seen(unrecovered_losses.visible(self.request.user).filter(pk=where["key"]))

    def entity_of(self, subject: UnrecoveredLossVersion) -> int:
        return subject.relationship.entity_id

    def act(self, subject: UnrecoveredLossVersion, told: dict[str, Any]) -> Response:
        decide = type(self).decide
        decide(version=subject, actor=self.request.user, comment=told["comment"], digest=told[SEEN])
        return self.made(read_back(UnrecoveredLosses, self.request.user, subject.pk))


class ApproveLoss(_Decide):
    """A second person's yes to the statement with the digest that they have seen: the loss leaves the reserve."""

    operation = "unrecovered_losses_approve"


class RejectLoss(_Decide):
    """A second person's no: the reserve stays as it is."""

    operation = "unrecovered_losses_reject"
    decide = staticmethod(unrecovered_loss.reject)
