"""Columns that the measurement formulas answer with; periods on the last axis, amounts as they came in."""

from __future__ import annotations

from dataclasses import dataclass

from treasury.quant.numbers import Amounts, Float, Mask


@dataclass(frozen=True, slots=True)
class ReserveColumns:
    """Cumulative reserve, its change of each period, and what the period takes to profit or loss.

    Σ oci_movement + Σ ineffectiveness is the instrument's cumulative change.
    """

    reserve: Amounts
    oci_movement: Amounts
    ineffectiveness: Amounts


@dataclass(frozen=True, slots=True)
class CostOfHedgingColumns:
    """Reserve net of amortisation, its change, and the rest of the actual value's change (gains +)."""

    reserve: Amounts
    oci_movement: Amounts
    profit_or_loss: Amounts


@dataclass(frozen=True, slots=True)
class FairValueHedgeColumns:
    """Cumulative adjustment of the item's carrying amount (debit +) and each period's ineffectiveness."""

    carrying_amount_adjustment: Amounts
    ineffectiveness: Amounts


@dataclass(frozen=True, slots=True)
class EffectiveRateColumns:
    """The one rate a year that gives the carrying amount; NaN with a reason where there is no such one."""

    effective_rate: Float
    reasons: Mask


@dataclass(frozen=True, slots=True)
class AmortisationColumns:
    """Effective rate of the adjusted carrying amount, shape (n,), and amortisation, shape (n, flows)."""

    effective_rate: Float
    amortisation: Float
    reasons: Mask


@dataclass(frozen=True, slots=True)
class HypotheticalColumns:
    """Rate at which the hypothetical derivative is struck, and its value there, asset +."""

    struck_rate: Float
    present_value_at_designation: Float
    reasons: Mask


@dataclass(frozen=True, slots=True)
class ReleaseColumns:
    """What has left a reserve so far, what leaves it in each period, and the balance that waits."""

    released: Amounts
    release: Amounts
    balance: Amounts


@dataclass(frozen=True, slots=True)
class ItemReleaseColumns:
    """Cumulative: what left with flows that happened, with flows that are lost, and what was gained after flows."""

    happened: Amounts
    lost: Amounts
    afterwards: Amounts


@dataclass(frozen=True, slots=True)
class CostReserveColumns:
    """Cumulative at each knot: change taken to the reserve, opening value amortised, and what left it with its part."""

    recognised: Amounts
    amortised: Amounts
    released: Amounts


@dataclass(frozen=True, slots=True)
class LifeColumns:
    """Cumulative at each knot, gains +. `adjustment` and `adjustment_released` are those of fair value hedges;
    `not_recovered` is a loss that left for profit or loss ahead of its item."""

    recognised: Amounts
    ineffectiveness: Amounts
    reclassified: Amounts
    basis_adjusted: Amounts
    adjustment: Amounts
    adjustment_released: Amounts
    not_recovered: Amounts
