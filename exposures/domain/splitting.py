"""Splitting an exposure: parts that add up to it, each with its own life; and settling a part of one.

The parts are new exposures with the lineage `split_from`; the exposure keeps what is left, which is where the units
of hedge relationships stand. What is split off is free of them, or the database refuses and names the relationship.
The exposure and its parts are decided on together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from exposures.domain.lifecycle import LADDER, OPEN
from exposures.domain.next_version import TERMS, Change, basis, copied, read
from exposures.enums import ExposureStatus
from exposures.models import Exposure, ExposureVersion
from exposures.queries.standing import Standing
from treasury.domain import audit
from treasury.domain.exactness import refuse_rounding
from treasury.domain.refusals import Refusal, as_refusal
from treasury.domain.versions import as_recorded


@dataclass(frozen=True)
class Part:
    """What is split off: a positive size, and what of it is otherwise than in the exposure."""

    size: Decimal
    reference: str = ""
    expected_date: date | None = None
    description: str | None = None
    status: str = ExposureStatus.OPEN


@dataclass(frozen=True)
class Split:
    exposure_id: int
    valid_from: date
    parts: Sequence[Part] = field(default_factory=list)
    version_number: int | None = None


def split(*, splits: Sequence[Split], actor: Any, reason: str) -> list[ExposureVersion]:
    """Splits exposures into what stays and the parts, all or none. Returns the reduced versions, then the parts'.

    Raises Refusal: nothing is left or a part is not above zero, the exposure is not open or awaits approval, a
    reference that is taken, hedged units in what is split off.
    """
    return _recorded("split", splits, actor=actor, reason=reason)


def settle_part(*, splits: Sequence[Split], actor: Any, reason: str) -> list[ExposureVersion]:
    """A part has come and the rest stays open: the part is split off as settled."""
    settled = [
        Split(
            one.exposure_id,
            one.valid_from,
            [Part(part.size, part.reference, part.expected_date, part.description, ExposureStatus.SETTLED)
             for part in one.parts],
            one.version_number,
        )
        for one in splits
    ]  # fmt: skip
    return _recorded("partly_settled", settled, actor=actor, reason=reason)


def _recorded(verb: str, splits: Sequence[Split], *, actor: Any, reason: str) -> list[ExposureVersion]:
    if not splits:
        return []
    found = read(
        [Change(one.exposure_id, one.valid_from, version_number=one.version_number) for one in splits], reason
    )
    children = _children([one.exposure_id for one in splits])
    reduced: list[ExposureVersion] = []
    parts: list[ExposureVersion] = []
    for one in splits:
        stands = found[one.exposure_id]
        before = basis(stands, statuses=OPEN)
        if before.kind not in LADDER:
            raise Refusal(
                f"{stands.reference} is a net investment, which is not split. Nothing was recorded."
            )
        reduced.append(_reduced(stands, before, one))
        parts += _parts(before, one, children[one.exposure_id])
    versions = [*reduced, *parts]
    refuse_rounding(versions)
    with as_refusal(), audit.action(f"exposures.exposure.{verb}", actor=actor, reason=reason):
        Exposure.objects.bulk_create([version.exposure for version in parts])
        for version in versions:
            version.exposure_id = version.exposure.pk
            version.change_reason = reason
        return as_recorded(ExposureVersion.objects.bulk_create(versions))


def _reduced(stands: Standing, before: ExposureVersion, asked: Split) -> ExposureVersion:
    if not asked.parts:
        raise Refusal(
            f"{stands.reference} is split into one part or more: give an amount. Nothing was recorded."
        )
    if any(part.size <= 0 for part in asked.parts):
        raise Refusal(f"A part of {stands.reference} is above zero, without a sign. Nothing was recorded.")
    size = abs(before.exposure_amount)
    taken = sum((part.size for part in asked.parts), Decimal(0))
    if taken >= size:
        raise Refusal(
            f"{stands.reference} is {size:,f} {before.exposure_currency_id}, and {taken:,f} is to be taken from it:"
            " something has to stay. Settle or amend the whole instead. Nothing was recorded."
        )
    left = size - taken if before.exposure_amount > 0 else taken - size
    number = stands.newest.version_number + 1
    return copied(before, number, asked.valid_from, exposure_amount=left, split_of_id=before.exposure_id)


def _parts(before: ExposureVersion, asked: Split, known: int) -> list[ExposureVersion]:
    made = []
    for place, part in enumerate(asked.parts, start=known + 1):
        reference = part.reference.strip() or f"{before.exposure.external_reference}/{place}"
        longest = Exposure._meta.get_field("external_reference").max_length or 0
        if len(reference) > longest:
            raise Refusal(
                f"The reference {reference} is longer than {longest} characters: give a shorter one."
            )
        identity = Exposure(
            entity_id=before.entity_id,
            source_system=before.exposure.source_system,
            external_reference=reference,
            split_from_id=before.exposure_id,
        )
        terms = {name: getattr(before, name) for name in TERMS} | {
            "exposure_amount": part.size if before.exposure_amount > 0 else -part.size,
            "status": part.status,
        }
        if part.expected_date is not None and part.expected_date != before.expected_date:
            terms |= {"expected_date": part.expected_date, "window_start": None, "window_end": None}
        if part.description is not None:
            terms["description"] = part.description
        made.append(
            ExposureVersion(
                exposure=identity, entity_id=before.entity_id, valid_from=asked.valid_from,
                split_of_id=before.exposure_id, **terms,
            )
        )  # fmt: skip
    return made


def _children(exposure_ids: Sequence[int]) -> Counter[int]:
    """How many parts each exposure has had: the next one's reference comes after them."""
    found = Exposure.objects.filter(split_from__in=exposure_ids).values_list("split_from_id", flat=True)
    return Counter(parent for parent in found if parent is not None)
