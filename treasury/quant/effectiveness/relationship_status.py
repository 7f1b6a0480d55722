"""The status of a whole hedge relationship under its framework.

IFRS 9: EFFECTIVE if all three criteria pass; a band or R² miss of the documented method is a warning and
never a failure by itself. IAS 39 and ASC 815: the documented method decides. What is missing or undecided
makes the relationship INCONCLUSIVE unless something else that counts fails. Reference: rules section 4;
IFRS 9 6.4.1(c); IAS 39.88; 815-20-25.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.codes import EffectivenessStatus, Framework, Reason
from treasury.quant.columns import StatusColumns
from treasury.quant.numbers import Mask, where_reason

NOT_EFFECTIVE = EffectivenessStatus.NOT_EFFECTIVE
EFFECTIVE = EffectivenessStatus.EFFECTIVE


def relationship_status(
    framework: ArrayLike,
    economic_relationship: ArrayLike,
    credit_risk: ArrayLike,
    hedge_ratio: ArrayLike,
    documented_method: ArrayLike,
    method_reasons: Mask | int = 0,
) -> StatusColumns:
    """Overall status and reasons per row; all arguments are codes that broadcast.

    ``framework`` holds ``codes.Framework``, the others ``codes.EffectivenessStatus`` (NOT_TESTED counts as
    missing). ``documented_method`` is the status of the method in the inception file, ``method_reasons``
    its reasons, which are carried along. Where several methods are documented give the least favourable
    (``least_favourable``).
    """
    ifrs = np.asarray(framework) == Framework.IFRS9
    economic, credit, ratio, method = (
        np.asarray(a) for a in (economic_relationship, credit_risk, hedge_ratio, documented_method)
    )
    known = np.isin(framework, [int(f) for f in Framework])
    criteria_fail = (economic == NOT_EFFECTIVE) | (credit == NOT_EFFECTIVE) | (ratio == NOT_EFFECTIVE)
    criteria_pass = (economic == EFFECTIVE) & (credit == EFFECTIVE) & (ratio == EFFECTIVE)
    fails = known & np.where(ifrs, criteria_fail, method == NOT_EFFECTIVE)
    passes = known & np.where(ifrs, criteria_pass, method == EFFECTIVE)
    status = np.where(passes, EFFECTIVE, EffectivenessStatus.INCONCLUSIVE)
    status = np.where(fails, NOT_EFFECTIVE, status).astype(np.int8)
    reasons = where_reason(ifrs & (economic == NOT_EFFECTIVE), Reason.ECONOMIC_RELATIONSHIP_FAILED)
    reasons = reasons | where_reason(ifrs & (credit == NOT_EFFECTIVE), Reason.CREDIT_RISK_FAILED)
    reasons = reasons | where_reason(ifrs & (ratio == NOT_EFFECTIVE), Reason.HEDGE_RATIO_FAILED)
    reasons = reasons | where_reason(ifrs & ~criteria_fail & ~criteria_pass, Reason.CRITERION_UNDECIDED)
    reasons = reasons | where_reason(ifrs & (method == NOT_EFFECTIVE), Reason.METHOD_WARNING)
    reasons = reasons | where_reason(~ifrs & (method == NOT_EFFECTIVE), Reason.METHOD_FAILED)
    undecided = ~ifrs & (method != NOT_EFFECTIVE) & (method != EFFECTIVE)
    reasons = reasons | where_reason(undecided, Reason.METHOD_UNDECIDED) | np.asarray(method_reasons)
    return StatusColumns(status, np.broadcast_to(reasons, status.shape), ())


def least_favourable(*statuses: ArrayLike) -> np.ndarray:
    """The worst of several statuses per row: a failure, else what is undecided or missing, else a pass."""
    stacked = np.stack(np.broadcast_arrays(*(np.asarray(status) for status in statuses)))
    fails, passes = (stacked == NOT_EFFECTIVE).any(axis=0), (stacked == EFFECTIVE).all(axis=0)
    result = np.where(passes, EFFECTIVE, EffectivenessStatus.INCONCLUSIVE)
    return np.where(fails, NOT_EFFECTIVE, result).astype(np.int8)
