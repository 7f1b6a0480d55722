"""Why a hedge ratio is another one than before: parts in a stated order that add up to the difference, exactly.

Formula: R = −H/E; the causes are applied one after another, each on what those before it have left:
part i = R(E₀+ΣΔE, H₀+ΣΔH up to i) − the same up to i−1, in rational numbers, so that the parts telescope to
R₁ − R₀ and the remainder is zero by construction. A state without an exposure has no ratio: its part is None, and the
next state that has one takes the whole step from the last that had. Shown in percentage points with one decimal, each
part is the difference of the rounded levels beside it, so that what is shown adds up too.
Units: amounts in minor units, signed (long +); ratios fractions. Reference: rules section 2, amount hedge ratio; the
order is the caller's and is printed.
Worked example: E 100, H −50 (0.50); new exposure +25 → 50/125 = 0.40, part −0.10; new trade −25 → 75/125 = 0.60,
part +0.20; in all +0.10.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class RatioPart:
    """One cause: the ratio once it and all before it are counted, and what it moved; None where there is no ratio."""

    ratio: Fraction | None
    moved: Fraction | None
    #: `moved` in percentage points, one decimal: the difference of the levels as they are shown.
    points: Decimal | None


def ratio_of(exposure: int, hedge: int) -> Fraction | None:
    """−H/E; None over nothing."""
    return Fraction(-hedge, exposure) if exposure else None


def ratio_attribution(states: Sequence[tuple[int, int]]) -> list[RatioPart]:
    """The parts between consecutive states (exposure, hedge): one fewer than there are states."""
    level = ratio_of(*states[0])
    found = []
    for exposure, hedge in states[1:]:
        ratio = ratio_of(exposure, hedge)
        if ratio is None or level is None:
            found.append(RatioPart(ratio, None, None))
        else:
            found.append(RatioPart(ratio, ratio - level, percent(ratio) - percent(level)))
        level = level if ratio is None else ratio
    return found


def percent(ratio: Fraction) -> Decimal:
    """A ratio in per cent with one decimal, half to even."""
    tenths = round(ratio * 1000)
    return Decimal(tenths).scaleb(-1).quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)
