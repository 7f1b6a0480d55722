"""What the cells of an import are looked up in: the person's entities, the risks and the units of the book."""

from __future__ import annotations

from typing import Any, NamedTuple

from treasury.enums import RiskKind
from treasury.models import Risk, Unit
from treasury.queries.access import WRITERS
from treasury.queries.people import person


class Entity(NamedTuple):
    id: int
    currency: str


class RiskOf(NamedTuple):
    id: int
    unit: str
    kind: str


class Reference(NamedTuple):
    """`entities`: those whose book the person may write; `read_only`: codes of those that they only see.

    `pairs`: (currency, functional currency) -> the risk. `units`: code -> decimals of the smallest unit.
    """

    entities: dict[str, Entity]
    read_only: frozenset[str]
    risks: dict[str, RiskOf]
    pairs: dict[tuple[str, str], int]
    units: dict[str, int]


def reference(user: Any) -> Reference:
    """Four reads."""
    who = person(user)
    writable = {row["code"] for row in who.entities if who.has_role_at(row["id"], *WRITERS)}
    entities = {
        row["code"]: Entity(row["id"], row["functional_currency_id"])
        for row in who.entities
        if row["code"] in writable
    }
    risks: dict[str, RiskOf] = {}
    pairs: dict[tuple[str, str], int] = {}
    for pk, code, kind, base, quote in Risk.objects.order_by("id").values_list(
        "id", "code", "kind", "base_unit_id", "quote_currency_id"
    ):
        risks[code] = RiskOf(pk, base, kind)
        if kind == RiskKind.CURRENCY_PAIR:
            pairs.setdefault((base, quote), pk)
    return Reference(
        entities,
        frozenset(row["code"] for row in who.entities) - writable,
        risks,
        pairs,
        dict(Unit.objects.values_list("code", "minor_units")),
    )
