"""Credit adjustments of instruments on given days: current exposure times the party's spread to the settlement date.

Rounded, the fair value is rounded once and the adjustment is its rest, so that value + CVA + DVA is the fair value to
the minor unit. Units: currency of the value; shape (instruments, days). Reference: rules sections 1 and 3; IFRS 13.42.
"""

import numpy as np

from hedges.domain.lookup import Lookup
from hedges.domain.rounding import Rounded, rest, rounded
from hedges.domain.terms import Terms
from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.quant.columns import CreditAdjustment
from treasury.quant.numbers import Float, Int
from treasury.quant.valuation.credit import credit_adjustment


def credit_of(known: Terms, look: Lookup, days: Int, value: Float) -> CreditAdjustment:
    """Adjustments of values (instruments, days); what is not with a bank, or is settled daily, has none."""
    market = look.market
    bilateral = known.is_bilateral[:, None]
    other = np.where(bilateral, market.value(market.spreads, days, known.counterparty_spread[:, None]), 0.0)
    own = np.where(bilateral, market.value(market.spreads, days, known.own_spread[:, None]), 0.0)
    years = np.maximum(known.settlement_date[:, None] - days, 0) / DAYS_PER_YEAR
    return credit_adjustment(value, other, own, years)


def rounded_adjustments(credit: CreditAdjustment, value: Rounded, fair: Rounded) -> tuple[Rounded, Rounded]:
    """CVA and DVA of one day: the one that is not zero is the rounded fair value less the rounded value.

    Where a spread is missing and the fair value with it, the adjustment that is known is rounded by itself.
    """
    left = rest(fair, value)

    def one(adjustment: Float) -> Rounded:
        own = rounded(adjustment, value.exponents)
        takes = left.defined & (adjustment != 0)
        return Rounded(np.where(takes, left.minor, own.minor), own.defined, own.exponents)

    return one(credit.credit_value_adjustment[:, 0]), one(credit.debit_value_adjustment[:, 0])
