"""The three criteria of IFRS 9 6.4.1(c), each a status with its number: economic relationship, credit risk,
hedge ratio.

Reference: rules section 4; B6.4.4–6 (economic relationship), B6.4.7–8 (credit risk), B6.4.9–11 (hedge
ratio); FAQ §10.
Statuses are ``codes.EffectivenessStatus``; what is missing or undecided is INCONCLUSIVE, never a pass or a
fail.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.codes import CreditStatus, EffectivenessStatus, Reason
from treasury.quant.columns import CreditDominanceColumns, StatusColumns
from treasury.quant.effectiveness.regression_status import above_zero, at_most
from treasury.quant.numbers import Bool, floats, ratio, where_reason


def economic_relationship(
    rationale_documented: ArrayLike, offset_measure: ArrayLike, terms_matched: ArrayLike = False
) -> StatusColumns:
    """Sign test, rationale and support per row (B6.4.4–6); correlation alone is not enough.

    ``offset_measure`` is the offset slope, or the last dollar-offset ratio where there is no slope (a good
    hedge is +1, NaN unknown). A measure of 0 or below fails. Without a measure matched critical terms
    support it; without a written rationale, or without either support, it is INCONCLUSIVE.
    """
    measure = floats(offset_measure)
    rationale = np.asarray(rationale_documented, dtype=bool)
    supported = np.asarray(terms_matched, dtype=bool) | (measure > 0)
    fails = measure <= 0
    reasons = where_reason(fails, Reason.WRONG_DIRECTION)
    reasons = reasons | where_reason(~fails & ~rationale, Reason.RATIONALE_MISSING)
    reasons = reasons | where_reason(~fails & ~supported, Reason.NO_QUANTITATIVE_SUPPORT)
    sign = above_zero("offset_sign", np.broadcast_to(measure, reasons.shape))
    return StatusColumns(_status(fails, ~rationale | ~supported), reasons, (sign,))


def credit_criterion(dominance: CreditDominanceColumns, fail_ratio: ArrayLike = 0.5) -> StatusColumns:
    """Credit risk does not dominate (B6.4.7–8): PASS and WATCH pass, the watch stays as a reason.

    Changes under the noise gate leave nothing that could dominate yet: INCONCLUSIVE, as the measure says.
    """
    fails = dominance.status == CreditStatus.FAIL
    open_ = dominance.status == CreditStatus.INCONCLUSIVE
    criterion = at_most("credit_ratio", dominance.credit_ratio, fail_ratio)
    return StatusColumns(_status(fails, open_), dominance.reasons, (criterion,))


def hedge_ratio_criterion(
    designated_ratio: ArrayLike, actual_ratio: ArrayLike, tolerance: ArrayLike = 0.0
) -> StatusColumns:
    """The designated hedge ratio is the one actually used (B6.4.9–11), up to the residual of whole lots.

    Ratios are instrument units per item unit (NaN: not known, INCONCLUSIVE), so that they may be of any size; the
    difference is a share of the designated ratio. ``tolerance`` is the residual of whole lots as such a share,
    for example half a contract over the contracts. A difference beyond it fails: ``ratio_imbalance``.
    """
    designated = floats(designated_ratio)
    difference = np.round(ratio(np.abs(designated - floats(actual_ratio)), np.abs(designated)), 12)
    limit = floats(tolerance)
    fails = difference > limit
    open_ = np.isnan(difference)
    reasons = where_reason(fails, Reason.RATIO_IMBALANCE) | where_reason(open_, Reason.MISSING_DATA)
    return StatusColumns(
        _status(fails, open_), reasons, (at_most("ratio_difference", np.asarray(difference), limit),)
    )


def _status(fails: Bool | np.bool_, open_: Bool | np.bool_) -> np.ndarray:
    passed = np.where(open_, EffectivenessStatus.INCONCLUSIVE, EffectivenessStatus.EFFECTIVE)
    return np.where(fails, EffectivenessStatus.NOT_EFFECTIVE, passed).astype(np.int8)
