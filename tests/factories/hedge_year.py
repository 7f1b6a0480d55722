"""One cash flow hedge over three closed months: gains, ineffectiveness, reclassification to zero."""

from datetime import date
from typing import Any

from hedges.domain import relationship_approval
from hedges.models import HedgeRelationshipVersion
from tests.factories import accounting, book
from treasury.domain import audit
from treasury.models import Entity

MONTHS = (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1))


def relationship(of: Entity, **fields: Any) -> Any:
    """An approved relationship of half a million dollars with an item and a forward of its own."""
    kind = "RECOGNISED_ASSET" if fields.get("hedge_type") == "FAIR_VALUE" else "HIGHLY_PROBABLE_FORECAST"
    item = book.exposure(500_000, of=of, kind=kind)
    hedge = book.forward(-500_000, of=of)
    return book.relationship(of=of, items=[(item, 500_000)], instruments=[(hedge, -500_000)], **fields)


def under_two_frameworks(of: Entity, framework: str = "ASC815", **fields: Any) -> tuple[Any, Any]:
    """The same hedge under the entity's framework and under another one."""
    item, hedge = book.exposure(500_000, of=of), book.forward(-500_000, of=of)
    terms: dict[str, Any] = {
        "of": of,
        "items": [(item, 500_000)],
        "instruments": [(hedge, -500_000)],
    } | fields
    book.rule_pack(framework)
    first = book.relationship(**terms)
    return first, book.relationship(framework=framework, parallel_of=first.relationship, **terms)


def three_months(of: Entity, *versions: Any) -> None:
    """Rules section 5: 40|42, 100|90; then the item affects profit or loss and the reserve is zero."""
    lives = [
        (40, 42, 0, "ACTIVE", lambda one: [accounting.remeasurement(one, 40, 40)]),
        (100, 90, 0, "ACTIVE", lambda one: [accounting.remeasurement(one, 60, 50)]),
        (100, 90, 90, "MATURED", lambda one: [accounting.reclassification(one, 90)]),
    ]
    for month, (change, item, out, stage, entries) in zip(MONTHS, lives, strict=True):
        recognised = min(change, item)
        accounting.closed_month(
            of, month, [entry for one in versions for entry in entries(one)],
            [accounting.measurement(
                one, cumulative_change_instrument=change, cumulative_change_hypothetical=item,
                cumulative_recognised=recognised, cumulative_ineffectiveness=change - recognised,
                cumulative_reclassified=out, reserve_balance=recognised - out, life_stage=stage,
                carrying_amount=change, fair_value_change=change) for one in versions],
        )  # fmt: skip


def discontinued(version: Any, *, on: date, **fields: Any) -> HedgeRelationshipVersion:
    """An approved discontinuation from `on` on, with the fields that are given."""
    kept = (
        "relationship_id", "entity_id", "hedge_type", "framework", "risk_id", "designated_component",
        "designation_date", "hedge_end_date", "designated_hedge_ratio", "assessment_method", "inception_file_id",
        "objective", "rationale", "ineffectiveness_sources",
        "allocations_digest",
    )  # fmt: skip
    values: dict[str, Any] = {name: getattr(version, name) for name in kept} | {
        "status": "DISCONTINUED", "change_kind": "DISCONTINUATION", "change_cause": "CRITERIA_FAILED", "valid_from": on,
        "volumes": {"items": [], "instruments": []}, "effect": {},
    }  # fmt: skip
    with audit.action("test.relationship.discontinued", actor=book.user("HEDGE_ACCOUNTANT")):
        change = HedgeRelationshipVersion.objects.create(**(values | fields))
    change.refresh_from_db()
    relationship_approval.approve(versions=[change], actor=book.user("APPROVER"))
    return change
