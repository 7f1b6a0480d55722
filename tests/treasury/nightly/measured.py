"""Shared by the tests of measurement: what the step would write on a date, without a pipeline around it."""

from datetime import date
from decimal import Decimal
from typing import Any

from hedges.domain.sealed import Shard
from hedges.domain.unsealed import inputs_now
from treasury.nightly.steps import measurement


def on(day: date, *, shards: int = 1) -> list[dict[str, Any]]:
    """Result rows of the relationships on a date, as known now; texts become what they stand for."""
    return _rows(day, measurement.TABLE, shards)


def costs_on(day: date) -> list[dict[str, Any]]:
    return _rows(day, measurement.COSTS_TABLE, 1)


def _rows(day: date, table: str, shards: int) -> list[dict[str, Any]]:
    sealed = inputs_now(day)
    found = [measurement.compute(Shard(sealed, number, shards))[table] for number in range(shards)]
    return [
        {name: _value(cell) for name, cell in zip(part, row, strict=True)}
        for part in found
        for row in zip(*part.values(), strict=True)
    ]


def _value(cell: str) -> Any:
    if cell == "\\N":
        return None
    if cell.startswith("{"):
        return [_value(part) for part in cell[1:-1].split(",") if part]
    try:
        return Decimal(cell)
    except ArithmeticError:
        return cell
