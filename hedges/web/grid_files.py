"""The position grid as a file: a row a row of the grid; of each cell the covered share, the exposure before and after
hedging and how it stands. Amounts in the risk's base unit, + an inflow.
"""

from __future__ import annotations

from hedges.web import bands
from hedges.web.grid import cells_of, heads_of, lines_of
from treasury.web.tables import Column, Table


def grid_table(
    buckets: list[dict], ratios: list[dict], *, swapped: bool = False, amounts: bool = False
) -> Table:
    """The grid as the table that its files are made of."""
    lines = lines_of(buckets, ratios)
    cells, heads = cells_of(buckets), heads_of(buckets)
    across: list[tuple]  # what a group of columns is of: its key, its name, its unit
    if swapped:
        columns = [Column("bucket", "Months ahead")]
        across = [(line.key, line.label, line.unit) for line in lines]
        names = {line.key: line.label.lower().replace(" ", "_") for line in lines}
        rows = [
            {"bucket": name} | _filed({names[line.key]: cells.get((line.key, start)) for line in lines})
            for start, name in heads
        ]
    else:
        columns = [
            Column("line", "Entity and risk"),
            Column("unit", "In"),
            Column("in_all", "In all", "percent"),
        ]
        across = [(start, name, "") for start, name in heads]
        names = {start: f"{start}m" for start, _ in heads}
        rows = [
            {"line": line.label, "unit": line.unit, "in_all": line.ratio and line.ratio["hedge_ratio"]}
            | _filed({names[start]: cells.get((line.key, start)) for start, _ in heads})
            for line in lines
        ]
    for key, name, unit in across:
        columns += _columns(names[key], name, unit, amounts=amounts)
    return Table(columns, rows, caption="Position grid", sortable=False, findable=False)


def _columns(key: str, name: str, unit: str, *, amounts: bool) -> list[Column]:
    hedged = [Column(f"{key}_hedged", f"{name}, hedged", "amount", unit=unit)] if amounts else []
    return [
        Column(f"{key}_covered", f"{name}, covered", "percent"),
        Column(f"{key}_before", f"{name}, before hedging", "amount", unit=unit),
        *hedged,
        Column(f"{key}_after", f"{name}, after hedging", "amount", unit=unit),
        Column(f"{key}_state", f"{name}, stands", "state"),
    ]


def _filed(cells: dict[str, dict | None]) -> dict:
    return {
        f"{key}_{name}": value
        for key, row in cells.items()
        if row is not None
        for name, value in (
            ("covered", row["coverage_ratio"]),
            ("before", row["net_exposure_amount"]),
            ("hedged", row["hedge_amount"]),
            ("after", row["net_open_amount"]),
            ("state", bands.standing(row)),
        )
    }
