"""Sending a ticket: recorded once whatever is sent twice, and waiting for a second person from then on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from hedges.domain import trade_capture
from hedges.domain.entitled import prepares
from hedges.domain.schedules import LEG_TERMS
from hedges.domain.ticket.build import SOURCE, Leg
from hedges.enums import InstrumentKind, InstrumentStatus
from hedges.models import InstrumentVersion
from hedges.queries import instrument_life, ticket, ticket_duplicates
from treasury.domain.drafts import discard
from treasury.domain.refusals import Refusal

FORM = "trade-ticket"
#: Of which a person has one a trade.
AMENDMENT = "trade-amendment"
_PREFIX = {
    InstrumentKind.FORWARD: "FWD", InstrumentKind.NON_DELIVERABLE_FORWARD: "NDF", InstrumentKind.FUTURE: "FUT",
    InstrumentKind.OPTION: "OPT", InstrumentKind.FX_SWAP: "FXS", InstrumentKind.INTEREST_RATE_SWAP: "IRS",
    InstrumentKind.CROSS_CURRENCY_SWAP: "CCS", InstrumentKind.NATURAL_OFFSET: "NAT",
}  # fmt: skip


class LikelyDuplicate(Refusal):
    """`rows`: what is recorded already and may be this very deal."""

    def __init__(self, rows: Sequence[dict[str, Any]]) -> None:
        names = ", ".join(row["reference"] for row in rows)
        super().__init__(
            f"This may be recorded already: {names}. Look at it, and tick that this is another deal."
            " Nothing was recorded."
        )
        self.rows = rows


class SentBySomebodyElse(Refusal):
    """The key of the form is another person's trade."""


@dataclass(frozen=True, slots=True)
class Sent:
    """`instrument_id` of the trade, of a structure its first leg; `again`: it was recorded by an earlier sending."""

    instrument_id: int
    reference: str
    again: bool


def reference_of(kind: str, key: UUID) -> str:
    """The name that a ticket's trade has: the same for every sending of one form."""
    return f"{_PREFIX.get(kind, 'COL')}-{key.hex[:12].upper()}"  # type: ignore[call-overload]


def send(
    *,
    legs: Sequence[Leg],
    kind: str,
    key: UUID,
    actor: Any,
    is_another: bool = False,
    proposal_line_id: int | None = None,
    named: tuple[str, str] | None = None,
) -> Sent:
    """Records the trade and lets its draft go; what was sent with this key before is the answer to sending it again.

    `legs`: unsaved, made with `reference_of` the same key, or with the reference in `named`: source system and
    reference of another system, which are recorded once and never answer a second sending. `is_another`: the person
    has looked at what seems to be the same deal. `proposal_line_id`: the line of a proposal that this deals. Raises
    Refusal: no role at the entity, a likely duplicate, whatever a guard of the book refuses.
    """
    source, reference = named or (SOURCE, reference_of(kind, key))
    for instrument, _ in legs:
        instrument.source_system = source
    prepares(actor, legs[0][0].entity_id, "records its trades")
    before = None if named else ticket.sent(reference, SOURCE)
    if before is None:
        if not is_another:
            found = duplicates([version for _, version in legs], key=key, kind=kind)
            if found:
                raise LikelyDuplicate(found)
        reason = next((version.change_reason for _, version in legs if version.change_reason), "")
        try:
            recorded = trade_capture.capture(
                trades=legs, actor=actor, reason=reason, proposal_line_id=proposal_line_id
            )
        except Refusal as refusal:
            if named or refusal.constraint != "instrument_reference":
                raise
            before = ticket.sent(reference, SOURCE)
            if before is None:
                raise
        else:
            discard(owner=actor, form_name=FORM, client_key=key)
            return Sent(recorded[0].instrument_id, reference, again=False)
    if before["author_id"] != actor.pk or before["entity_id"] != legs[0][0].entity_id:
        raise SentBySomebodyElse(
            "Another trade was sent from this form. Open a new ticket and send it from there."
        )
    discard(owner=actor, form_name=FORM, client_key=key)
    return Sent(before["id"], before["external_reference"], again=True)


def duplicates(versions: Sequence[InstrumentVersion], *, key: UUID, kind: str) -> list[dict[str, Any]]:
    """What is recorded already and may be this deal."""
    if kind == InstrumentKind.NATURAL_OFFSET:  # an item can be one natural offset only; the book holds that
        return []
    return ticket_duplicates.alike(versions, reference=reference_of(kind, key), source=SOURCE)


def amend(
    *,
    version: InstrumentVersion,
    seen: InstrumentVersion,
    counts_from: date,
    actor: Any,
    reason: str,
) -> InstrumentVersion:
    """The next version of an instrument. `version`: unsaved terms; `seen`: the version that the person has read.

    Raises Refusal where the trade has changed meanwhile, where nothing differs, and where no reason is given.
    """
    prepares(actor, seen.entity_id, "amends its trades")
    if not reason.strip():
        raise Refusal("A new version needs its reason: say why the trade is amended.")
    if seen.status != InstrumentStatus.LIVE:
        raise Refusal(
            f"The trade ends on {seen.valid_from} ({InstrumentStatus(seen.status).label}). Take back what ended it,"
            " then amend it. Nothing was recorded."
        )
    closes = instrument_life.closes(seen.instrument_id)
    if closes is not None:
        raise Refusal(
            f"The trade is the near leg of the roll of {closes} and stays as it was dealt. Take the roll back instead."
            " Nothing was recorded."
        )
    newest = ticket.newest_version(seen.instrument_id, entity_ids=[seen.entity_id])
    if newest is None or newest.pk != seen.pk:
        number = newest.version_number if newest else 0
        who = newest.author.get_username() if newest and newest.author else "the system"
        raise Refusal(
            f"Version {number} was recorded meanwhile by {who}; you have read version {seen.version_number}."
            " Load the page anew and amend what stands there. Nothing was recorded."
        )
    keep_payment_days(version, seen)
    if not differences(version, seen):
        raise Refusal(
            f"Nothing differs from version {seen.version_number}. Change a term, or leave the page."
        )
    version.instrument = seen.instrument
    version.version_number = seen.version_number + 1
    version.valid_from = counts_from
    version.status = seen.status
    version.change_reason = reason.strip()[:400]
    recorded = trade_capture.amend(versions=[version], actor=actor, reason=version.change_reason)[0]
    discard(owner=actor, form_name=AMENDMENT, client_key=amendment_key(seen.instrument_id))
    return recorded


def amendment_key(instrument_id: int) -> UUID:
    """That of the draft of a person's amendment of a trade."""
    return uuid5(NAMESPACE_OID, f"amend/{instrument_id}")


def keep_payment_days(version: InstrumentVersion, seen: InstrumentVersion) -> None:
    """Those that a trade brought along stay while its dates do."""
    dates = ("start_date", "settlement_date", *LEG_TERMS, "notional_currency_id", "counter_currency_id")
    if all(getattr(version, name) == getattr(seen, name) for name in dates):
        version.flow_days, version.flow_accruals = seen.flow_days, seen.flow_accruals
        version.floating_flow_days = seen.floating_flow_days
        version.floating_flow_accruals = seen.floating_flow_accruals


_SAME = {
    "id", "instrument", "event", "recorded_at", "version_number", "valid_from", "valid_to", "author", "change_reason",
    "content_digest", "status", "capacity_units",
}  # fmt: skip


def differences(version: InstrumentVersion, seen: InstrumentVersion) -> list[str]:
    """The terms in which an unsaved version differs from a recorded one."""
    fields = [field for field in InstrumentVersion._meta.concrete_fields if field.name not in _SAME]
    return [
        field.name
        for field in fields
        if (getattr(version, field.attname) or None) != (getattr(seen, field.attname) or None)
    ]
