"""States that a loss in a cash flow hedge reserve will not be recovered: prepared by one person, agreed to by another.

On the day stated the loss, at most what is there, leaves the reserve for profit or loss; the month that holds the day
takes it with its close. What the item takes along later is less by it; it is never taken back. Reference: IFRS 9
6.5.11(d)(iii); IAS 39.97, 39.98; ASC 815-30-35-40.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from hedges.domain import accounting_periods
from hedges.domain.entitled import decides, prepares
from hedges.domain.measurement.book import Book, read
from hedges.domain.measurement.item_layers import CASH_FLOW
from hedges.domain.measurement.measure import measure
from hedges.domain.sealed import Shard
from hedges.domain.unsealed import inputs_now
from hedges.enums import PeriodStatus
from hedges.models import (
    AccountingPeriod,
    HedgeRelationship,
    UnrecoveredLossVersion,
    UnrecoveredLossVersionApproval,
)
from treasury.domain import approval, audit
from treasury.domain.refusals import Refusal, as_refusal
from treasury.domain.versions import as_recorded
from treasury.enums import Decision
from treasury.kernel.errors import InputError
from treasury.kernel.money import from_minor_units, to_minor_units
from treasury.models import Entity
from treasury.quant.codes import reason_names
from treasury.quant.measurement.loss_not_recovered import MILLION

NOTHING = "Nothing was recorded."


@dataclass(frozen=True, slots=True)
class Effect:
    """What a statement would take on its day, in `currency`: the reserve before and after, and the loss, gains +."""

    on: date
    currency: str
    reserve: Decimal
    loss: Decimal

    @property
    def left(self) -> Decimal:
        return self.reserve - self.loss


def state(
    *,
    relationship: HedgeRelationship,
    on: date,
    reason: str,
    evidence: str,
    actor: Any,
    amount: Decimal | None = None,
    share: Decimal | None = None,
) -> UnrecoveredLossVersion:
    """Records the statement; nothing is measured by it before another person agrees.

    Either `amount`, above 0 in the functional currency, or `share` of the loss that is in the reserve that day. Raises
    Refusal: no role at the entity, no reason or evidence, a day that is to come or in a closed month, a hedge without
    such a reserve, one without a loss that day, a statement that waits.
    """
    prepares(actor, relationship.entity_id, "states that a loss will not be recovered")
    if not reason.strip() or not evidence.strip():
        raise Refusal(
            "Say why the loss will not be recovered, and on what that rests (6.5.11(d)(iii)). " + NOTHING
        )
    _must_be_open(relationship.entity, on)
    if on <= accounting_periods.today(relationship.entity):
        effect(relationship=relationship, on=on, amount=amount, share=share)
    currency = relationship.entity.functional_currency_id
    with (
        as_refusal(),
        audit.action("hedges.relationship.loss_stated", actor=actor, subject=relationship, reason=reason),
    ):
        version = UnrecoveredLossVersion.objects.create(
            relationship=relationship,
            valid_from=on,
            loss_amount=amount,
            loss_share=share,
            currency_id=currency,
            change_reason=reason,
            evidence=evidence,
        )
        return as_recorded([version])[0]


def effect(
    *, relationship: HedgeRelationship, on: date, amount: Decimal | None = None, share: Decimal | None = None
) -> Effect:
    """What the statement would take, on the book and quotes as known now. Raises Refusal where there is no loss."""
    currency = relationship.entity.functional_currency_id
    amount_units, millionths = _typed(amount, share, currency)
    sealed = inputs_now(on, entity_id=relationship.entity_id)
    book = read(Shard.of_one(sealed, relationship.pk).at)
    if not book.relationships["relationship_id"].size:
        raise Refusal(f"{relationship.code} has no hedge accounting on {on}, and so no reserve. {NOTHING}")
    if int(book.relationships["hedge_type"][0]) != CASH_FLOW:
        raise Refusal(
            f"{relationship.code} is not a cash flow hedge: only its reserve holds a loss to recover"
            f" (IFRS 9 6.5.11(d)(iii)). {NOTHING}"
        )
    measured = measure(sealed, _with(book, relationship.pk, on, amount_units, millionths))
    before = measure(sealed, book)
    if not (measured.known[0] and before.known[0]):
        why = ", ".join(reason_names(int(before.reasons[0]))).replace("_", " ")
        raise Refusal(
            f"{relationship.code} cannot be measured on {on} ({why}): record what is missing. {NOTHING}"
        )
    reserve, left = (
        from_minor_units(int(found.amounts["reserve_balance"][0]), currency) for found in (before, measured)
    )
    if reserve >= 0:
        raise Refusal(
            f"The reserve of {relationship.code} holds no loss on {on}: it stands at {reserve} {currency}, gains +."
            f" {NOTHING}"
        )
    return Effect(on, currency, reserve, reserve - left)


def approve(
    *, version: UnrecoveredLossVersion, actor: Any, comment: str = "", digest: str | None = None
) -> None:
    """A second person's yes: the next night, and the close of its month, take the loss out of the reserve.

    Raises Refusal: no role at the entity, the person who stated it, another digest than the one seen, decided already,
    a month that is closed by now.
    """
    _decide(version, actor, Decision.APPROVED, comment, digest)


def reject(
    *, version: UnrecoveredLossVersion, actor: Any, comment: str = "", digest: str | None = None
) -> None:
    """A second person's no: the reserve stays as it is, and another statement can be made."""
    _decide(version, actor, Decision.REJECTED, comment, digest)


def _decide(
    version: UnrecoveredLossVersion, actor: Any, decision: Decision, comment: str, digest: str | None
) -> None:
    decides(actor, version.relationship.entity_id, "decides on a loss that will not be recovered")
    approval.decide(
        versions=[version],
        approvals=UnrecoveredLossVersionApproval,
        actor=actor,
        decision=decision,
        comment=comment,
        digests=None if digest is None else [digest],
    )


def _must_be_open(entity: Entity, on: date) -> None:
    """The trigger holds the same, also against a close at the same time."""
    closed = AccountingPeriod.objects.filter(entity=entity, status=PeriodStatus.CLOSED)
    last = closed.order_by("-period_start").values_list("period_start", flat=True).first()
    if last is not None and on < accounting_periods.next_month(last):
        first = accounting_periods.next_month(last)
        raise Refusal(f"The period of {on} is closed: state the loss for {first} or later. {NOTHING}")


def _typed(amount: Decimal | None, share: Decimal | None, currency: str) -> tuple[int, int]:
    """Minor units and millionths, one of them 0."""
    if (amount is None) == (share is None):
        raise Refusal(f"State either an amount or a share of the loss, not both and not neither. {NOTHING}")
    if share is not None:
        millionths = share * MILLION
        if not 0 < share <= 1 or millionths != millionths.to_integral_value():
            raise Refusal(f"A share is above 0 and at most 1, with at most six decimals. {NOTHING}")
        return 0, int(millionths)
    assert amount is not None
    try:
        units = to_minor_units(amount, currency)
    except InputError as error:
        raise Refusal(f"{error} {NOTHING}") from error
    if units <= 0:
        raise Refusal(f"A loss is stated as an amount above 0. {NOTHING}")
    return units, 0


def _with(book: Book, relationship_id: int, on: date, amount: int, share: int) -> Book:
    """The book with one statement more, which counts after those of its day."""
    losses = {
        name: np.append(values, np.array([value], dtype=values.dtype))
        for (name, values), value in zip(
            book.losses.items(), (relationship_id, on.toordinal(), amount, share), strict=True
        )
    }
    return replace(book, losses=losses)
