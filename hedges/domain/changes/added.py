"""Volume that a rebalancing adds: free units of the newest approved version, struck on the date of the change."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from exposures.models import ExposureVersion
from hedges.domain import known as reading
from hedges.domain.changes.standing import Standing
from hedges.domain.changes.volumes import Amounts
from hedges.domain.changes.volumes import amounts as amounts_of
from hedges.domain.eligibility import instrument_fault, item_fault
from hedges.domain.units import UnitBook
from hedges.models import InstrumentAllocation, InstrumentVersion, ItemAllocation
from hedges.queries.layers import Layer, Side, newest_approved
from treasury.domain.refusals import Refusal


def added(at: Standing, side: Side, wanted: Amounts, stays: list[Layer]) -> list[Layer]:
    """Layers for what the amounts ask for beyond what stays. Raises Refusal where not enough units are free."""
    there = amounts_of(stays)
    more = {pk: amount - there.get(pk, Decimal(0)) for pk, amount in wanted.items()}
    more = {pk: amount for pk, amount in more.items() if amount}
    if not more:
        return []
    model = ItemAllocation if side == "item" else InstrumentAllocation
    subject = "exposure" if side == "item" else "instrument"
    newest = newest_approved(side, more)
    _refuse_ineligible(at, side, {pk: newest[pk] for pk in more if pk not in there and pk in newest})
    units = UnitBook(model, subject, more)
    end = at.version.hedge_end_date + timedelta(days=1)
    columns = {
        "framework": at.version.framework,
        "risk_id": at.version.risk_id,
        "designated_component": at.version.designated_component,
        "period_from": at.from_date,
        "period_to": end,
    }
    found = []
    for pk, amount in more.items():
        terms = newest.get(pk)
        if terms is None or terms["entity_id"] != at.version.entity_id:
            raise Refusal(
                f"{at.code}: the {subject} {pk} has no approved version at this entity; it cannot be added."
            )
        if amount * terms["amount"] <= 0:
            raise Refusal(
                f"{terms['reference']}: {wanted[pk]} {terms['unit']} has the other sign than what it is part of."
            )
        rows = units.take(
            columns,
            subject=pk,
            capacity=terms["capacity_units"],
            unit=terms["unit"],
            amount=amount,
            name=terms["reference"],
        )
        found += [
            Layer(
                side=side,
                relationship_id=at.relationship.pk,
                subject_id=pk,
                version_id=terms["version_id"],
                reference=terms["reference"],
                unit=terms["unit"],
                sign=1 if terms["amount"] > 0 else -1,
                unit_from=row.unit_from,
                unit_to=row.unit_to,
                period_from=at.from_date,
                period_to=end,
                struck_on=at.from_date,
            )
            for row in rows
        ]
    return found


def _refuse_ineligible(at: Standing, side: Side, newest: dict[int, dict[str, Any]]) -> None:
    """What is taken in anew has to be what a designation could take: one Refusal with every fault."""
    if not newest:
        return
    model: Any = ExposureVersion if side == "item" else InstrumentVersion
    versions = model.objects.in_bulk([terms["version_id"] for terms in newest.values()])
    items, instruments = (versions.values(), ()) if side == "item" else ((), versions.values())
    known = reading.read([at.version], items, instruments, None)
    judge: Any = item_fault if side == "item" else instrument_fault
    faults = []
    for terms in newest.values():
        version = versions[terms["version_id"]]
        if side == "item" and version.risk_id != at.version.risk_id:
            risk, hedged = known.risks[version.risk_id].code, known.risks[at.version.risk_id].code
            faults.append(f"{terms['reference']}: its risk is {risk}, not {hedged} (6.6.1)")
        fault = judge(at.version, at.version.inception_file, version, at.from_date, known)
        if fault:
            faults.append(f"{terms['reference']}: {fault}")
    if faults:
        raise Refusal(f"{at.code} cannot take in {'; '.join(faults)}.")
