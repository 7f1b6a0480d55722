"""Proposals: what one would trade, out of which run; a line is dealt as a trade, or dismissed."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.response import Response

from hedges.domain.proposals.dismiss import dismiss
from hedges.enums import ProposalAim, ProposalKind, ProposalOutcome
from hedges.models import HedgeProposal, HedgeProposalLine
from hedges.models.proposal import TRADE_KINDS
from hedges.queries import proposals
from treasury.api import rows
from treasury.api.bodies import Input, body
from treasury.api.fields import Money
from treasury.api.parameters import Parameter, one_of
from treasury.api.permissions import OfEntities
from treasury.api.recorded import RecordedResource
from treasury.api.rows import Row
from treasury.api.scopes import Scope
from treasury.api.writing import PREPARERS, Action, read_back, seen
from treasury.queries.published import published_run


class ProposalLineSerializer(serializers.Serializer):
    """One trade to be dealt, signed in the base unit of the risk: + to buy, − to sell."""

    id = serializers.IntegerField()
    proposal_id = serializers.IntegerField()
    proposal = serializers.CharField(source="proposal.title")
    proposal_kind = serializers.ChoiceField(ProposalKind.choices, source="proposal.kind")
    run_id = serializers.IntegerField(source="proposal.run_id", help_text="It was worked out of this run.")
    entity_id = serializers.IntegerField()
    entity = serializers.CharField(source="entity.code")
    risk_id = serializers.IntegerField()
    risk = serializers.CharField(source="risk.code")
    line_number = serializers.IntegerField()
    trade_kind = serializers.ChoiceField([(kind, kind) for kind in TRADE_KINDS])
    notional_amount = Money(unit="notional_currency_id")
    notional_currency = serializers.CharField(source="notional_currency_id")
    contract_count = serializers.IntegerField(allow_null=True)
    value_date = serializers.DateField(allow_null=True)
    month_from = serializers.IntegerField(allow_null=True, help_text="Null: of the whole entity and risk.")
    month_to = serializers.IntegerField(allow_null=True)
    exposure_amount = Money(
        unit="notional_currency_id", allow_null=True, help_text="As the run has the bucket."
    )
    hedge_amount = Money(unit="notional_currency_id", allow_null=True, help_text="As the run has the bucket.")
    aim = serializers.ChoiceField(ProposalAim.choices, allow_blank=True)
    outcome = serializers.ChoiceField(
        ProposalOutcome.choices, source="outcome.outcome", allow_null=True, help_text="Null: open."
    )
    outcome_reason = serializers.CharField(source="outcome.reason", allow_null=True, allow_blank=True)
    instrument_id = serializers.IntegerField(source="outcome.instrument_id", allow_null=True)
    recorded_at = serializers.DateTimeField()
    is_stale = serializers.BooleanField(
        source="id", help_text="Open, and the newest published run has other amounts in its bucket."
    )
    ticket = serializers.DictField(
        help_text="What is known of the body of `instruments/record/`; counterparty and rate are added to it."
    )


class ProposalSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    entity_id = serializers.IntegerField()
    entity = serializers.CharField(source="entity.code")
    kind = serializers.ChoiceField(ProposalKind.choices)
    title = serializers.CharField()
    run_id = serializers.IntegerField()
    as_of_date = serializers.DateField(source="run.as_of_date")
    author = serializers.CharField(source="author.username")
    content_digest = serializers.CharField()
    recorded_at = serializers.DateTimeField()


class ProposalDetailSerializer(ProposalSerializer):
    assumptions = serializers.DictField(
        help_text="All that the lines can be worked out from again, as texts."
    )
    lines = ProposalLineSerializer(many=True)


_ENTITY = Parameter("entity", "Code of the entity.", lookup="entity__code")


class Proposals(RecordedResource):
    """Proposals of trades, the newest first: for a band, or saved strategies; one with its inputs and lines."""

    permission_classes = (OfEntities,)
    operation = "proposals"
    dated = "run__as_of_date"
    tagged = HedgeProposal
    serializer = ProposalSerializer
    detail_serializer = ProposalDetailSerializer
    descending = True
    parameters = (_ENTITY, one_of("kind", ProposalKind, "Those of this kind."))

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return proposals.proposals(scope.user)

    def attach(self, found: list[Row], scope: Scope) -> None:
        if self.detail:
            of = proposals.all_lines(scope.user).filter(proposal=found[0]["id"]).order_by("line_number")
            found[0]["lines"] = _complete(rows.read(ProposalLineSerializer, of))


class ProposalLines(RecordedResource):
    """Trades that are proposed, the newest first, with what became of them."""

    permission_classes = (OfEntities,)
    operation = "proposal_lines"
    dated = "proposal__run__as_of_date"
    later = {"outcome__recorded_at": ("outcome", "outcome_reason", "instrument_id")}
    tagged = HedgeProposalLine
    serializer = ProposalLineSerializer
    descending = True
    parameters = (
        _ENTITY,
        Parameter("risk", "Code of the risk.", lookup="risk__code"),
        Parameter("proposal_id", "Those of this proposal.", "integer", lookup="proposal"),
        one_of("kind", ProposalKind, "Those of proposals of this kind.", lookup="proposal__kind"),
        Parameter("open", "true: neither dealt nor dismissed.", "boolean", lookup="outcome__isnull"),
        one_of("outcome", ProposalOutcome, "Those with this outcome.", lookup="outcome__outcome"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return proposals.all_lines(scope.user)

    def attach(self, found: list[Row], scope: Scope) -> None:
        _complete(found)


class DismissLine(Action):
    """Says that a line will not be traded, and why."""

    operation = "proposal_lines_dismiss"
    response_schema = ProposalLineSerializer
    roles = PREPARERS
    body = body(Input("reason", "Why it is not traded."), example={"reason": "The exposure is cancelled."})

    def found(self, where: dict[str, Any]) -> HedgeProposalLine:
        return seen(proposals.all_lines(self.request.user).filter(pk=where["key"]))

    def act(self, subject: HedgeProposalLine, told: dict[str, Any]) -> Response:
        dismiss(line=subject, actor=self.request.user, reason=told["reason"])
        return self.made(read_back(ProposalLines, self.request.user, subject.pk))


def _complete(found: list[Row]) -> list[Row]:
    """Whether the newest published run says other amounts: a fixed number of reads however many lines."""
    run = published_run() if found else None
    now = proposals.cells_now(run["id"], found) if run else {}
    for row in found:
        kept = [_exact(row[name]) for name in ("exposure_amount", "hedge_amount")]
        told = {
            "outcome_word": row["outcome"], "proposal__run_id": row["run_id"], "entity_id": row["entity_id"],
            "risk_id": row["risk_id"], "month_from": row["month_from"], "exposure_amount": kept[0],
            "hedge_amount": kept[1],
        }  # fmt: skip
        row["is_stale"] = proposals.stale(told, now, run)
        _dealable(row)
    return found


def _exact(amount: str | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)


def _dealable(row: Row) -> Row:
    """The ticket as a body: whole numbers as numbers, and the line that it deals."""
    said: Row = {"kind": row["trade_kind"], **row["ticket"], "proposal_line": row["id"]}
    if "contract_count" in said:
        said["contract_count"] = int(said["contract_count"])
    row["ticket"] = said
    return row
