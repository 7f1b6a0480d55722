"""The layers of relationships: the units in force from a date on, each with its dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db import connection

Side = Literal["item", "instrument"]


@dataclass(frozen=True, slots=True)
class Layer:
    """A run of units of one exposure or notional, in force on [period_from, period_to).

    `sign` is that of the exposure or notional; `struck_on` the date of the item's hypothetical derivative.
    """

    side: Side
    relationship_id: int
    subject_id: int
    version_id: int
    reference: str
    unit: str
    sign: int
    unit_from: int
    unit_to: int
    period_from: date
    period_to: date
    struck_on: date

    @property
    def units(self) -> int:
        return self.unit_to - self.unit_from


#: Side -> (allocations, the identity, its version, the signed amount there, its unit).
SIDES: dict[Side, tuple[str, str, str, str, str]] = {
    "item": (
        "hedges_itemallocation", "exposure", "exposures_exposure", "exposure_amount", "exposure_currency_id",
    ),
    "instrument": (
        "hedges_instrumentallocation", "instrument", "hedges_instrument", "notional_amount",
        "notional_currency_id",
    ),
}  # fmt: skip


def in_force(relationship_ids: Iterable[int], *, from_date: date) -> list[Layer]:
    """The layers that are in force on `from_date` or begin later, as known now, in one query."""
    sql = " UNION ALL ".join(_layers(side) for side in SIDES)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM ({sql}) layer ORDER BY side DESC, subject_id, unit_from, period_from",
            {"relationships": list(relationship_ids), "from_date": from_date},
        )
        return [Layer(*row) for row in cursor.fetchall()]


def totals(layers: Iterable[Layer]) -> dict[int, int]:
    """Units in force of each subject; the same units on one date after another count once."""
    found: dict[int, list[tuple[int, int]]] = {}
    for layer in layers:
        found.setdefault(layer.subject_id, []).append((layer.unit_from, layer.unit_to))
    return {subject: sum(b - a for a, b in joined(runs)) for subject, runs in found.items()}


def joined(runs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of units without overlaps, ascending."""
    whole: list[tuple[int, int]] = []
    for first, past_last in sorted(runs):
        if whole and first <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], past_last))
        else:
            whole.append((first, past_last))
    return whole


def newest_approved(side: Side, subject_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Of each exposure or instrument what its newest approved version says: only that one can be designated."""
    _, subject, identity, amount, unit = SIDES[side]
    version = f"{identity}version"
    sql = (
        f"SELECT DISTINCT ON (v.{subject}_id) v.{subject}_id AS subject_id, v.id AS version_id, i.entity_id,"
        f" i.external_reference AS reference, v.{unit} AS unit, v.{amount} AS amount, v.capacity_units, v.risk_id"
        f" FROM {version} v JOIN {version}approval a ON a.version_id = v.id AND a.decision = 'APPROVED'"
        f" JOIN {identity} i ON i.id = v.{subject}_id WHERE v.{subject}_id = ANY(%s)"
        f" ORDER BY v.{subject}_id, v.version_number DESC"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(subject_ids)])
        names = [column.name for column in cursor.description]
        return {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}


def _layers(side: Side) -> str:
    table, subject, identity, amount, unit = SIDES[side]
    return (
        f"SELECT '{side}' AS side, w.relationship_id, a.{subject}_id AS subject_id,"
        f" a.{subject}_version_id AS version_id, i.external_reference, v.{unit}, sign(v.{amount})::int,"
        " a.unit_from, a.unit_to, a.period_from, a.period_to, coalesce(a.struck_on, a.period_from)"
        f" FROM {table} a JOIN hedges_hedgerelationshipversion w ON w.id = a.relationship_version_id"
        f" JOIN {identity}version v ON v.id = a.{subject}_version_id JOIN {identity} i ON i.id = a.{subject}_id"
        " WHERE w.relationship_id = ANY(%(relationships)s)"
        " AND a.period_to > greatest(a.period_from, %(from_date)s)"
    )
