"""Volume that a rebalancing adds: free units of the newest approved version, struck on the date of the change."""

from datetime import timedelta
from decimal import Decimal

from hedges.domain.changes.standing import Standing
from hedges.domain.changes.volumes import Amounts
from hedges.domain.changes.volumes import amounts as amounts_of
from hedges.domain.units import UnitBook
from hedges.models import InstrumentAllocation, ItemAllocation
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
