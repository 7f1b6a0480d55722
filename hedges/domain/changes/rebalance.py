"""Rebalancing: the objective stands, the relationship shifted, and the hedge ratio follows (IFRS 9 6.5.5, B6.5.7-21).

Measured on the old volumes up to the date, on the new ones from it on; what is added is struck on that date, what is
taken out of the instruments is at fair value through profit or loss from then on.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from hedges.domain.changes import effect, record
from hedges.domain.changes import volumes as layers
from hedges.domain.changes.added import added
from hedges.domain.changes.standing import Standing, prospective, standing
from hedges.domain.changes.volumes import Amounts, Volumes
from hedges.enums import ChangeCause, ChangeKind, DecisionSubject, EffectivenessStatus
from hedges.models import AssessmentDecision, HedgeRelationship, HedgeRelationshipVersion
from hedges.queries.layers import Side
from treasury.domain.refusals import Refusal
from treasury.enums import AccountingFramework

SIDES: tuple[Side, Side] = ("item", "instrument")


def draft(
    *,
    relationship: HedgeRelationship,
    from_date: date,
    volumes: Mapping[Side, Amounts],
    ineffectiveness_sources: str,
    reason: str,
) -> HedgeRelationshipVersion:
    """The change with its effect, as it would be proposed; nothing is recorded.

    `volumes`: the amounts in force from the date on, by side ("item", "instrument") and by exposure or instrument,
    signed as they are; a side that is not named stays as it is.
    """
    at = standing(relationship, from_date)
    _refuse(at, ineffectiveness_sources)
    plan = _plan(at, volumes)
    ratio = _ratio(at, plan)
    version = record.draft(
        at,
        kind=ChangeKind.REBALANCING,
        cause=ChangeCause.RELATIONSHIP_SHIFTED,
        plan=plan,
        reason=reason,
        designated_hedge_ratio=ratio,
        ineffectiveness_sources=ineffectiveness_sources.strip(),
    )
    effect.refuse_unmeasured(at, version)
    return version


def propose(
    *,
    relationship: HedgeRelationship,
    from_date: date,
    volumes: Mapping[Side, Amounts],
    ineffectiveness_sources: str,
    reason: str,
    actor: Any,
) -> HedgeRelationshipVersion:
    """Records the rebalancing; it waits for another person's approval. Raises Refusal with what is missing."""
    version = draft(
        relationship=relationship,
        from_date=from_date,
        volumes=volumes,
        ineffectiveness_sources=ineffectiveness_sources,
        reason=reason,
    )
    return record.propose(version, actor=actor)


def _refuse(at: Standing, ineffectiveness_sources: str) -> None:
    if at.version.framework != AccountingFramework.IFRS9:
        raise Refusal(
            f"{at.code}: rebalancing exists in IFRS 9 only (6.5.5). Under {at.version.get_framework_display()}"
            " de-designate and designate anew."
        )
    if not at.is_accounted:
        raise Refusal(
            f"{at.code} is an economic hedge without hedge accounting: there is no ratio to rebalance."
        )
    prospective(at, "rebalancing")
    if not ineffectiveness_sources.strip():
        raise Refusal(
            f"{at.code}: say anew what makes the hedge ineffective (ineffectiveness_sources); a rebalancing refreshes"
            " the documentation (B6.5.21)."
        )
    newest = (
        AssessmentDecision.objects.filter(relationship=at.relationship, subject=DecisionSubject.CREDIT_RISK)
        .order_by("-as_of_date", "-id")
        .first()
    )
    if newest and newest.decided_status == EffectivenessStatus.NOT_EFFECTIVE:
        raise Refusal(
            f"{at.code}: credit risk dominates, confirmed for {newest.as_of_date}; that is never cured by rebalancing."
            " Discontinue the hedge (6.4.1(c)(ii))."
        )


def _plan(at: Standing, wanted: Mapping[Side, Amounts]) -> Volumes:
    unknown = set(wanted) - set(SIDES)
    if unknown:
        raise Refusal(f"volumes are given for item and instrument, not for {', '.join(sorted(unknown))}.")
    before = layers.of(layers.from_date_on(at.layers, at.from_date))
    sides = {}
    for side in SIDES:
        there = before.side(side)
        amounts = wanted.get(side)
        if amounts is None:
            sides[side] = there
            continue
        known = {layer.subject_id for layer in there}
        stays = layers.kept(there, {pk: amount for pk, amount in amounts.items() if pk in known})
        sides[side] = stays + added(at, side, amounts, stays)
    plan = Volumes(sides["item"], sides["instrument"])
    if plan.is_empty:
        raise Refusal(
            f"{at.code}: nothing would stay on one side; that is a discontinuation, not a rebalancing."
        )
    return plan


def _ratio(at: Standing, plan: Volumes) -> Decimal:
    """Instrument units per item unit from then on. Raises Refusal where it would stay: that is no rebalancing."""
    before = layers.of(layers.from_date_on(at.layers, at.from_date))
    item, instrument = layers.size(plan.items), layers.size(plan.instruments)
    item_before, instrument_before = layers.size(before.items), layers.size(before.instruments)
    if instrument * item_before == instrument_before * item:
        raise Refusal(
            f"{at.code}: the hedge ratio would stay the same. More of both is a new designation, less of both is no"
            " rebalancing (B6.5.8): the ratio is what a rebalancing changes."
        )
    ratio = at.version.designated_hedge_ratio * instrument * item_before / (instrument_before * item)
    return ratio.quantize(Decimal("0.000001"))
