"""Hedge ratios in figures: by amount and by count of positions, with what counts as hedged."""

from __future__ import annotations

from collections.abc import Callable

from hedges.web.how import How, explained, nowhere
from treasury.web import formats
from treasury.web.tables import Column, Table, link_cell

EXPLAINED = {
    "hedge_ratio", "exposure_amount", "hedge_amount", "open_amount", "positions_hedged", "position_count_ratio",
}  # fmt: skip


def counted_as_hedged(row: dict) -> str:
    """The definition behind a count of hedged positions, as the night applied it."""
    cover = row["counted_as_hedged_from"]
    if cover is None:
        return ""
    return f"counted as hedged from {cover * 100:g} % cover" if cover else "counted as hedged from any cover"


def ratio_table(
    rows: list[dict],
    how_of: Callable[[dict], How] = lambda row: nowhere,
    why: Callable[[dict], str] | None = None,
) -> Table:
    """`why`: the way from a row to why its ratio moved since the night before."""
    columns = [
        Column("entity_code", "Entity"),
        Column("risk_code", "Risk", cell=lambda row: row["risk_code"] or "All, gross"),
        Column("hedge_ratio", "Covered", "percent", cell=_covered),
        Column("exposure_amount", "Exposure", "amount"),
        Column("hedge_amount", "Hedged", "amount"),
        Column("open_amount", "Open", "amount"),
        Column("amount_unit", "In"),
        Column("positions_hedged", "Positions hedged", "count", cell=_positions),
        Column("position_count_ratio", "By count", "percent"),
        Column("counted_as_hedged_from", "A position is", cell=counted_as_hedged, wrap=True),
    ]
    if why:
        columns.append(
            Column("why", "Against the night before", cell=lambda row: link_cell("Why it moved", why(row)))
        )
    columns = [explained(column, how_of) if column.key in EXPLAINED else column for column in columns]
    return Table(
        columns, rows, caption="By amount and by count of positions", short=True, empty="No hedge ratios."
    )


def _covered(row: dict) -> object:
    if row["hedge_ratio"] is None:
        return formats.why((row["reasons"] or [None])[0])
    return formats.percent(row["hedge_ratio"])


def _positions(row: dict) -> str:
    if row["positions_total"] is None:
        return ""
    return f"{formats.count(row['positions_hedged'])} of {formats.count(row['positions_total'])}"
