"""The difference between two frameworks taken apart: parts that add up to it exactly.

Difference = first framework − second. With ΔHI = L + ineffectiveness, `lower_of` = L as if every period had
qualified − ΔHI and `qualification` = L − L as if every period had qualified: so L = ΔHI + lower_of + qualification.
T = R + B is what has left the reserve, s = T/L of the second framework, and `timing` = (T − s·L) of the first.

  part             profit or loss                          reserves                  cost of the item
  lower-of         −(1−s)·Δlower_of                        +(1−s)·Δlower_of
  qualification    −(1−s)·Δqualification                   +(1−s)·Δqualification
  excluded         ΔX in profit or loss + s·ΔΔHI           (1−s)·ΔΔHI + ΔX reserve   ΔX into the item
  basis or timing  timing − ΔB                             −timing                   ΔB
  fair value       Δ of the fair value hedge's result

A lower-of thus has no effect on profit or loss any more once the reserve has gone. Where either framework adjusts a
basis, the last line is that the other keeps the amount in its reserve until earnings are affected (ASC 815, IAS
39.98(a)); where the flows are no longer expected it is the clock of the two (IFRS 9 6.5.12(b); ASC 815-30-40-4, 40-5);
otherwise the dates of release differ. Amounts are rounded half even to the minor unit once a part; `timing` takes the
rest. Reference: rules section 5; IFRS 9 6.5.11-6.5.16; IAS 39.95-39.98; ASC 815-30-35, 815-20-25-82 to 83B.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reports.domain.reconciliation.figures import ZERO, Figures
from treasury.enums import AccountingFramework
from treasury.kernel.money import round_amount
from treasury.queries.rows import Row


@dataclass(frozen=True)
class Side:
    """One framework at one date: its figures and the last knot of its measurement's path."""

    framework: str
    figures: Figures
    path: Row | None = None

    @property
    def lower_of(self) -> Decimal:
        if self.framework == AccountingFramework.ASC815:
            return ZERO
        if self.framework == AccountingFramework.IFRS9:
            return self.figures.recognised - self.figures.designated_change
        return self._had_every_period_qualified() - self.figures.designated_change

    @property
    def qualification(self) -> Decimal:
        return self.figures.recognised - self.figures.designated_change - self.lower_of

    def _had_every_period_qualified(self) -> Decimal:
        """IAS 39: the lower of the two whole cumulative changes, 0 where their signs differ."""
        if not self.path or not self.path["knot_instrument_changes"]:
            return self.figures.recognised
        hedge, item = self.path["knot_instrument_changes"][-1], self.path["knot_hypothetical_changes"][-1]
        if hedge * item <= 0:
            return ZERO
        return max(hedge, item) if hedge < 0 else min(hedge, item)


@dataclass(frozen=True)
class Part:
    """One reason, with its effect on profit or loss, on the reserves and on the cost of an item; + is more of it
    under the first framework."""

    code: str
    profit_or_loss: Decimal
    reserves: Decimal
    item_cost: Decimal

    def less(self, other: Part) -> Part:
        return Part(
            self.code,
            self.profit_or_loss - other.profit_or_loss,
            self.reserves - other.reserves,
            self.item_cost - other.item_cost,
        )


WORDS = {
    "lower_of": "Lower-of",
    "qualification": "Periods that did not qualify",
    "excluded": "Excluded components",
    "basis": "Basis adjustment, or kept in the reserve",
    "clock": "Clock of flows no longer expected",
    "timing": "Date of the release",
    "fair_value": "Adjustment of the hedged item",
}
#: Of basis, clock and timing one line has the amount: which of them it is depends on the hedge.
CODES = ("lower_of", "qualification", "excluded", "basis", "clock", "timing", "fair_value")


def parts(first: Side, second: Side, currency: str, *, no_longer_expected: bool) -> list[Part]:
    """Every part in the order of `CODES`; those without an effect are zero."""
    one, other = first.figures, second.figures
    whole = other.recognised
    share = (other.reclassified + other.basis_adjusted) / whole if whole else ZERO

    def left(amount: Decimal) -> Decimal:
        """What of an amount in L has left the reserve by now."""
        return round_amount(share * amount, currency)

    lower_of, qualification = first.lower_of - second.lower_of, first.qualification - second.qualification
    component = one.designated_change - other.designated_change
    gone = [left(amount) for amount in (lower_of, qualification, component)]
    released = one.reclassified + one.basis_adjusted - other.reclassified - other.basis_adjusted
    timing, basis = released - sum(gone), one.basis_adjusted - other.basis_adjusted
    named = _release(one, other, no_longer_expected)
    excluded = (one.excluded + one.amortised + one.released) - (
        other.excluded + other.amortised + other.released
    )
    found = {
        "lower_of": Part("lower_of", gone[0] - lower_of, lower_of - gone[0], ZERO),
        "qualification": Part("qualification", gone[1] - qualification, qualification - gone[1], ZERO),
        "excluded": Part(
            "excluded",
            excluded + gone[2],
            component - gone[2] + one.cost_reserve - other.cost_reserve,
            one.cost_into_item - other.cost_into_item,
        ),
        named: Part(named, timing - basis, -timing, basis),
        "fair_value": Part(
            "fair_value",
            one.fair_value_result
            + one.adjustment_amortised
            - other.fair_value_result
            - other.adjustment_amortised,
            ZERO,
            ZERO,
        ),
    }
    return [found.get(code, Part(code, ZERO, ZERO, ZERO)) for code in CODES]


def _release(one: Figures, other: Figures, no_longer_expected: bool) -> str:
    if one.basis_adjusted or other.basis_adjusted:
        return "basis"
    return "clock" if no_longer_expected else "timing"
