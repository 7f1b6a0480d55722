"""A cross-currency swap exchanges coupons and principals in two currencies.

Formula: V = PV_receive · S − PV_pay, S in pay currency per receive currency; every exchange of principal is
a flow.
Units: value in pay currency, asset +; each leg positive in its own currency. Reference: rules section 3.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.columns import TwoLegValue
from treasury.quant.numbers import floats


def cross_currency_swap_value(
    receive_leg_value: ArrayLike, pay_leg_value: ArrayLike, spot_rate: ArrayLike
) -> TwoLegValue:
    """receive × spot − pay; legs from ``flows.flows_value``; first = receive, second = pay; all broadcast."""
    receive, pay = floats(receive_leg_value), floats(pay_leg_value)
    return TwoLegValue(np.asarray(receive * floats(spot_rate) - pay), receive, pay)
