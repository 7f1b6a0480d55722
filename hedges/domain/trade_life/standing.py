"""The trade as it stands, from which anything that happens to it starts: approved, with nothing waiting."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from hedges.enums import InstrumentStatus
from hedges.models import InstrumentVersion
from hedges.queries import instrument_life, ticket
from treasury.domain.refusals import Refusal
from treasury.enums import Decision


@dataclass(frozen=True, slots=True)
class Standing:
    """`version`: the newest approved one; `number`: that of the newest of all; `today`: where the entity is."""

    version: InstrumentVersion
    number: int
    today: date


def standing(
    instrument_id: int, *, entity_ids: Sequence[int], seen: int | None = None, ended: bool = False
) -> Standing:
    """What an event starts from. `seen`: the version that the person has read; `ended`: an end is no hindrance.

    Raises Refusal: not approved, something waits, changed meanwhile, or ended already.
    """
    found = list(
        InstrumentVersion.objects.filter(instrument_id=instrument_id, entity_id__in=entity_ids)
        .select_related(
            "instrument__offset_exposure", "risk", "counterparty", "contract", "entity", "approval"
        )
        .order_by("-version_number")
    )
    if not found:
        raise Refusal("There is no such trade, or it belongs to an entity that you do not see.")
    name, newest = found[0].instrument.external_reference, found[0]
    closes = instrument_life.closes(instrument_id)
    if closes is not None:
        raise Refusal(
            f"{name} is the near leg of the roll of {closes} and settles with it: nothing else happens to it. Take the"
            f" roll of {closes} back instead."
        )
    if _decision(newest) is None:
        raise Refusal(
            f"Version {newest.version_number} of {name} waits for a decision: have it approved or rejected first."
        )
    approved = next((row for row in found if _decision(row) == Decision.APPROVED), None)
    if approved is None:
        raise Refusal(f"{name} was never approved: nothing can happen to it.")
    if seen is not None and approved.pk != seen:
        raise Refusal(
            f"{name} has changed since you read it: version {approved.version_number} counts now."
            " Load the page anew. Nothing was recorded."
        )
    if not ended and approved.status != InstrumentStatus.LIVE:
        raise Refusal(
            f"{name} has ended already ({InstrumentStatus(approved.status).label}): it takes no more events, but the"
            " last one can be taken back."
        )
    return Standing(approved, newest.version_number, ticket.today(approved.entity_id))


def of_kind(stands: Standing, kinds: Collection[str], what: str) -> None:
    """Refuses a verb that the kind of trade does not know."""
    if stands.version.kind not in kinds:
        raise Refusal(f"{stands.version.instrument.external_reference} is not {what}.")


def happened(stands: Standing, on: date) -> None:
    """Refuses a day that has not come: rates of a later day are not known."""
    if on > stands.today:
        raise Refusal(f"event_date: expected today, {stands.today}, or a day before it, got {on}.")
    if on > stands.version.settlement_date:
        raise Refusal(
            f"event_date: expected a day up to the settlement {stands.version.settlement_date}, got {on}."
        )


def _decision(version: InstrumentVersion) -> str | None:
    approval = getattr(version, "approval", None)
    return approval.decision if approval else None
