"""How much of a hedge adjustment has worn off by a day between two payments, at a recalculated effective rate.

Formula: C and U the item's carrying amount with and without the adjustment on the day the hedge ended, x and u their
logarithmic rates (``effective_rate``); what is left t years later = Σ CF_j·(e^(−x·(t_j − t)) − e^(−u·(t_j − t))) over
the flows still to come; share = 1 − left / (C − U), 0 at the beginning and 1 from the last flow on.
Units: years from the end of the hedge, annual compounding; receipts +, so that an asset's amounts are + and a
liability's −; the share is a fraction. Reference: IFRS 9 6.5.10, B5.4.1; IAS 39.92; ASC 815-25-35-9; rules section 5.
Worked example: 102 against 100, flows 5, 5, 105 → after a year 0.3195 of it, after two 0.6526, then 1.

A function of the day alone, so that splitting a period changes nothing. NaN with the reason of ``effective_rate`` where
either amount has no rate of its own.
"""

from __future__ import annotations

import numpy as np

from treasury.quant.measurement.effective_rate import checked, logarithmic_rate
from treasury.quant.numbers import Float, Mask
from treasury.quant.sums import row_sum


def amortised_share(
    carrying_amount: Float, unadjusted_carrying_amount: Float, cash_flows: Float, years: Float, elapsed: Float
) -> tuple[Float, Mask]:
    """Shares (n, days) of amounts (n,) with flows and years (n, flows), ``elapsed`` years (n, days); and why not.

    Fewer flows in a row: fill with zero flows at later years.
    """
    amount, flows, time = checked(carrying_amount, cash_flows, years)
    bare, _, _ = checked(unadjusted_carrying_amount, flows, time, "unadjusted_carrying_amount")
    x, reasons = logarithmic_rate(amount, flows, time)
    u, bare_reasons = logarithmic_rate(bare, flows, time)
    last = np.where(flows != 0, time, 0.0).max(axis=1, keepdims=True)
    share = np.full(elapsed.shape, np.nan)
    for day in range(elapsed.shape[1]):
        ahead = np.maximum(time - elapsed[:, day, None], 0.0)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            # The difference of two near powers, without the digits that subtracting them would lose.
            differs = np.exp(-u[:, None] * ahead) * np.expm1((u - x)[:, None] * ahead)
            share[:, day] = 1.0 - row_sum(flows * differs) / (amount - bare)
    share = np.where(np.isnan(x + u)[:, None], np.nan, np.where(amount == bare, 0.0, share.T).T)
    share = np.where(elapsed <= 0, share * 0.0, np.where(elapsed >= last, share * 0.0 + 1.0, share))
    return share, reasons | bare_reasons
