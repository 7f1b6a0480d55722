"""What the page of a change reads: the relationship, and what of exposures and instruments is in force."""

from __future__ import annotations

from datetime import date

from hedges.models import HedgeRelationship
from hedges.queries import candidates, layers
from treasury.kernel.money import from_minor_units
from treasury.queries.rows import Row


def relationship(relationship_id: int, *, entity_ids: list[int]) -> HedgeRelationship | None:
    found = HedgeRelationship.objects.select_related("entity")
    return found.filter(pk=relationship_id, entity_id__in=entity_ids).first()


def in_force(relationship_id: int, on: date) -> list[Row]:
    """Each exposure and instrument that is designated on the date, with its amount, items first."""
    found = layers.in_force([relationship_id], from_date=on)
    rows: list[Row] = []
    for side in ("item", "instrument"):
        of_side = [layer for layer in found if layer.side == side]
        like = {layer.subject_id: layer for layer in of_side}
        rows += [
            {
                "side": side, "subject_id": subject, "thing_id": subject, "reference": like[subject].reference,
                "unit": like[subject].unit, "sign": like[subject].sign,
                "amount": from_minor_units(units * like[subject].sign, like[subject].unit),
            }
            for subject, units in layers.totals(of_side).items()
        ]  # fmt: skip
    return rows


def others(entity_id: int, on: date, known: list[Row], *, risk: str) -> list[Row]:
    """Open exposures to the hedged risk and live instruments that a rebalancing could add, items first."""
    there = {(row["side"], row["subject_id"]) for row in known}
    found = [("item", row) for row in candidates.exposures(entity_id, risk, on)]
    found += [("instrument", row) for row in candidates.instruments(entity_id, on, first_risk=risk)]
    return [
        {
            "side": side, "subject_id": row["thing_id"], "thing_id": row["thing_id"],
            "reference": row["reference"], "unit": row["unit"], "risk_code": row["risk_code"],
            "sign": 1 if row["amount"] > 0 else -1, "amount": 0,
        }
        for side, row in found
        if (side, row["thing_id"]) not in there
    ]  # fmt: skip


def with_capacity(rows: list[Row], entity_id: int, on: date, current: Row) -> None:
    """Writes into each row what is free of it for the relationship, and in which others it is used."""
    by_side = [[row for row in rows if row["side"] == side] for side in ("item", "instrument")]
    candidates.with_capacity(
        by_side[0], by_side[1], entity_id=entity_id, framework=current["framework"],
        component=current["designated_component"], risk=current["risk__code"], period_from=on,
        until=max(on, current["hedge_end_date"]), but=current["code"],
    )  # fmt: skip
