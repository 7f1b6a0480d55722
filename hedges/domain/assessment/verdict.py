"""Dollar offset, regression, variance reduction, the three criteria and the status, for one rule pack.

IFRS 9: the three criteria decide (6.4.1(c)). IAS 39 and ASC 815: the documented method looks back and the scenarios
look forward, and both have to be highly effective (IAS 39.88(b), (e), AG105; ASC 815-20-25-75 and 25-79). On the day on
which hedge accounting begins nothing has happened yet: a dollar offset is not asked, the scenarios decide; a regression
has the weeks before it. On the last day of the hedged period nothing is to come: the scenarios are not asked.
"""

from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedges.domain.observations import Changes
from hedges.domain.scenarios import ScenarioChanges
from treasury.quant.codes import EffectivenessStatus, Framework, Reason
from treasury.quant.columns import (
    CreditDominanceColumns,
    DollarOffsetColumns,
    RegressionColumns,
    ScenarioOffsetColumns,
    StatusColumns,
    VarianceReductionColumns,
)
from treasury.quant.effectiveness.credit_dominance import credit_dominance
from treasury.quant.effectiveness.criteria import (
    credit_criterion,
    economic_relationship,
    hedge_ratio_criterion,
)
from treasury.quant.effectiveness.dollar_offset import dollar_offset
from treasury.quant.effectiveness.prospective import scenario_offsets
from treasury.quant.effectiveness.regression import regression
from treasury.quant.effectiveness.regression_status import regression_status
from treasury.quant.effectiveness.relationship_status import least_favourable, relationship_status
from treasury.quant.effectiveness.variance_reduction import variance_reduction
from treasury.quant.numbers import Bool, Float, Int, Mask, where_reason

V = TypeVar("V", DollarOffsetColumns, StatusColumns)
TEN_THOUSAND = 10_000.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the criteria look at, one row a relationship; changes since designation and notional in minor units."""

    changes: Changes
    credit_change: Float
    economic_change: Float
    notional: Float
    has_rationale: Bool
    designated_ratio: Float
    actual_ratio: Float
    is_regression: Bool
    begins_today: Bool
    ends_today: Bool
    #: Credit triggers that are hit, as reasons; 0 where none is.
    triggers: Mask
    #: Why the relationship cannot be seen on the designation date or today; 0 where it can.
    blind: Mask


@dataclass(frozen=True, slots=True)
class Assessment:
    """Every statistic and status, one row a relationship."""

    offset: DollarOffsetColumns
    statistics: RegressionColumns
    regression: StatusColumns
    variance: VarianceReductionColumns
    prospective: ScenarioOffsetColumns
    dominance: CreditDominanceColumns
    economic: StatusColumns
    credit: StatusColumns
    hedge_ratio: StatusColumns
    overall: StatusColumns


def assess(
    evidence: Evidence, scenarios: ScenarioChanges, pack: dict[str, Any], terms_matched: Bool | bool = False
) -> Assessment:
    """`pack`: the limits of the relationships' framework, as stored (decimals). `terms_matched`: critical terms that
    match support an economic relationship that has no measure yet (B6.4.14)."""
    found = evidence.changes
    threshold = evidence.notional * float(pack["noise_threshold_bp"]) / TEN_THOUSAND
    offset = _seen(_offset(found, pack, threshold), evidence)
    seen = found.recent(int(pack["observation_count"]))
    hedge, item = np.where(seen, found.instrument, np.nan), np.where(seen, found.item, np.nan)
    statistics = regression(hedge, item, confidence_level=float(pack["confidence_level"]))
    judged = regression_status(
        statistics,
        float(pack["slope_lower"]),
        float(pack["slope_upper"]),
        float(pack["r_squared_minimum"]),
        pack["observation_minimum"],
        float(pack["confidence_level"]),
    )
    tested = _seen(judged, evidence)
    dominance = credit_dominance(
        evidence.credit_change,
        evidence.economic_change,
        threshold,
        _limit(pack, "credit_watch_ratio"),
        _limit(pack, "credit_fail_ratio"),
        trigger_hit=evidence.triggers != 0,
    )
    dominance = replace(dominance, reasons=dominance.reasons | evidence.triggers)
    economic = economic_relationship(
        evidence.has_rationale, _measure(evidence, offset, statistics, tested), terms_matched
    )
    credit = credit_criterion(dominance, float(pack["credit_fail_ratio"]))
    ratio = hedge_ratio_criterion(
        evidence.designated_ratio, evidence.actual_ratio, float(pack["hedge_ratio_tolerance"])
    )
    prospective = _prospective(scenarios, pack, threshold, evidence.ends_today)
    is_ifrs = pack["framework"] == Framework.IFRS9.name
    backward, forward = asked(evidence, is_ifrs)
    method = np.where(evidence.is_regression, tested.status, offset.status)
    why = np.where(evidence.is_regression, tested.reasons, offset.reasons)
    framework = int(Framework[pack["framework"]])
    overall = relationship_status(
        framework,
        economic.status,
        credit.status,
        ratio.status,
        least_favourable(_counted(method, backward), _counted(prospective.status, forward)),
        np.where(backward, why, evidence.blind) | _looking_forward(prospective, forward, is_ifrs),
    )
    variance = variance_reduction(hedge, item, minimum=float(pack["variance_reduction_minimum"]))
    return Assessment(
        offset=offset,
        statistics=statistics,
        regression=tested,
        variance=variance,
        prospective=prospective,
        dominance=dominance,
        economic=economic,
        credit=credit,
        hedge_ratio=ratio,
        overall=overall,
    )


def asked(evidence: Evidence, is_ifrs: bool) -> tuple[Bool, Bool]:
    """Where the documented method is asked, and where the scenarios are: under IFRS 9 these never, they warn."""
    backward = evidence.is_regression | ~evidence.begins_today | is_ifrs
    return backward, ~evidence.ends_today & (not is_ifrs)


def _counted(status: ArrayLike, is_asked: ArrayLike) -> NDArray[Any]:
    """What is not asked stands in nobody's way."""
    return np.where(is_asked, status, EffectivenessStatus.EFFECTIVE)


def _looking_forward(prospective: ScenarioOffsetColumns, is_asked: Bool, is_ifrs: bool) -> Mask:
    """Why the scenarios have decided, as far as they have; a miss has a reason of its own."""
    failed = prospective.status == EffectivenessStatus.NOT_EFFECTIVE
    missed = where_reason(failed & is_asked, Reason.PROSPECTIVE_MISSED)
    open_ = np.where(prospective.status == EffectivenessStatus.INCONCLUSIVE, prospective.reasons, 0)
    return np.zeros_like(missed) if is_ifrs else missed | np.where(is_asked, open_, 0)


def _seen(verdict: V, evidence: Evidence) -> V:
    """What cannot be valued on both dates is INCONCLUSIVE, whatever the weeks between them say."""
    status = np.where(evidence.blind == 0, verdict.status, EffectivenessStatus.INCONCLUSIVE).astype(np.int8)
    return replace(verdict, status=status, reasons=verdict.reasons | evidence.blind)


def _offset(found: Changes, pack: dict[str, Any], threshold: Float) -> DollarOffsetColumns:
    """Exact sums of minor units since the designation; what came before the window is one opening change."""
    opening = (found.opening_instrument != 0) | (found.opening_item != 0)
    return dollar_offset(
        np.column_stack([found.opening_instrument, found.instrument]),
        np.column_stack([found.opening_item, found.item]),
        np.column_stack([opening, found.designated]),
        lower_ratio=_limit(pack, "dollar_offset_lower"),
        upper_ratio=_limit(pack, "dollar_offset_upper"),
        noise_threshold=threshold,
    )


def _prospective(
    found: ScenarioChanges, pack: dict[str, Any], threshold: Float, ends_today: Bool
) -> ScenarioOffsetColumns:
    """The dollar offset of each scenario under the limits of the dollar offset."""
    offsets = scenario_offsets(
        np.where(found.known, found.instrument, np.nan),
        np.where(found.known, found.item, np.nan),
        lower_ratio=_limit(pack, "dollar_offset_lower"),
        upper_ratio=_limit(pack, "dollar_offset_upper"),
        noise_threshold=threshold,
    )
    status = np.where(ends_today, EffectivenessStatus.NOT_TESTED, offsets.status).astype(np.int8)
    reasons = np.where(ends_today, int(Reason.FLOW_PAST), offsets.reasons)
    return replace(offsets, status=status, reasons=reasons)


def _measure(
    evidence: Evidence, offset: DollarOffsetColumns, statistics: RegressionColumns, tested: StatusColumns
) -> Float:
    """The offset that supports the economic relationship: the documented method's, and where a dollar offset decides
    nothing yet, the slope's."""
    few = tested.reasons & int(Reason.TOO_FEW_POINTS) != 0
    slope = np.where(few | (evidence.blind != 0), np.nan, statistics.offset_slope)
    last = np.where(offset.status == EffectivenessStatus.INCONCLUSIVE, np.nan, offset.last_ratio)
    return np.where(evidence.is_regression | np.isnan(last), slope, last)


def _limit(pack: dict[str, Any], name: str) -> Decimal:
    return Decimal(pack[name])


def take(evidence: Evidence, rows: Int) -> Evidence:
    """Some relationships of the evidence."""
    changes = Changes(**{f.name: getattr(evidence.changes, f.name)[rows] for f in fields(Changes)})
    rest = {f.name: getattr(evidence, f.name)[rows] for f in fields(Evidence) if f.name != "changes"}
    return Evidence(changes=changes, **rest)
