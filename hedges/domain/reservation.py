"""Units for every part of a designation, from the documentation on: what is taken is in the digest of its version."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hedges.domain.known import Known
from hedges.domain.parts import Part, signed_amount
from hedges.domain.units import UnitBook
from hedges.models import HedgeRelationshipVersion, InstrumentAllocation, ItemAllocation
from treasury.domain.refusals import Refusal
from treasury.kernel.hashing import digest


def reserve(drafts: Sequence[Any], known: Known) -> tuple[UnitBook, UnitBook]:
    """Takes units for every part, to be saved once the versions are. Raises one Refusal naming all that is not free."""
    items = UnitBook(ItemAllocation, "exposure", [of.version.exposure_id for d in drafts for of in d.items])
    instruments = UnitBook(
        InstrumentAllocation, "instrument", [of.version.instrument_id for d in drafts for of in d.instruments]
    )
    refused: list[str] = []
    for draft in drafts:
        taken: list[list[Any]] = []
        for of in draft.items:
            taken += _taken_or_refused(
                refused,
                items,
                draft,
                of,
                known,
                kind="item",
                subject=of.version.exposure_id,
                whole=of.version.exposure_amount,
                unit=of.version.exposure_currency_id,
                name=known.exposures[of.version.exposure_id],
            )
        for of in draft.instruments:
            taken += _taken_or_refused(
                refused,
                instruments,
                draft,
                of,
                known,
                kind="instrument",
                subject=of.version.instrument_id,
                whole=of.version.notional_amount,
                unit=of.version.notional_currency_id,
                name=known.instruments[of.version.instrument_id],
            )
        draft.version.allocations_digest = digest(taken)
    if refused:
        raise Refusal(" ".join(dict.fromkeys(refused)))
    return items, instruments


def _taken_or_refused(refused: list[str], *given: Any, **named: Any) -> list[list[Any]]:
    """The rows, or none and the reason among those of the other parts."""
    try:
        return _taken(*given, **named)
    except Refusal as refusal:
        refused.append(str(refusal))
        return []


def _taken(
    book: UnitBook,
    draft: Any,
    of: Part,
    known: Known,
    *,
    kind: str,
    subject: int,
    whole: Decimal,
    unit: str,
    name: str,
) -> list[list[Any]]:
    version = draft.version
    first, past_last = _period(of, version, known, name)
    columns = {
        "relationship_version": version,
        "entity_id": version.entity_id,
        "framework": version.framework,
        "risk_id": version.risk_id,
        "designated_component": version.designated_component,
        "period_from": first,
        "period_to": past_last,
        "exposure_version" if kind == "item" else "instrument_version": of.version,
    }
    rows = book.take(
        columns,
        subject=subject,
        capacity=of.version.capacity_units,
        unit=unit,
        amount=signed_amount(of, whole, unit),
        unit_from=of.unit_from,
        name=name,
    )
    return [
        [
            kind,
            of.version.pk,
            str(row.designated_amount),
            row.unit_from,
            row.unit_to,
            str(first),
            str(past_last),
        ]
        for row in rows
    ]


def _period(of: Part, version: HedgeRelationshipVersion, known: Known, name: str) -> tuple[date, date]:
    """The hedged period from the documentation on, or the part of it that is asked for."""
    begins, ends = known.begins(version), version.hedge_end_date + timedelta(days=1)
    first, past_last = of.period_from or begins, of.period_to or ends
    if not begins <= first < past_last <= ends:
        last = past_last - timedelta(days=1)
        raise Refusal(
            f"{version.relationship.code}: {name}: the part from {first} to {last} is not within the hedged period,"
            f" {begins} to {version.hedge_end_date}. Hedge accounting begins with the documentation, never before."
        )
    return first, past_last
