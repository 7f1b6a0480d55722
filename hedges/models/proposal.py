"""Proposals: what one would trade, worked out of one run; a line becomes one trade, or is dismissed with a reason."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hedges.enums import InstrumentKind, ProposalAim, ProposalKind, ProposalOutcome
from hedges.models.instrument import Instrument
from treasury.models import CalculationRun, Entity, Recorded, Risk, Unit, amount_fits
from treasury.models.checks import are_numbers
from treasury.models.fields import amount_field

#: Kinds of trade ticket: `hedges.domain.ticket.kinds`.
TRADE_KINDS = sorted({*InstrumentKind.values, "COLLAR"})


class HedgeProposal(Recorded):
    """What was proposed, by whom, out of which run and under which assumptions; never changed afterwards.

    `assumptions` is everything that the numbers can be worked out from again, numbers as strings. `author` and
    `content_digest` are given by the trigger. `client_key` is made with the form: what is sent twice is one proposal.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=8, choices=ProposalKind)
    title = models.CharField(max_length=200)
    run = models.ForeignKey(CalculationRun, on_delete=models.PROTECT, related_name="proposals")
    assumptions = models.JSONField()
    client_key = models.UUIDField(unique=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    content_digest = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "id"], name="proposal_entity_key"),
            models.CheckConstraint(condition=Q(kind__in=ProposalKind.values), name="proposal_kind"),
            models.CheckConstraint(condition=Q(title__regex=r"\S"), name="proposal_title"),
        ]

    def __str__(self) -> str:
        return self.title


class HedgeProposalLine(Recorded):
    """One trade to be dealt. `notional_amount` is signed in the base unit of the risk: + to buy, − to sell.

    `ticket` is what a trade ticket is filled in with, field by field as it is typed. `exposure_amount` and
    `hedge_amount` are the cell as the run saw it (`month_from` empty: the whole entity and risk), so that a later run
    that moved the cell can be told.
    """

    proposal = models.ForeignKey(HedgeProposal, on_delete=models.PROTECT, related_name="lines")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    line_number = models.PositiveSmallIntegerField()
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="+")
    trade_kind = models.CharField(max_length=24, help_text="A kind of trade ticket.")
    notional_amount = amount_field()
    notional_currency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    contract_count = models.IntegerField(null=True, blank=True)
    value_date = models.DateField(null=True, blank=True)
    month_from = models.PositiveSmallIntegerField(null=True, blank=True)
    month_to = models.PositiveSmallIntegerField(null=True, blank=True)
    exposure_amount = amount_field(null=True, blank=True)
    hedge_amount = amount_field(null=True, blank=True)
    aim = models.CharField(max_length=6, choices=ProposalAim, blank=True)
    ticket = models.JSONField()

    class Meta:
        ordering = ["proposal", "line_number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "line_number"], name="proposal_line_number"),
            models.UniqueConstraint(fields=["entity", "id"], name="proposal_line_entity_key"),
            models.CheckConstraint(condition=Q(trade_kind__in=TRADE_KINDS), name="proposal_line_kind"),
            models.CheckConstraint(condition=~Q(notional_amount=0), name="proposal_line_has_a_size"),
            models.CheckConstraint(
                condition=Q(contract_count=None) | ~Q(contract_count=0), name="proposal_line_count"
            ),
            models.CheckConstraint(
                condition=Q(aim="") | Q(aim__in=ProposalAim.values), name="proposal_line_aim"
            ),
            amount_fits("notional_amount", "notional_currency", name="proposal_line_amount"),
            are_numbers("notional_amount", "exposure_amount", "hedge_amount", name="proposal_line_numbers"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}/{self.line_number}"


class HedgeProposalOutcome(Recorded):
    """What became of a line, once: a trade, which is of no other line, or nothing, with the reason."""

    line = models.OneToOneField(HedgeProposalLine, on_delete=models.PROTECT, related_name="outcome")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=9, choices=ProposalOutcome)
    instrument = models.OneToOneField(
        Instrument, null=True, blank=True, on_delete=models.PROTECT, related_name="proposal_outcome"
    )
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["line"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=ProposalOutcome.DEALT, instrument__isnull=False)
                | Q(outcome=ProposalOutcome.DISMISSED, instrument=None, reason__regex=r"\S"),
                name="proposal_outcome_trade_or_reason",
            ),
        ]
