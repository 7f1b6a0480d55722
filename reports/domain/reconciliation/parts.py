"""The difference between two frameworks taken apart, each part from the measurement's own figures.

Difference = first framework − second. Of each side: F the change of what is designated in fair value, X the excluded
elements of it, ΔHI the designated component, L what the rules of the framework keep of ΔHI on the measured path:
L = ΔHI + lower_of + qualification, where `lower_of` counts every period and `qualification` those that failed.
T = R + B is what has left the reserve, s = T/L of the second side; a fair value hedge has T = L = ΔHI.

  part             profit or loss                          reserves                  cost of the item
  volume or term   s·ΔF                                    (1−s)·ΔF
  excluded         ΔX in profit or loss − s·ΔX             ΔX in reserve − (1−s)·ΔX  ΔX into the item
  lower-of         −(1−s)·Δlower_of                        (1−s)·Δlower_of
  qualification    −(1−s)·Δqualification                   (1−s)·Δqualification
  basis or timing  τ − ΔB                                  −τ                        ΔB
  fair value       Δ of the item's adjustment and its amortisation

with τ = ΔT − s·(ΔF − ΔX + Δlower_of + Δqualification): what has left beyond the second side's share. A lower-of thus
has no effect on profit or loss any more once the reserve has gone. Where either framework adjusts a basis, τ is that
the other keeps the amount in its reserve until earnings are affected (ASC 815, IAS 39.98(a)); where the flows are no
longer expected it is the clock of the two (IFRS 9 6.5.12(b); ASC 815-30-40-4, 40-5); otherwise dates of release differ.
The journal has no part in this: what it holds beyond the parts is not explained. Functional currency, gains +; each
share is rounded half even to the minor unit. Reference: rules section 5; IFRS 9 6.5.11-6.5.16; IAS 39.95-39.98;
ASC 815-30-35, 815-20-25-82 to 83B.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reports.domain.reconciliation.basis import Basis
from reports.domain.reconciliation.figures import ZERO
from treasury.kernel.money import round_amount


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
    "volume": "Volume or term",
    "lower_of": "Lower-of",
    "qualification": "Periods that did not qualify",
    "excluded": "Excluded components",
    "basis": "Basis adjustment, or kept in the reserve",
    "clock": "Clock of flows no longer expected",
    "timing": "Date of the release",
    "fair_value": "Adjustment of the hedged item",
}
#: Of basis, clock and timing one line has the amount: which of them it is depends on the hedge.
CODES = ("volume", "lower_of", "qualification", "excluded", "basis", "clock", "timing", "fair_value")
#: What the journal holds beyond all parts.
UNEXPLAINED = "unexplained"


def parts(first: Basis, second: Basis, currency: str, *, no_longer_expected: bool) -> list[Part]:
    """Every part in the order of `CODES`; those without an effect are zero."""
    share = second.left / second.kept if second.kept else ZERO
    one, other = first.measured, second.measured

    def left(amount: Decimal) -> Decimal:
        """What of an amount in L has left the reserve by now."""
        return round_amount(share * amount, currency)

    volume, excluded = first.change - second.change, first.excluded - second.excluded
    lower_of, qualification = first.lower_of - second.lower_of, first.qualification - second.qualification
    gone = {
        "volume": left(volume), "excluded": left(excluded), "lower_of": left(lower_of),
        "qualification": left(qualification),
    }  # fmt: skip
    beyond = first.left - second.left - gone["volume"] + gone["excluded"]
    beyond -= gone["lower_of"] + gone["qualification"]
    into_cost = one.basis_adjusted - other.basis_adjusted
    named = _release(first, second, no_longer_expected)
    adjusted = first.adjusted - second.adjusted
    found = {
        "volume": Part("volume", gone["volume"], volume - gone["volume"], ZERO),
        "lower_of": _kept("lower_of", lower_of, gone["lower_of"]),
        "qualification": _kept("qualification", qualification, gone["qualification"]),
        "excluded": Part(
            "excluded",
            first.excluded_result - second.excluded_result - gone["excluded"],
            one.cost_reserve - other.cost_reserve - excluded + gone["excluded"],
            one.cost_into_item - other.cost_into_item,
        ),
        named: Part(named, beyond - into_cost, -beyond, into_cost),
        "fair_value": Part("fair_value", adjusted, ZERO, ZERO),
    }
    return [found.get(code, Part(code, ZERO, ZERO, ZERO)) for code in CODES]


def _kept(code: str, more: Decimal, gone: Decimal) -> Part:
    """More of one change kept in the reserve: less of it in profit or loss, until it leaves."""
    return Part(code, gone - more, more - gone, ZERO)


def _release(first: Basis, second: Basis, no_longer_expected: bool) -> str:
    if first.measured.basis_adjusted or second.measured.basis_adjusted:
        return "basis"
    return "clock" if no_longer_expected else "timing"
