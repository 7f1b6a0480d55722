"""Credit dominance asks whether the change of credit risk outweighs the change that the hedge is about.

Formula: κ = |Δcredit| / |Δeconomic|; PASS up to the watch limit, WATCH up to the fail limit (edges
included), FAIL above; two changes under the noise threshold decide nothing. The limits are the book's own.
Units: a fraction of amounts in functional currency. Reference: rules section 4; IFRS 9 B6.4.7–8.
Worked example: credit 30, economic −100 → κ 0.30, WATCH.
"""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.codes import CreditStatus, Reason
from treasury.quant.columns import CreditDominanceColumns
from treasury.quant.numbers import Ratios, amounts, compare_ratio, finite_or_nan, ratio, where_reason


def credit_dominance(
    credit_change: ArrayLike,
    economic_change: ArrayLike,
    noise_threshold: ArrayLike = 0,
    watch_ratio: Ratios = Decimal("0.25"),
    fail_ratio: Ratios = Decimal("0.5"),
    trigger_hit: ArrayLike = False,
) -> CreditDominanceColumns:
    """κ and status per row; int64 minor units, Decimal or float64 (NaN: missing) that broadcast.

    ``trigger_hit`` is a rating, default or collateral trigger of the policy: FAIL, whatever κ is. An
    economic change of zero: NaN and INCONCLUSIVE, ``zero_economic_change``.
    """
    credit, economic = np.broadcast_arrays(np.abs(amounts(credit_change)), np.abs(amounts(economic_change)))
    threshold = amounts(noise_threshold)
    missing = np.asarray((credit != credit) | (economic != economic), dtype=bool)
    zero = np.asarray(economic == 0, dtype=bool)
    tiny = np.asarray((credit < threshold) & (economic < threshold), dtype=bool)
    kappa, beyond = finite_or_nan(ratio(credit, economic))
    open_ = zero | tiny | missing
    watch = ~open_ & (compare_ratio(credit, economic, watch_ratio) > 0)
    trigger = np.asarray(trigger_hit, dtype=bool)
    fail = trigger | (~open_ & (compare_ratio(credit, economic, fail_ratio) > 0))
    status = np.where(watch, CreditStatus.WATCH, CreditStatus.PASS)
    status = np.where(fail, CreditStatus.FAIL, np.where(open_, CreditStatus.INCONCLUSIVE, status)).astype(
        np.int8
    )
    reasons = where_reason(zero, Reason.ZERO_ECONOMIC_CHANGE) | where_reason(tiny, Reason.IMMATERIAL_CHANGES)
    reasons = reasons | where_reason(missing, Reason.MISSING_DATA) | where_reason(beyond, Reason.OUT_OF_RANGE)
    reasons = reasons | where_reason(fail, Reason.CREDIT_DOMINATES)
    reasons = reasons | where_reason(watch & ~fail, Reason.CREDIT_WATCH)
    return CreditDominanceColumns(kappa, status, reasons)
