"""What the parts of one side are computed from: the last close's measurement of a relationship, not its journal.

Functional currency, cumulative, gains +. L is found again from the path of knots by the rules of the framework, once
with the periods that qualified and once as if all had. Reference: IFRS 9 6.5.11, 6.5.13; IAS 39.96; ASC 815-30-35-3.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from hedges.enums import CostRelation, HedgeType, ReleasePattern
from reports.domain.reconciliation.figures import ZERO, Figures
from treasury.enums import AccountingFramework
from treasury.quant.codes import Framework
from treasury.quant.measurement.cash_flow_hedge_reserve import cash_flow_hedge_reserve
from treasury.quant.measurement.net_investment import net_investment_reserve
from treasury.queries.rows import Row

NONE = Figures()


@dataclass(frozen=True)
class Basis:
    """`change`: of what is designated, in fair value; `kept`: L by the rules; `left`: what has left the reserve."""

    measured: Figures = NONE
    change: Decimal = ZERO
    kept: Decimal = ZERO
    left: Decimal = ZERO
    lower_of: Decimal = ZERO
    qualification: Decimal = ZERO

    @property
    def excluded(self) -> Decimal:
        return self.measured.excluded + self.measured.cost_recognised

    @property
    def excluded_result(self) -> Decimal:
        return self.measured.excluded + self.measured.amortised + self.measured.released

    @property
    def adjusted(self) -> Decimal:
        """What an item's adjustment and its amortisation did to profit or loss."""
        return self.measured.adjustment + self.measured.adjustment_amortised


def of_measurement(row: Row | None) -> Basis:
    """Of a row of `reconciled.measurements`; nothing where nothing was measured."""
    if row is None:
        return Basis()
    figures, change = _figures(row), row["fair_value_change"] or ZERO
    hedge = row["cumulative_change_instrument"] or ZERO
    if row["hedge_type"] == HedgeType.FAIR_VALUE:
        return Basis(figures, change, kept=hedge, left=hedge)
    kept, had_all_qualified = _by_the_rules(row, qualifying=True), _by_the_rules(row, qualifying=False)
    return Basis(
        figures,
        change,
        kept,
        left=figures.reclassified + figures.basis_adjusted,
        lower_of=had_all_qualified - hedge,
        qualification=kept - had_all_qualified,
    )


def _by_the_rules(row: Row, *, qualifying: bool) -> Decimal:
    """L at the last knot; with `qualifying` False as if every period had qualified."""
    if not row["knot_instrument_changes"]:
        return ZERO
    rule = (
        net_investment_reserve if row["hedge_type"] == HedgeType.NET_INVESTMENT else cash_flow_hedge_reserve
    )
    hedge, item = (
        np.array([row[name]], dtype=object)
        for name in ("knot_instrument_changes", "knot_hypothetical_changes")
    )
    passed = np.array([row["knot_qualifying"]], dtype=bool) | (not qualifying)
    found: Decimal = rule(hedge, item, Framework[row["framework"]], passed).reserve[0, -1]
    return found


def _figures(row: Row) -> Figures:
    """The amounts that a close has measured, in the places where its posting rules put them."""
    amount = {name: row[name] or ZERO for name in AMOUNTS}
    has_cost = row["release_pattern"] == ReleasePattern.BASIS_ADJUSTMENT
    takes_cost = (
        has_cost
        and row["framework"] == AccountingFramework.IFRS9
        and row["cost_relation"] == CostRelation.TRANSACTION
    )
    released = amount["cost_released"]
    return Figures(
        recognised=amount["cumulative_recognised"],
        excluded=amount["excluded_in_profit_or_loss"],
        cost_recognised=amount["cost_recognised"],
        amortised=-amount["cost_amortised"],
        released=amount["cost_lost"] + (ZERO if takes_cost else released),
        cost_into_item=released if takes_cost else ZERO,
        reclassified=amount["cumulative_reclassified"] + amount["loss_not_recovered"],
        basis_adjusted=amount["cumulative_basis_adjusted"],
        adjustment=amount["item_adjustment"],
        adjustment_amortised=ZERO if has_cost else -amount["item_adjustment_amortised"],
    )


AMOUNTS = (
    "fair_value_change", "cumulative_change_instrument", "cumulative_recognised", "cumulative_reclassified",
    "cumulative_basis_adjusted", "loss_not_recovered", "excluded_in_profit_or_loss", "cost_recognised",
    "cost_amortised", "cost_released", "cost_lost", "item_adjustment", "item_adjustment_amortised",
)  # fmt: skip
