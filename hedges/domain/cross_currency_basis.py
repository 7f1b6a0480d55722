"""What the currency basis of cross-currency swaps is worth, by flow, with its cost that is still to come.

Every flow of the base currency is the notional of a forward to its day, b the market's forward less the one by covered
parity, t a day, 0 the one the hedge is struck on: basis_t = Σ A·(b_t(T)·D_t(T) + b_0(T)·(1 − D_t(T))) over what is
still to be paid, A the coupons, the principal at the end and, less, at a start that is to come. It begins with Σ
A·b_0(T) and ends at 0, like that of a forward. Where the notional resets, the quote leg of a period to come is lent at
the forward to its start s, too: less N·b_t(s)·((1 + c·a)·D_t(e) − D_t(s)), which ends with its fixing.
Units: quote currency of the risk, asset +; shape (swaps, days). Reference: IFRS 9 6.5.16, B6.5.34; rules sections 3, 5.
"""

import numpy as np

from hedges.domain.lookup import Lookup
from hedges.domain.terms import Flows, Terms
from treasury.quant.measurement.excluded_elements import hypothetical_currency_basis
from treasury.quant.numbers import Float, Int
from treasury.quant.sums import segment_sums


def cross_currency_basis(terms: Terms, flows: Flows, lookup: Lookup, days: Int) -> Float:
    """Column 0 of `days` is the day the hedge is struck on; NaN without a usable curve for the parity."""
    days = np.minimum(days, np.minimum(terms.settlement_date, flows.last_date)[:, None])
    row, first, accrual = flows.row, flows.is_first, flows.accrual
    last = np.append(row[1:] != row[:-1], True) if row.size else first
    on, size = days.T[:, row], terms.notional[row]

    def basis(amount: Float, to: Int) -> Float:
        spread = _spread(lookup, terms.risk[row], on, to)
        return hypothetical_currency_basis(amount, spread[:1], spread, _factor(lookup, terms, row, on, to))

    end = np.where(
        flows.pay_date >= on, basis(size * (terms.fixed_rate[row] * accrual + last), flows.pay_date), 0.0
    )
    start = np.where(first & (flows.period_start > on), basis(size, flows.period_start), 0.0)
    resets = terms.resets_notional[row] & ~first & (flows.period_start > on)
    lent = (1.0 + terms.counter_fixed_rate[row] * accrual) * _factor(lookup, terms, row, on, flows.pay_date)
    lent = lent - _factor(lookup, terms, row, on, flows.period_start)
    reset = np.where(resets, size * _spread(lookup, terms.risk[row], on, flows.period_start) * lent, 0.0)
    value = segment_sums(end - start - reset, flows.offsets).T
    age = lookup.curve_age(days, lookup.base_parity[terms.risk][:, None])
    return np.where(age > terms.stale_after[:, None], np.nan, value)


def _spread(lookup: Lookup, risk: Int, on: Int, to: Int) -> Float:
    """The market's forward less the one by covered parity."""
    return lookup.forward(risk, on, to) - lookup.parity_forward(risk, on, to)


def _factor(lookup: Lookup, terms: Terms, row: Int, on: Int, to: Int) -> Float:
    return lookup.factor(terms.risk[row], on, to)
