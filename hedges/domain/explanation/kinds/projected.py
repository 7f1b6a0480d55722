"""Rates and discount factors of a swap's payments on one day, from the sealed curves and fixings."""

from __future__ import annotations

import numpy as np

from hedges.domain.explanation.priced import Priced
from hedges.domain.swap_values import index_accruals
from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.quant.curves.zero import discount_factors, projected_rates
from treasury.quant.numbers import Float


def projected_flows(found: Priced) -> tuple[Float, Float]:
    """Floating rate with its spread, and discount factor, of each flow. A fixing older than the limit is none."""
    flows, terms, look = found.flows, found.terms, found.case.sealed.lookup
    market, on = look.market, np.full(flows.pay_date.shape, found.payment_day)
    risk = np.broadcast_to(terms.risk, on.shape)
    place, curve, index = market.position(on), look.quote_curve[risk], look.projection[risk]
    start, end = (flows.period_start - on) / DAYS_PER_YEAR, (flows.pay_date - on) / DAYS_PER_YEAR
    fixing = market.value(market.fixings, flows.period_start, look.fixing[risk])
    age = market.age(market.fixings, flows.period_start, look.fixing[risk])
    fixing = np.where(age > terms.stale_after[0], np.nan, fixing)
    rates = projected_rates(
        market.curves, place, index, start, end, index_accruals(flows, terms.risk, look), fixing
    )
    return rates + terms.spread_rate[0], discount_factors(market.curves, place, curve, end)
