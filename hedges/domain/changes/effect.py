"""What a change does, worked out before it is decided and recorded with it (IFRS 9 6.5.5, 6.5.12; 39.101; 815-30-40).

Volumes, hedge ratio, and every cumulative amount on the date of the change as it stands and as it would be, in the
functional currency, gains +: what is reclassified at once, what waits in the reserve, what the costs of hedging let go.
What is added has its own hypothetical with its proof, and an opening value that is no change of the hedge.
"""

from decimal import Decimal
from typing import Any

from hedges.domain.changes import volumes
from hedges.domain.changes.begun import begun
from hedges.domain.changes.remeasured import remeasured
from hedges.domain.changes.standing import Standing
from hedges.domain.changes.volumes import Volumes
from hedges.models import HedgeRelationshipVersion
from hedges.queries.layers import Layer
from treasury.domain.refusals import Refusal
from treasury.kernel.money import plain


def of_change(
    at: Standing, version: HedgeRelationshipVersion, *, before: Volumes, after: Volumes
) -> dict[str, Any]:
    """Amounts and ratios as texts, amounts with their unit."""
    return {
        "volumes": {"before": _volumes(before), "after": _volumes(after)},
        "hedge_ratio": {
            "before": plain(at.version.designated_hedge_ratio),
            "after": None if after.is_empty else plain(version.designated_hedge_ratio),
        },
        "measured": _measured(at, after) if at.is_accounted else None,
        **(_begun(at, after) if at.is_accounted else {}),
    }


def refuse_unmeasured(at: Standing, version: HedgeRelationshipVersion) -> None:
    """A rebalancing is measured first, then its volumes change: Refusal where the old ones cannot be measured."""
    measured = (version.effect or {}).get("measured") or {}
    if measured.get("reasons"):
        why = ", ".join(measured["reasons"]).replace("_", " ")
        raise Refusal(
            f"{at.code} cannot be measured on {measured['on']} ({why}): record the rates that are missing, then propose"
            " the rebalancing. It is measured on the old volumes first (B6.5.8)."
        )


def _measured(at: Standing, after: Volumes) -> dict[str, Any]:
    found = remeasured(at, after)
    told: dict[str, Any] = {
        "on": found.on.isoformat(),
        "currency": found.currency,
        "reasons": list(found.reasons),
    }
    if not found.before:
        return told
    told["amounts"] = {
        name: {"before": str(amount), "after": str(found.after[name])}
        for name, amount in found.before.items()
    }
    return told | {
        "reserve": str(found.before["reserve_balance"]),
        "waits_in_reserve": str(found.after["reserve_balance"]),
        "reclassified_at_once": str(_moved(found.before, found.after, "cumulative_reclassified")),
        "cost_reserve_let_go": str(-_moved(found.before, found.after, "cost_reserve_balance")),
    }


def _begun(at: Standing, after: Volumes) -> dict[str, Any]:
    """What is added: the hypothetical of the items with its proof, the opening value of the instruments."""
    found = begun(at, after)
    if found is None:
        return {}
    return {
        "added": {
            "on": found.on.isoformat(),
            "is_preliminary": found.on < at.from_date,
            "currency": found.currency,
            "opening_value": None if found.opening_value is None else plain(found.opening_value),
            "hypothetical": found.hypothetical,
        }
    }


def _moved(before: dict[str, Decimal], after: dict[str, Decimal], name: str) -> Decimal:
    return after[name] - before[name]


def _volumes(found: Volumes) -> dict[str, list[dict[str, str]]]:
    return {"items": _side(found.items), "instruments": _side(found.instruments)}


def _side(layers: list[Layer]) -> list[dict[str, str]]:
    like = {layer.subject_id: layer for layer in layers}
    return [
        {"reference": like[pk].reference, "amount": plain(amount), "unit": like[pk].unit}
        for pk, amount in volumes.amounts(layers).items()
    ]
