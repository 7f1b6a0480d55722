"""The adjustment that a fair value hedge leaves on an amortised-cost item is amortised at a recalculated rate.

Formula: carrying amounts C_j = (C_(j+1) + CF_(j+1))·(1 + r)^(−(t_(j+1) − t_j)), each at its own effective rate,
the adjusted one from today on and the unadjusted one likewise; amortisation_j = (C_j − C_(j−1)) − (U_j −
U_(j−1)). Both end at 0 with the last flow, so the amortisation adds up to −(C − U).
Units: currency, years from today, annual compounding; an asset's carrying amount and its receipts are +, a
liability's both −. Reference: IFRS 9 6.5.10, B5.4.1; IAS 39.92; ASC 815-25-35-9; rules section 5.
Worked example: 102 against 100, flows 5, 5, 105 → rate 0.042755, amortisation −0.64, −0.67, −0.69, in all −2.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.codes import Reason
from treasury.quant.measurement.columns import AmortisationColumns
from treasury.quant.measurement.effective_rate import checked, logarithmic_rate
from treasury.quant.numbers import Bool, Float, Mask, floats, where_reason


def basis_adjustment_amortisation(
    carrying_amount: ArrayLike,
    cash_flows: ArrayLike,
    years: ArrayLike,
    unadjusted_carrying_amount: ArrayLike = np.nan,
) -> AmortisationColumns:
    """Effective rate (n,) and amortisation (n, flows); see ``effective_rate`` for the columns.

    Without an unadjusted amount (NaN) there is nothing to deduct: the whole change of the carrying amount, with
    reason ``not_given``. A row without one rate of its own for either amount is NaN.
    """
    amount, flows, time = checked(carrying_amount, cash_flows, years)
    given = ~np.isnan(floats(unadjusted_carrying_amount))
    if given.shape not in ((), amount.shape):
        raise InputError("unadjusted_carrying_amount", f"the shape {amount.shape}", got=str(given.shape))
    given = np.broadcast_to(given, amount.shape)
    bare = np.where(given, floats(unadjusted_carrying_amount), amount)
    checked(bare, flows, time, "unadjusted_carrying_amount")
    x, reasons = logarithmic_rate(amount, flows, time)
    bare_x, bare_reasons = logarithmic_rate(bare, flows, time)
    deducted = np.where(given[:, np.newaxis], _changes(bare, flows, time, bare_x), 0.0)
    with np.errstate(invalid="ignore", over="ignore"):
        amortisation = _changes(amount, flows, time, x) - deducted
    lost = _lost(amortisation) & (reasons == 0) & (bare_reasons == 0)
    reasons = reasons | np.where(given, bare_reasons, 0) | where_reason(lost, Reason.OUT_OF_RANGE)
    return AmortisationColumns(
        np.expm1(x), np.where(np.isfinite(amortisation), amortisation, np.nan), reasons | _not_given(given)
    )


def _changes(amount: Float, flows: Float, years: Float, x: Float) -> Float:
    """Change of the carrying amount over each flow, from today to the last flow, after which it is 0.

    Backwards from the last flow, so that nothing is left over at the end whatever the rate.
    """
    carried = np.zeros((flows.shape[0], flows.shape[1] + 1))
    carried[:, 0] = amount
    gaps = np.diff(years, axis=1)
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        for flow in range(flows.shape[1] - 1, 0, -1):
            growth = np.exp(-x * gaps[:, flow - 1])
            carried[:, flow] = (carried[:, flow + 1] + flows[:, flow]) * growth
        return np.diff(carried, axis=1)


def _lost(amortisation: Float) -> Bool:
    return np.asarray(~np.isfinite(amortisation).all(axis=1))


def _not_given(given: Bool) -> Mask:
    return where_reason(~given, Reason.NOT_GIVEN)
