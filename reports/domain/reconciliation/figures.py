"""The figures of one relationship under one framework, cumulative, from its journal lines; gains +.

With ΔHI the change of the designated component, L what was recognised in the reserve, R what was reclassified, a loss
that will not be recovered with it, B what went into an item's cost, X the excluded components and their costs:
ΔHI = L + ineffectiveness; profit or loss = ineffectiveness + X in profit or loss + R; reserves = L − R − B + X in the
reserve; cost of the item = B + X into the item. Reference: IFRS 9 6.5.8-6.5.16; ASC 815-30-35, 815-20-25-83A.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal

from hedges.enums import AccountRole, PostingRule
from treasury.queries.rows import Row

ZERO = Decimal(0)
_RESERVES = (AccountRole.CASH_FLOW_HEDGE_RESERVE, AccountRole.TRANSLATION_RESERVE)


@dataclass(frozen=True)
class Figures:
    """`released` is what left the cost reserve into profit or loss, `cost_into_item` into an item's cost."""

    recognised: Decimal = ZERO
    ineffectiveness: Decimal = ZERO
    excluded: Decimal = ZERO
    cost_recognised: Decimal = ZERO
    amortised: Decimal = ZERO
    released: Decimal = ZERO
    cost_into_item: Decimal = ZERO
    reclassified: Decimal = ZERO
    basis_adjusted: Decimal = ZERO
    fair_value_result: Decimal = ZERO
    adjustment: Decimal = ZERO
    adjustment_amortised: Decimal = ZERO

    @property
    def designated_change(self) -> Decimal:
        return self.recognised + self.ineffectiveness

    @property
    def profit_or_loss(self) -> Decimal:
        costs = self.excluded + self.amortised + self.released
        return (
            self.ineffectiveness
            + costs
            + self.reclassified
            + self.fair_value_result
            + self.adjustment_amortised
        )

    @property
    def reserves(self) -> Decimal:
        """Held in equity: the two reserves together."""
        return self.recognised - self.reclassified - self.basis_adjusted + self.cost_reserve

    @property
    def cost_reserve(self) -> Decimal:
        return self.cost_recognised - self.amortised - self.released - self.cost_into_item

    @property
    def item_cost(self) -> Decimal:
        """Off the cost of an item: a gain makes it cheaper, +."""
        return self.basis_adjusted + self.cost_into_item

    def less(self, other: Figures) -> Figures:
        return Figures(*[getattr(self, one.name) - getattr(other, one.name) for one in fields(self)])


def of_lines(lines: list[Row]) -> Figures:
    """The figures that these lines add up to."""

    def total(role: str | tuple[str, ...], *rules: str) -> Decimal:
        roles = (role,) if isinstance(role, str) else role
        return sum(
            (
                row["amount"]
                for row in lines
                if row["account_role"] in roles and (not rules or row["rule"] in rules)
            ),
            ZERO,
        )

    costs, released = AccountRole.COST_OF_HEDGING_RESERVE, PostingRule.COST_RELEASE
    return Figures(
        recognised=total(_RESERVES, PostingRule.REMEASUREMENT),
        ineffectiveness=total(AccountRole.INEFFECTIVENESS),
        excluded=total(AccountRole.EXCLUDED_COMPONENT),
        cost_recognised=total(costs, PostingRule.REMEASUREMENT),
        amortised=total(AccountRole.COST_OF_HEDGING),
        released=total(AccountRole.HEDGED_ITEM_RESULT, released, PostingRule.COST_LOST),
        cost_into_item=total(AccountRole.NON_FINANCIAL_ITEM, released),
        reclassified=-total(_RESERVES, PostingRule.RECLASSIFICATION, PostingRule.LOSS_NOT_RECOVERED),
        basis_adjusted=-total(_RESERVES, PostingRule.BASIS_ADJUSTMENT),
        fair_value_result=total(AccountRole.FAIR_VALUE_HEDGE_RESULT),
        adjustment=-total(AccountRole.HEDGED_ITEM_CARRYING_AMOUNT),
        adjustment_amortised=total(AccountRole.HEDGED_ITEM_RESULT, PostingRule.ITEM_ADJUSTMENT_AMORTISATION),
    )
