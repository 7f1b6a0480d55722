"""A designation's form filled from a relationship that is there: to do the same again, or under a second framework."""

from __future__ import annotations

from datetime import timedelta

from hedges.models.inception_file import TEXTS
from hedges.queries import candidates, decisions
from treasury.enums import AccountingFramework
from treasury.kernel import parsing
from treasury.web.scope import Scope

KEPT = ("designated_hedge_ratio", "assessment_method", "objective", "rationale", "ineffectiveness_sources")
ELECTIONS = (
    "reporting_scope", "release_pattern", "excluded_treatment", "cost_relation", "earnings_lag_days",
    "basis_excluded", "keeps_basis_in_reserve", "spot_is_discounted",
)  # fmt: skip


def source(scope: Scope, relationship_id: str) -> dict | None:
    """The newest approved version of the relationship, if the person sees it."""
    found = parsing.key(relationship_id)
    return None if found is None else decisions.newest(found, entity_ids=scope.all_ids)


def basis(row: dict) -> dict[str, object]:
    return {
        "entity": row["entity_code"], "framework": row["framework"], "hedge_type": row["hedge_type"],
        "risk": row["risk__code"], "component": row["designated_component"],
        "hedge_end_date": row["hedge_end_date"],
    }  # fmt: skip


def other_framework(row: dict) -> dict[str, object]:
    """Under which the same hedge may have a second relationship."""
    others = [value for value in AccountingFramework.values if value != row["framework"]]
    return {"framework": others[-1]}


def texts(row: dict) -> dict[str, object]:
    """Documentation and elections. Descriptions of items and instruments are those of what is chosen anew."""
    found = {name: row[name] for name in KEPT}
    found["designated_hedge_ratio"] = format(row["designated_hedge_ratio"].normalize(), "f")
    for name in (*TEXTS, *ELECTIONS):
        value = row.get(f"inception_file__{name}")
        if value is not None and name not in ("item_description", "instrument_description"):
            found[name] = value
    return found


def amounts(row: dict) -> dict[str, object]:
    """The items and instruments of the first relationship, with their parts of the term, for a parallel one."""
    found: dict[str, object] = {}
    for kind in ("item", "instrument"):
        for part in candidates.allocated(kind, row["relationship_id"]):
            name, last = f"{kind}_{part['version_id']}", part["period_to"] - timedelta(days=1)
            found[name] = format(part["amount"].normalize(), "f")
            if part["period_from"] > (row["accounting_from"] or row["designation_date"]):
                found[f"{name}_since"] = part["period_from"]
            if last < row["hedge_end_date"]:
                found[f"{name}_until"] = last
    return found
