"""Credit adjustments of instruments on given days: current exposure times the party's spread to the settlement date.

Units: currency of the value; shape (instruments, days). Reference: rules section 3; IFRS 13.42.
"""

import numpy as np

from hedges.domain.lookup import Lookup
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
