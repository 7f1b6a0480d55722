"""Where the book keeps a measure: the result columns that name it, read from the models themselves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.apps import apps

from treasury.models import RunResult


@dataclass(frozen=True, slots=True)
class MeasuredColumn:
    """A column of a result family that holds a field of a measure."""

    family: str
    table: str
    column: str
    measure: str
    field: str

    @property
    def path(self) -> str:
        return f"{self.table}.{self.column}"


@cache
def measured_columns() -> tuple[MeasuredColumn, ...]:
    """Every result column that holds a measure, in the order of the models."""
    found = []
    for model in apps.get_models():
        if not issubclass(model, RunResult):
            continue
        for column in model._meta.concrete_fields:
            code, _, field = getattr(column, "measure", "").partition(".")
            if code:
                found.append(MeasuredColumn(model.__name__, model._meta.db_table, column.name, code, field))
    return tuple(found)


def columns_of(code: str) -> list[MeasuredColumn]:
    """The columns that hold a measure."""
    return [column for column in measured_columns() if column.measure == code]


def paths_by_measure() -> dict[str, list[str]]:
    """`table.column` by the measure's code."""
    found: dict[str, list[str]] = {}
    for column in measured_columns():
        found.setdefault(column.measure, []).append(column.path)
    return found
