"""From a journal entry to the measured number that it posts."""

from __future__ import annotations

from django.urls import reverse

from hedges.domain.explanation.families import FAMILIES
from hedges.enums import PostingRule
from hedges.models import MeasurementResult
from treasury.queries.rows import Row
from treasury.web.scope import Scope

#: The cumulative amount that a rule posts first of all.
FIELD_OF_RULE = {
    PostingRule.INSTRUMENT_DESIGNATED: "opening_fair_value",
    PostingRule.REMEASUREMENT: "fair_value_change",
    PostingRule.ITEM_ADJUSTMENT: "item_adjustment",
    PostingRule.ITEM_ADJUSTMENT_AMORTISATION: "item_adjustment_amortised",
    PostingRule.RECLASSIFICATION: "cumulative_reclassified",
    PostingRule.LOSS_NOT_RECOVERED: "loss_not_recovered",
    PostingRule.BASIS_ADJUSTMENT: "cumulative_basis_adjusted",
    PostingRule.COST_AMORTISATION: "cost_amortised",
    PostingRule.COST_RELEASE: "cost_released",
    PostingRule.COST_LOST: "cost_lost",
    PostingRule.INSTRUMENT_RELEASED: "settled_amount",
}


def measured_href(scope: Scope, entry: Row) -> str:
    """How the posted number was measured; empty where no explanation is kept, or for a reversal."""
    name = next((family.name for family in FAMILIES.values() if family.model is MeasurementResult), "")
    field = FIELD_OF_RULE.get(entry["rule"])
    if not name or not entry["run_id"] or not field:
        return ""
    return scope.link(reverse("explanation", args=[name, entry["run_id"], entry["relationship_id"], field]))
