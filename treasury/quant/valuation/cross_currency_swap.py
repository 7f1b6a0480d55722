"""A cross-currency swap exchanges coupons and principals in two currencies.

Formula: V = PV_receive · S − PV_pay, S in pay currency per receive currency; every exchange of principal is a flow.

Resetting notional (mark to market): the base leg keeps its notional N; the quote leg has N_j = N·X_j in period j, X_j
the spot fixed at its start, and at each reset the difference of principal N_(j+1) − N_j is exchanged. That is a row of
loans of one period, each lent at its start and paid back with its coupon at its end: a loan yet to begin costs
N_j·D(start_j) and brings N_j·(1 + c·a_j)·D(end_j), so that the leg is worth
Σ_j N_j·(D(end_j)·(1 + c·a_j) − D(start_j)·[yet to begin]).
N_j is known for a period that has begun; for one to come it is N·F(start_j), the forward to its start (on what is paid
at its end too: no convexity).
Units: value in pay currency, asset +; each leg positive in its own currency. Reference: rules section 3; Hull, Options,
Futures and Other Derivatives, on currency swaps as a portfolio of loans.
Worked example: N 100, X 0.90 running, c 3 %, a 1, D(end) 0.98; next period N·F = 91, D(start) 0.98, D(end) 0.95:
90·1.03·0.98 + 91·(1.03·0.95 − 0.98) = 90.8460 − 0.1365 = 90.7095.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.columns import TwoLegValue
from treasury.quant.numbers import Float, floats
from treasury.quant.sums import segment_sums


def cross_currency_swap_value(
    receive_leg_value: ArrayLike, pay_leg_value: ArrayLike, spot_rate: ArrayLike
) -> TwoLegValue:
    """receive × spot − pay; legs from ``flows.flows_value``; first = receive, second = pay; all broadcast."""
    receive, pay = floats(receive_leg_value), floats(pay_leg_value)
    return TwoLegValue(np.asarray(receive * floats(spot_rate) - pay), receive, pay)


def principal_leg_value(
    offsets: ArrayLike,
    notionals: ArrayLike,
    coupon_rates: ArrayLike,
    accruals: ArrayLike,
    start_factors: ArrayLike,
    end_factors: ArrayLike,
) -> Float:
    """Σ N_j·(D(end_j)·(1 + c_j·a_j) − D(start_j)) per swap, shape (..., flows) → (..., n); all broadcast to flows.

    A factor is NaN where its payment lies in the past; then that payment counts nothing. With one notional for all
    periods the principals between them cancel, and a leg of fixed notional comes out. A notional that is unknown (NaN)
    makes its swap NaN as long as a payment of its period is to come.
    """
    start, end = floats(start_factors), floats(end_factors)
    begun, past = np.isnan(start), np.isnan(end)
    unit = np.where(past, 0.0, end * (1.0 + floats(coupon_rates) * floats(accruals))) - np.where(
        begun, 0.0, start
    )
    return segment_sums(np.where(past & begun, 0.0, floats(notionals) * unit), offsets)
