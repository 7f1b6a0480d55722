"""The cost of hedging of each relationship and excluded element, and what of it leaves equity.

Time-period-related costs are amortised by days and leave with the volume that is taken out; transaction-related ones
leave with the items, in the shares in which the hedge's own reserve does, and what changes once an item stands in the
books is not deferred any more. The time value of an option is deferred under IFRS 9 whatever was elected (6.5.15);
under IAS 39 nothing is. Reference: IFRS 9 6.5.15, 6.5.16; ASC 815-20-25-83A.
"""

import numpy as np

from hedges.domain.measurement.cost_groups import ELEMENTS, Groups
from hedges.domain.measurement.frame import Frame
from hedges.domain.measurement.measured import MeasuredCosts
from hedges.domain.measurement.periods import IFRS9
from hedges.domain.measurement.units import Units
from hedges.enums import CostElement, CostRelation, ExcludedTreatment
from hedges.queries.measurement_columns import RELATIONS, TREATMENTS
from hedges.queries.relationship_columns import FRAMEWORKS
from treasury.enums import AccountingFramework
from treasury.quant.codes import Framework
from treasury.quant.measurement.cost_reserve import CostPath, cost_reserve
from treasury.quant.measurement.item_release import item_release
from treasury.quant.numbers import Bool, Int
from treasury.queries.copy import Columns

DEFERRED = TREATMENTS.index(ExcludedTreatment.DEFERRED)
TIME_PERIOD = RELATIONS.index(CostRelation.TIME_PERIOD)
IAS39, ASC815 = (FRAMEWORKS.index(name) for name in (AccountingFramework.IAS39, AccountingFramework.ASC815))
TIME_VALUE = ELEMENTS.index(CostElement.TIME_VALUE)
CODES = np.array([int(Framework[name]) for name in FRAMEWORKS])


def costs(frame: Frame, groups: Groups, units: Units) -> MeasuredCosts:
    """One row a relationship and element."""
    own, knots = groups.relationship, frame.knots.dates
    framework = frame.found["framework"][own]
    over_time = is_over_time(frame.found, groups)
    term = np.maximum(groups.term_to - groups.struck_on, 1)
    path = CostPath(
        actual=groups.actual,
        aligned=groups.aligned,
        days=np.clip(knots[own] - groups.struck_on[:, None], 0, term[:, None]),
        in_force=groups.in_force,
        removed=groups.removed,
        units=groups.units,
        term_days=term,
        framework=CODES[framework],
        is_deferred=is_deferred(frame.found, groups),
        is_amortised=over_time,
    )
    held = cost_reserve(path)
    keys, row = np.unique(np.stack([own, groups.element], axis=1), axis=0, return_inverse=True)
    row = row.ravel()

    def total(values: Int) -> Int:
        result = np.zeros((len(keys), knots.shape[1]), dtype=np.int64)
        np.add.at(result, row, values)
        return result

    recognised, amortised = total(np.asarray(held.recognised)), total(np.asarray(held.amortised))
    with_items = total(np.where(over_time[:, None], 0, np.asarray(held.recognised)))
    left = item_release(with_items, *units.of(keys[:, 0]))
    recognised = recognised - np.asarray(left.afterwards)
    released, lost = total(np.asarray(held.released)) + np.asarray(left.happened), np.asarray(left.lost)
    actual, aligned = total(groups.actual), total(groups.aligned)
    began, ends = np.full(len(keys), np.iinfo(np.int64).max), np.zeros(len(keys), dtype=np.int64)
    np.minimum.at(began, row, groups.struck_on)
    np.maximum.at(ends, row, groups.term_to)
    opening = total(np.broadcast_to(groups.actual[:, :1], groups.actual.shape))
    return MeasuredCosts(
        relationship=keys[:, 0],
        element=[ELEMENTS[number] for number in keys[:, 1].tolist()],
        actual=actual,
        aligned=aligned,
        term_from=began,
        term_to=ends,
        amounts={
            "cost_recognised": recognised[:, -1],
            "cost_amortised": amortised[:, -1],
            "cost_released": released[:, -1],
            "cost_lost": lost[:, -1],
            "excluded_in_profit_or_loss": (actual - opening - recognised)[:, -1],
        },
    )


def is_deferred(found: Columns, groups: Groups) -> Bool:
    """Where changes of the element go to equity."""
    framework = found["framework"][groups.relationship]
    elected = found["treatment"][groups.relationship] == DEFERRED
    required = (groups.element == TIME_VALUE) & (framework == IFRS9)
    return np.asarray((elected | required) & (framework != IAS39))


def is_over_time(found: Columns, groups: Groups) -> Bool:
    """Where the opening value is amortised by days: ASC 815 asks for it whatever the item is (815-20-25-83A)."""
    own = groups.relationship
    asked = (found["relation"][own] == TIME_PERIOD) | (found["framework"][own] == ASC815)
    return np.asarray(is_deferred(found, groups) & asked)
