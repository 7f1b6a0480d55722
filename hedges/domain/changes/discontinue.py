"""Discontinuing hedge accounting, whole or in part, for a cause that the standard knows (IFRS 9 6.5.6, B6.5.22-28;
IAS 39.91 and 101; ASC 815-25-40-1, 815-30-40-1): prospective, from the date of the fact.

What is booked stays; what becomes of the reserve follows from the items, by the clock of the framework.
"""

from datetime import date
from typing import Any

from hedges.domain.changes import causes, record, volumes
from hedges.domain.changes.standing import Standing, standing
from hedges.domain.changes.volumes import Amounts, Volumes
from hedges.enums import ChangeCause, ChangeKind
from hedges.models import HedgeRelationship, HedgeRelationshipVersion
from treasury.domain.refusals import Refusal
from treasury.models import RulePack


def draft(
    *,
    relationship: HedgeRelationship,
    from_date: date,
    cause: str,
    reason: str,
    items: Amounts | None = None,
    instruments: Amounts | None = None,
) -> HedgeRelationshipVersion:
    """The change with its effect, as it would be proposed; nothing is recorded.

    `items` and `instruments`: the amounts that stay, by exposure and by instrument, signed as they are. Neither given:
    the whole relationship stops. One side given: the other stays as it is.
    """
    if cause not in ChangeCause.values:
        raise Refusal(f"{cause} is no cause of a change; give one of {', '.join(ChangeCause.values)}.")
    cause = ChangeCause(cause)
    at = standing(relationship, from_date)
    causes.refuse_cause(at, cause)
    plan = kept(at, items, instruments)
    causes.refuse_without_facts(at, cause, plan)
    if not plan.is_empty and at.is_accounted:
        _keeps_ratio(at, plan)
    kind = ChangeKind.DISCONTINUATION if plan.is_empty else ChangeKind.PARTIAL_DISCONTINUATION
    return record.draft(at, kind=kind, cause=cause, plan=plan, reason=reason)


def propose(
    *,
    relationship: HedgeRelationship,
    from_date: date,
    cause: str,
    reason: str,
    actor: Any,
    items: Amounts | None = None,
    instruments: Amounts | None = None,
) -> HedgeRelationshipVersion:
    """Records the discontinuation; it waits for another person's approval. Raises Refusal with what is missing."""
    version = draft(
        relationship=relationship,
        from_date=from_date,
        cause=cause,
        reason=reason,
        items=items,
        instruments=instruments,
    )
    return record.propose(version, actor=actor)


def kept(at: Standing, items: Amounts | None, instruments: Amounts | None) -> Volumes:
    """What stays of the layers that are in force; nothing of either side where nothing stays of one."""
    if items is None and instruments is None:
        return volumes.NOTHING
    before = volumes.of(volumes.from_date_on(at.layers, at.from_date))
    plan = Volumes(_side(before, "item", items), _side(before, "instrument", instruments))
    return volumes.NOTHING if plan.is_empty else plan


def _side(before: Volumes, side: Any, amounts: Amounts | None) -> list[Any]:
    there = before.side(side)
    if amounts is None:
        return there
    in_force = volumes.amounts(there)
    like = {layer.subject_id: layer for layer in there}
    for pk, amount in amounts.items():
        if pk in in_force and abs(amount) > abs(in_force[pk]):
            layer = like[pk]
            raise Refusal(
                f"{layer.reference}: {amount} {layer.unit} is more than the {in_force[pk]} designated; a"
                " discontinuation adds nothing."
            )
    return volumes.kept(there, amounts)


def _keeps_ratio(at: Standing, plan: Volumes) -> None:
    """The rest goes on with the hedge ratio it had, lot sizes aside; another ratio is a rebalancing (B6.5.27)."""
    before = volumes.of(volumes.from_date_on(at.layers, at.from_date))
    item, instrument = volumes.size(plan.items), volumes.size(plan.instruments)
    item_before, instrument_before = volumes.size(before.items), volumes.size(before.instruments)
    grown = instrument * item_before / (instrument_before * item)
    tolerance = _tolerance(at)
    if abs(grown - 1) > tolerance:
        share = item / item_before
        raise Refusal(
            f"{at.code}: {share:.2%} of the items and {instrument / instrument_before:.2%} of the instruments would"
            " stay. A partial discontinuation keeps the hedge ratio: stop the same share of both sides."
        )


def _tolerance(at: Standing) -> Any:
    file = at.version.inception_file
    pack: RulePack | None = file.rule_pack if file else None
    return pack.hedge_ratio_tolerance if pack else 0
