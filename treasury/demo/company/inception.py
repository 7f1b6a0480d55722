"""The documentation of the demo's relationships: objective, what the files describe, what was elected."""

from collections.abc import Sequence
from typing import Any

from treasury.demo.company.accounted import PLANT
from treasury.demo.company.specs import ExposureSpec, InstrumentSpec

#: Streams that buy something which goes on the balance sheet first.
NON_FINANCIAL = ("ES-USD", "UK-USD", "US-BRENT")
#: Days from the purchase until the goods are sold, where the reserve waits for that (ASC 815).
TURNOVER_DAYS = 45


def inception_file(
    deal: InstrumentSpec, items: Sequence[ExposureSpec], terms: dict[str, Any]
) -> dict[str, Any]:
    """Columns of the file; `terms` are those of the relationship's version."""
    item = items[0]
    kind = deal.kind.lower().replace("_", " ").replace("fx", "FX")
    framework, method = terms["framework"], terms["assessment_method"].lower().replace("_", " ")
    return {
        "instrument_description": f"{kind[0].upper()}{kind[1:]} {deal.terms['risk']} settling on"
        f" {deal.terms['settlement_date']}, for the amount that is allocated to this relationship.",
        "item_description": f"{item.last['description']}: the allocated units of the flows that are listed.",
        "risk_description": f"Changes of {terms['risk']} between the designation and the date of each item.",
        "assessment_description": f"By {method} on weekly changes against the hypothetical derivative, at inception"
        " and at each month's end; other methods are computed beside it.",
        "hedge_ratio_description": "The ratio of what is actually hedged to what actually hedges it.",
        "strategy": "Group treasury policy: cover within the bands of entity, risk and horizon.",
        **_reserve(deal, items, terms, framework),
        **_excluded(terms, framework),
    }


def documentation(deal: InstrumentSpec, item: ExposureSpec, risk: str) -> dict[str, Any]:
    """Objective and grounds of a hedge, columns of its version."""
    kind = deal.kind.lower().replace("_", " ").replace("fx", "FX")
    article = "an" if kind[0] in "aeiouF" else "a"
    item_name = item.last["description"].split(",")[0]
    own_risk = deal.terms["risk"] == risk
    return {
        "objective": f"Keep the value of {item_name[0].lower()}{item_name[1:]} "
        f"in the functional currency with {article} {kind}, within the policy's band.",
        "rationale": "Same risk, opposite sign, same or near dates: both move with the same rate."
        if own_risk
        else f"{deal.terms['risk']} stands in for {risk}, for which no deal of this size is to be had; the two "
        "are expected to move together.",
        "ineffectiveness_sources": "Timing of the flow, credit risk of the counterparty, lot size."
        if own_risk
        else "Basis between the two underlyings, timing, lot size, credit risk of the counterparty.",
    }


def _reserve(
    deal: InstrumentSpec, items: Sequence[ExposureSpec], terms: dict[str, Any], framework: str
) -> dict[str, Any]:
    if terms["hedge_type"] == "NET_INVESTMENT":
        return {"release_pattern": "ON_DISPOSAL"}
    if terms["hedge_type"] == "FAIR_VALUE":
        bought = items[0].reference == PLANT
        return {"release_pattern": "BASIS_ADJUSTMENT" if bought else "WITH_ITEM"}
    if deal.kind == "INTEREST_RATE_SWAP":
        return {"release_pattern": "OVER_TERM"}
    day = terms["designation_date"]
    if {item.on(day)["kind"] for item in items} <= {"RECOGNISED_ASSET", "RECOGNISED_LIABILITY"}:
        return {"release_pattern": "AS_REMEASURED"}
    if items[0].stream.startswith(NON_FINANCIAL):
        kept = framework == "ASC815"
        return {
            "release_pattern": "BASIS_ADJUSTMENT",
            "keeps_basis_in_reserve": kept,
            "earnings_lag_days": TURNOVER_DAYS if kept else 0,
        }
    return {"release_pattern": "WITH_ITEM"}


def _excluded(terms: dict[str, Any], framework: str) -> dict[str, Any]:
    """What is not designated: deferred as a cost of hedging, but under IAS 39 in profit or loss at once."""
    if terms["designated_component"] not in ("SPOT", "INTRINSIC"):
        return {}
    if framework == "IAS39":
        return {"excluded_treatment": "PROFIT_OR_LOSS"}
    flow = terms["hedge_type"] == "CASH_FLOW"
    return {"excluded_treatment": "DEFERRED", "cost_relation": "TRANSACTION" if flow else "TIME_PERIOD"}
