"""How much to trade so that a bucket stands in its band, in whole steps or whole contracts.

Formula: at a ratio r the trade is −r·E − H (E net exposure, H hedges, both signed, long +); it is counted in steps of
`step` (a contract's multiplier, or what amounts are rounded to). To the target: the nearest number of steps, half to
even; to a limit: the next number away from zero, which is on the band's side of it. Where rounding leaves the band, the
neighbours are tried. Units: the risk's unit. Reference: rules section 2, policy band; FAQ §8.
Worked example: E 1,000,000, H −600,000, band 70/80/90 %: to the target −200,000; in contracts of 125,000 that is
−1.6 → −2 contracts = −250,000, ratio 0.85; to the nearest limit −100,000 → −1 contract = −125,000, ratio 0.725.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from hedges.enums import ProposalAim

TARGET, LIMIT = "TARGET", "LIMIT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A bucket of an entity and risk in one run; ratios None: policy says nothing."""

    exposure: Decimal
    hedges: Decimal
    lower: Decimal | None
    target: Decimal | None
    upper: Decimal | None

    def ratio_with(self, trade: Decimal) -> Fraction | None:
        """Cover over exposure once `trade` is dealt; None without an exposure."""
        return -Fraction(self.hedges + trade) / Fraction(self.exposure) if self.exposure else None

    def holds(self, trade: Decimal) -> bool:
        """Whether the bucket stands in its band once `trade` is dealt; on an edge is inside."""
        ratio = self.ratio_with(trade)
        if ratio is None or self.lower is None or self.upper is None:
            return False
        # Above 100 % and below 0 % are breaches of their own, whatever the band.
        return max(Fraction(self.lower), Fraction(0)) <= ratio <= min(Fraction(self.upper), Fraction(1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """`steps` whole steps, `amount` of them signed; without a trade (`amount` 0) `why` says why."""

    amount: Decimal = Decimal(0)
    steps: int = 0
    aim: str = ""
    why: str = ""


def size(cell: Cell, *, aim: str, step: Decimal, minimum: Decimal = Decimal(0)) -> Size:
    """What to trade to the target, or to the nearest limit of the band (nothing where it stands in it)."""
    if not cell.exposure:
        return Size(why="No exposure: there is no ratio to bring anywhere.")
    if cell.lower is None or cell.target is None or cell.upper is None:
        return Size(why="Policy has no band for this bucket.")
    toward = TARGET if aim == TARGET else _nearest_limit(cell)
    if not toward:
        return Size(why="It stands in its band.")
    # Above 100 % is a breach of its own: an upper limit beyond it is not gone to.
    edges = {
        ProposalAim.TARGET: cell.target,
        ProposalAim.LOWER: cell.lower,
        ProposalAim.UPPER: min(cell.upper, Decimal(1)),
    }
    edge = edges[ProposalAim(toward)]
    wanted = -Fraction(edge) * Fraction(cell.exposure) - Fraction(cell.hedges)
    counted = wanted / Fraction(step)
    best = round(counted) if toward == TARGET else (ceil(counted) if counted > 0 else floor(counted))
    for steps in (best, floor(counted), ceil(counted)):
        if cell.holds(steps * step):
            break
    else:
        return Size(
            why=f"No whole number of {step.normalize():,f} stands in the band; choose a smaller step."
        )
    amount = steps * step
    if not amount:
        return Size(why="It stands on its target, as near as the step allows.")
    if abs(amount) < minimum:
        return Size(why=f"{abs(amount):,f} is less than the smallest deal of {minimum:,f}.")
    return Size(amount=amount, steps=steps, aim=toward)


def _nearest_limit(cell: Cell) -> str:
    ratio = cell.ratio_with(Decimal(0))
    assert ratio is not None and cell.lower is not None and cell.upper is not None
    if ratio < Fraction(cell.lower) or ratio < 0:
        return ProposalAim.LOWER.value
    if ratio > min(Fraction(cell.upper), Fraction(1)):
        return ProposalAim.UPPER.value
    return ""
