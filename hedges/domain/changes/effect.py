"""What a change does, worked out before it is decided and recorded with it: volumes and hedge ratio."""

from typing import Any

from hedges.domain.changes import volumes
from hedges.domain.changes.standing import Standing
from hedges.domain.changes.volumes import Volumes
from hedges.models import HedgeRelationshipVersion
from hedges.queries.layers import Layer
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
    }


def _volumes(found: Volumes) -> dict[str, list[dict[str, str]]]:
    return {"items": _side(found.items), "instruments": _side(found.instruments)}


def _side(layers: list[Layer]) -> list[dict[str, str]]:
    like = {layer.subject_id: layer for layer in layers}
    return [
        {"reference": like[pk].reference, "amount": plain(amount), "unit": like[pk].unit}
        for pk, amount in volumes.amounts(layers).items()
    ]
