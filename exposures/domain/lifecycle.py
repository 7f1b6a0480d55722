"""The life of an exposure: amended, confirmed from forecast to recognised, settled, cancelled. Each is a new version.

All verbs take many exposures and record all or none, as one event with its reason. What is recorded counts once a
second person has approved it. Raises Refusal saying what is missing and what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from exposures.domain.next_version import Change, basis, copied, read, recorded
from exposures.enums import FIRM_KINDS, ExposureKind, ExposureStatus
from exposures.models import ExposureVersion
from treasury.domain.refusals import Refusal

OPEN = (ExposureStatus.OPEN,)
NOT_FIRM = (ExposureKind.FORECAST, ExposureKind.HIGHLY_PROBABLE_FORECAST)
RECOGNISED = (ExposureKind.RECOGNISED_ASSET, ExposureKind.RECOGNISED_LIABILITY)
#: One life: each kind may be followed by those after it.
LADDER = (*NOT_FIRM, ExposureKind.FIRM_COMMITMENT, *RECOGNISED)
#: Confirming by this name takes the kind from the side of the amount.
RECOGNISE = "RECOGNISED"
AMENDABLE = {
    "exposure_amount", "expected_date", "window_start", "window_end", "certainty_ratio", "description", "start_date",
    "payment_months", "spread_rate",
}  # fmt: skip


def amend(*, changes: Sequence[Change], actor: Any, reason: str) -> list[ExposureVersion]:
    """Changes amounts, dates, windows, certainty or description. The kind is confirmed, the state has its own verbs.

    A version that still awaits approval may be amended too; the new one then takes its place.
    """

    def amended(change: Change, before: ExposureVersion) -> dict[str, Any]:
        foreign = set(change.terms) - AMENDABLE
        if foreign:
            raise Refusal(f"{', '.join(sorted(foreign))} cannot be amended. Nothing was recorded.")
        if all(getattr(before, name) == value for name, value in change.terms.items()):
            raise Refusal(f"Nothing changes in {before.exposure}: change a term, or leave it as it is.")
        return dict(change.terms)

    return _each("amended", changes, amended, actor=actor, reason=reason, may_wait=True)


def confirm(*, changes: Sequence[Change], actor: Any, reason: str) -> list[ExposureVersion]:
    """Moves exposures on in their life: `kind` is one of `LADDER` or `RECOGNISE`, which takes asset or liability from
    the side of the amount. Amount, dates and certainty may change with it; what is firm is certain unless told."""

    def confirmed(change: Change, before: ExposureVersion) -> dict[str, Any]:
        terms = dict(change.terms)
        amount = terms.get("exposure_amount", before.exposure_amount)
        kind = terms.get("kind")
        if kind == RECOGNISE:
            kind = recognised_kind(amount)
        if (
            before.kind not in LADDER
            or kind not in LADDER
            or LADDER.index(kind) <= LADDER.index(before.kind)
            or (before.kind in RECOGNISED)
        ):
            raise Refusal(
                f"{before.exposure} is {_article(before.kind)}: it is confirmed as"
                f" {_later(before.kind) or 'nothing further'}. Nothing was recorded."
            )
        foreign = set(terms) - AMENDABLE - {"kind"}
        if foreign:
            raise Refusal(
                f"{', '.join(sorted(foreign))} cannot change with a confirmation. Nothing was recorded."
            )
        certain = {"certainty_ratio": Decimal(1)} if kind in FIRM_KINDS else {}
        return certain | terms | {"kind": kind}

    return _each("confirmed", changes, confirmed, actor=actor, reason=reason)


def lower(*, changes: Sequence[Change], actor: Any, reason: str) -> list[ExposureVersion]:
    """A highly probable forecast is a forecast again: no longer highly probable (IFRS 9 6.3.3, 6.5.6)."""

    def lowered(change: Change, before: ExposureVersion) -> dict[str, Any]:
        if before.kind != ExposureKind.HIGHLY_PROBABLE_FORECAST:
            raise Refusal(
                f"{before.exposure} is {_article(before.kind)}; only a highly probable forecast can become a forecast"
                " again. Nothing was recorded."
            )
        return dict(change.terms) | {"kind": ExposureKind.FORECAST}

    return _each("lowered", changes, lowered, actor=actor, reason=reason)


def settle(*, changes: Sequence[Change], actor: Any, reason: str) -> list[ExposureVersion]:
    """Exposures are settled as a whole, at the amount that came (`exposure_amount`, else as it stands).

    What came instead of what was expected stays in the version, for the accuracy of forecasts. A part that came while
    the rest stays open is `splitting.settle_part`.
    """

    def settled(change: Change, before: ExposureVersion) -> dict[str, Any]:
        amount = change.terms.get("exposure_amount", before.exposure_amount)
        if amount * before.exposure_amount <= 0:
            raise Refusal(
                f"{before.exposure} is {'an inflow' if before.exposure_amount > 0 else 'an outflow'}: what is settled"
                " has the same side and is not zero. Cancel what does not come. Nothing was recorded."
            )
        return {"exposure_amount": amount, "status": ExposureStatus.SETTLED}

    return _each("settled", changes, settled, actor=actor, reason=reason)


def cancel(*, changes: Sequence[Change], actor: Any, reason: str) -> list[ExposureVersion]:
    """It will not happen. An exposure that is no longer expected may be cancelled too."""

    def cancelled(change: Change, before: ExposureVersion) -> dict[str, Any]:
        return {"status": ExposureStatus.CANCELLED}

    return _each("cancelled", changes, cancelled, actor=actor, reason=reason,
                 statuses=(*OPEN, ExposureStatus.NO_LONGER_EXPECTED))  # fmt: skip


def no_longer_expected(*, changes: Sequence[Change], actor: Any, reason: str) -> list[ExposureVersion]:
    """A forecast that is not expected any more, though it may still happen (ASC 815-30-40-5; IFRS 9 6.5.12(b))."""

    def given_up(change: Change, before: ExposureVersion) -> dict[str, Any]:
        if before.kind not in NOT_FIRM:
            raise Refusal(
                f"{before.exposure} is {_article(before.kind)}, which is not a matter of expecting: cancel or settle"
                " it. Nothing was recorded."
            )
        return {"status": ExposureStatus.NO_LONGER_EXPECTED}

    return _each("no_longer_expected", changes, given_up, actor=actor, reason=reason)


def recognised_kind(amount: Decimal) -> ExposureKind:
    """An inflow to come is an asset, an outflow a liability."""
    return ExposureKind.RECOGNISED_ASSET if amount > 0 else ExposureKind.RECOGNISED_LIABILITY


def _each(
    verb: str,
    changes: Sequence[Change],
    terms_of: Callable[[Change, ExposureVersion], dict[str, Any]],
    *,
    actor: Any,
    reason: str,
    may_wait: bool = False,
    statuses: Sequence[str] = OPEN,
) -> list[ExposureVersion]:
    if not changes:
        return []
    found = read(changes, reason)
    versions = []
    for change in changes:
        stands = found[change.exposure_id]
        before = basis(stands, statuses=statuses, may_wait=may_wait)
        if before.split_of_id and stands.awaits:
            raise Refusal(
                f"{stands.reference} awaits approval as a part of a split: have the split decided on first."
                " Nothing was recorded."
            )
        terms = terms_of(change, before)
        versions.append(copied(before, stands.newest.version_number + 1, change.valid_from, **terms))
    return recorded(versions, action=f"exposures.exposure.{verb}", actor=actor, reason=reason)


def _article(kind: str) -> str:
    label = ExposureKind(kind).label
    return f"{'an' if label[0] in 'aeiou' else 'a'} {label}"


def _later(kind: str) -> str:
    if kind not in LADDER or kind in RECOGNISED:
        return ""
    later = [ExposureKind(one).label for one in LADDER[LADDER.index(kind) + 1 :]]
    return " or ".join(later)
