"""A prospective test asks what the dollar offset would be if the market moved: one ratio a scenario, all must pass.

Formula: DO_j = −ΔHI_j/ΔItem_j in scenario j (against a hypothetical +ΔHI_j/ΔHypo_j), held against the limits of the
dollar offset. Scenarios are changes of value that a shock, a simulation or a past period would bring to today's terms.
One scenario outside the limits fails; a scenario in which the item does not move while the hedge does leaves the test
open; one in which neither moves, or both less than the noise threshold, says nothing.
Units: amounts in functional currency.
Reference: rules section 4; IFRS 9 B6.4.4–6 and B6.4.14; IAS 39 AG105(a), AG108; ASC 815-20-25-79.
Worked example: hedge −95 and +104 where the item gains 100 and loses 100 → 0.95 and 1.04, EFFECTIVE, worst 0.95.
"""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.codes import EffectivenessStatus, Reason
from treasury.quant.columns import ScenarioOffsetColumns
from treasury.quant.effectiveness.dollar_offset import dollar_offset
from treasury.quant.numbers import Ratios, amounts, floats, where_reason


def scenario_offsets(
    instrument_changes: ArrayLike,
    item_changes: ArrayLike,
    hypothetical: bool = False,
    lower_ratio: Ratios = Decimal("0.80"),
    upper_ratio: Ratios = Decimal("1.25"),
    noise_threshold: ArrayLike = 0,
) -> ScenarioOffsetColumns:
    """Changes per scenario, shape (n, scenarios): int64 minor units, Decimal or float64 (NaN: no value there).

    ``noise_threshold`` is an amount in the unit of the changes, scalar or shape (n,). No scenario with a value:
    INCONCLUSIVE, ``too_few_points``. The worst ratio is the one with the least room left (IFRS 9 has no limit:
    there it is an indicator).
    """
    hedge, item = np.atleast_2d(amounts(instrument_changes)), np.atleast_2d(amounts(item_changes))
    if hedge.shape != item.shape or hedge.ndim != 2:
        raise InputError("item_changes", f"shape {hedge.shape}, as the instrument's", got=str(item.shape))
    rows, scenarios = hedge.shape
    threshold = np.repeat(np.broadcast_to(amounts(noise_threshold), (rows,)), scenarios)
    each = dollar_offset(
        hedge.reshape(-1, 1),
        item.reshape(-1, 1),
        hypothetical=hypothetical,
        lower_ratio=lower_ratio,
        upper_ratio=upper_ratio,
        noise_threshold=threshold,
    )
    status, why = each.status.reshape(rows, scenarios), each.reasons.reshape(rows, scenarios)
    ratios = each.last_ratio.reshape(rows, scenarios)
    still = np.asarray((hedge == 0) & (item == 0), dtype=bool)
    quiet = still | (why & int(Reason.IMMATERIAL_CHANGES) != 0)
    none = why & int(Reason.TOO_FEW_POINTS) != 0
    failed = status == EffectivenessStatus.NOT_EFFECTIVE
    passed = status == EffectivenessStatus.EFFECTIVE
    open_ = ~failed & ~passed & ~quiet & ~none
    room = np.minimum(ratios - floats(lower_ratio), floats(upper_ratio) - ratios)
    counted = np.where((failed | passed) & ~np.isnan(room), room, np.inf)
    worst = counted.argmin(axis=1) if scenarios else np.zeros(rows, dtype=np.int64)
    at_worst = (np.arange(rows), worst)
    known = np.isfinite(counted[at_worst]) if scenarios else np.zeros(rows, dtype=bool)
    verdict = np.where(passed.any(axis=1), EffectivenessStatus.EFFECTIVE, EffectivenessStatus.INCONCLUSIVE)
    verdict = np.where((open_ | none).any(axis=1), EffectivenessStatus.INCONCLUSIVE, verdict)
    verdict = np.where(failed.any(axis=1), EffectivenessStatus.NOT_EFFECTIVE, verdict)
    reasons = np.bitwise_or.reduce(why, axis=1) if scenarios else np.zeros(rows, dtype=np.int64)
    empty = where_reason(np.full(rows, scenarios == 0), Reason.TOO_FEW_POINTS)
    return ScenarioOffsetColumns(
        scenario_ratios=ratios,
        worst_ratio=np.where(known, ratios[at_worst], np.nan) if scenarios else np.full(rows, np.nan),
        worst_index=np.where(known, worst, -1).astype(np.int64),
        margin=np.where(known, room[at_worst], np.nan) if scenarios else np.full(rows, np.nan),
        status=verdict.astype(np.int8),
        reasons=reasons | empty,
    )
