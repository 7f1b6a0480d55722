"""What of an exposure or a notional is designated: all of it, an amount, a share, a layer, a part of the term.

A layer is the units from `unit_from` on (IFRS 9 6.6.3(b): the bottom layer starts at 0); without it the lowest free
ones are taken. Amounts are signed like what they are part of, in its unit; `period_to` is exclusive.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from treasury.domain.refusals import Refusal
from treasury.kernel.money import from_minor_units, to_minor_units


@dataclass(frozen=True)
class Part:
    """A part of the exposure or instrument whose newest approved `version` this is; without amount and share: all."""

    version: Any
    amount: Decimal | None = None
    proportion: Decimal | None = None
    unit_from: int | None = None
    period_from: date | None = None
    period_to: date | None = None


def part(given: Any) -> Part:
    """A Part, or the pair (version, amount) that stands for one."""
    return given if isinstance(given, Part) else Part(given[0], Decimal(given[1]))


def signed_amount(of: Part, whole: Decimal, unit: str) -> Decimal:
    """How much of `whole` (signed, in `unit`) the part is. Raises Refusal: a share that is none, two answers."""
    if of.amount is not None and of.proportion is not None:
        raise Refusal("A part is given by an amount or by a proportion, not by both.")
    if of.amount is not None:
        if not of.amount.is_finite() or of.amount * whole <= 0:
            raise Refusal(
                f"{of.amount} {unit} is no part of {whole} {unit}: give an amount with the same sign, not zero."
            )
        return of.amount
    units = abs(to_minor_units(whole, unit))
    if of.proportion is not None:
        if not (of.proportion.is_finite() and 0 < of.proportion <= 1):
            raise Refusal(f"{of.proportion} is no proportion: give one above 0, up to 1.")
        units = round(units * of.proportion)
    else:
        units -= of.unit_from or 0
    if units <= 0:
        raise Refusal(f"This part of {whole} {unit} is empty: give a larger proportion or a lower unit_from.")
    return from_minor_units(units, unit).copy_sign(whole)
