"""What a designation's form proposes: usually right, read by the person who sends it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hedges.enums import (
    AssessmentMethod,
    CostRelation,
    DesignatedComponent,
    ExcludedTreatment,
    HedgeType,
    ReleasePattern,
)
from treasury.enums import AccountingFramework
from treasury.web import formats, words

OBJECTIVES = {
    HedgeType.CASH_FLOW: "Fix the amount in {currency} of the hedged cash flows in {risk}.",
    HedgeType.FAIR_VALUE: "Offset changes of the hedged items' fair value from {risk}.",
    HedgeType.NET_INVESTMENT: "Offset the translation of the net investment from {risk}.",
    HedgeType.ECONOMIC: "Limit the loss from {risk}; no hedge accounting is applied.",
}
METHODS = {
    AssessmentMethod.REGRESSION: "Regression of the weekly changes of the designated component on those of the"
    " hypothetical derivative, at inception and at each period end; cumulative dollar offset beside it.",
    AssessmentMethod.DOLLAR_OFFSET: "Cumulative dollar offset of the designated component against the hypothetical"
    " derivative, at inception and at each period end; regression beside it.",
}
SPOT_LIKE = (DesignatedComponent.SPOT, DesignatedComponent.INTRINSIC)


def initial(basis: dict, *, code: str, currency: str) -> dict[str, object]:
    """Of an empty form, for the hedge that the basis describes."""
    about = {"risk": basis["risk"], "currency": currency}
    method = AssessmentMethod.REGRESSION
    return {
        "code": code,
        "designated_hedge_ratio": "1",
        "assessment_method": method,
        "reporting_scope": "CONSOLIDATED",
        "release_pattern": _release(basis),
        "excluded_treatment": _excluded(basis),
        "cost_relation": CostRelation.TRANSACTION if _excluded(basis) == ExcludedTreatment.DEFERRED else "",
        "earnings_lag_days": 0,
        "keeps_basis_in_reserve": False,
        "objective": OBJECTIVES[HedgeType(basis["hedge_type"])].format(**about),
        "strategy": "The risk management strategy of the treasury policy in force: hedge within the band of the"
        " horizon profile, with instruments on the same risk.",
        "risk_description": f"Changes of {basis['risk']}: {words.label(basis['component']).lower()} of the instrument.",
        "rationale": "Item and instrument have the same underlying, amount and date, so their values move against"
        " each other.",
        "assessment_description": METHODS[method],
        "hedge_ratio_description": "The quantity of instrument that is actually used over the quantity of item that"
        " it actually hedges.",
        "ineffectiveness_sources": "Changes of the date of the hedged flow, credit risk of either party, currency"
        " basis in the instrument.",
    }  # fmt: skip


def _release(basis: dict) -> str:
    if basis["hedge_type"] == HedgeType.NET_INVESTMENT:
        return ReleasePattern.ON_DISPOSAL
    return ReleasePattern.WITH_ITEM


def _excluded(basis: dict) -> str:
    """Time value is deferred by IFRS 9 (6.5.15); IAS 39 knows profit or loss only."""
    if basis["component"] not in SPOT_LIKE:
        return ""
    if basis["framework"] == AccountingFramework.IAS39:
        return ExcludedTreatment.PROFIT_OR_LOSS
    return ExcludedTreatment.DEFERRED


def described(chosen: Sequence[Any]) -> str:
    """What was chosen, in a sentence of the file."""
    return "; ".join(
        f"{formats.number(one.amount)} {one.row['unit']} of {one.row['reference']}"
        f" ({words.label(one.row['kind']).lower()}, due {one.row['due']})"
        + (f", from {formats.number(one.layer)} on" if one.layer else "")
        + (f", designated from {one.since}" if one.since else "")
        + (f", designated until {one.until}" if one.until else "")
        for one in chosen
    )[:2000]
