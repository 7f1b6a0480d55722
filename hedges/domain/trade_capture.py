"""Capturing trades and amending them. A trade counts once a second person has approved it."""

from collections.abc import Sequence
from typing import Any

from hedges.domain.schedules import with_schedule
from hedges.enums import ProposalOutcome
from hedges.models import HedgeProposalOutcome, Instrument, InstrumentVersion
from treasury.domain import audit
from treasury.domain.exactness import refuse_rounding
from treasury.domain.refusals import as_refusal
from treasury.domain.versions import as_recorded


def capture(
    *,
    trades: Sequence[tuple[Instrument, InstrumentVersion]],
    actor: Any,
    reason: str = "",
    proposal_line_id: int | None = None,
) -> list[InstrumentVersion]:
    """Records new instruments with their first versions, all or none, in two statements however many they are.

    `trades`: unsaved pairs; entity, kind and identity of the version are taken from the instrument, the payment days
    of swaps are worked out here. `proposal_line_id`: the line of a proposal that this deals, marked as dealt in the
    same action by the first instrument. Raises Refusal naming the constraint: terms that the kind needs or does not
    have, dates out of order, an option's notional without the sign of its delta, a natural offset of an item that is
    one already, a line that is dealt or dismissed already.
    """
    refuse_rounding([version for _, version in trades])
    with as_refusal(), audit.action("hedges.instrument.captured", actor=actor, reason=reason):
        Instrument.objects.bulk_create([instrument for instrument, _ in trades])
        for instrument, version in trades:
            _belongs_to(version, instrument)
            version.version_number = 1
        versions = InstrumentVersion.objects.bulk_create([version for _, version in trades])
        if proposal_line_id is not None:
            first = trades[0][0]
            HedgeProposalOutcome.objects.create(
                line_id=proposal_line_id,
                entity_id=first.entity_id,
                instrument=first,
                outcome=ProposalOutcome.DEALT,
            )
        return as_recorded(versions)


def amend(*, versions: Sequence[InstrumentVersion], actor: Any, reason: str) -> list[InstrumentVersion]:
    """Records further versions of instruments that are there. `versions`: unsaved, with `instrument` set."""
    refuse_rounding(versions)
    with as_refusal(), audit.action("hedges.instrument.amended", actor=actor, reason=reason):
        for version in versions:
            _belongs_to(version, version.instrument)
            version.change_reason = version.change_reason or reason
        return as_recorded(InstrumentVersion.objects.bulk_create(versions))


def _belongs_to(version: InstrumentVersion, instrument: Instrument) -> None:
    version.instrument, version.entity_id, version.kind = instrument, instrument.entity_id, instrument.kind
    with_schedule(version)
