"""The shared part of a sealed book: entities, risks, counterparties, policy bands and rule packs.

Small tables come as dictionaries by id, bands as columns. The number of queries does not depend on the book's size.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from treasury.models import Counterparty, Entity, Risk, RulePack
from treasury.queries.copy import Columns, columns
from treasury.queries.known import applicable_sql

_PACK_FIELDS = [
    field.name
    for field in RulePack._meta.concrete_fields
    if field.name not in ("event", "valid_from", "valid_to")
]


@dataclass(frozen=True, slots=True)
class Reference:
    """Who and what there is, by id; rule packs by framework."""

    entities: dict[int, dict[str, Any]]
    risks: dict[int, dict[str, Any]]
    counterparties: dict[int, str]
    rule_packs: dict[str, dict[str, Any]]

    def pack_of(self, entity_id: int) -> dict[str, Any]:
        """The rule pack of the entity's framework; raises LookupError where none is in force."""
        framework = self.entities[entity_id]["accounting_framework"]
        if framework not in self.rule_packs:
            raise LookupError(f"No rule pack for {framework} is in force on this date; record one.")
        return self.rule_packs[framework]


def reference(as_of_date: date) -> Reference:
    """The reference data of a run. One pack of a framework can ever be in force on a date, so K does not matter."""
    entities = Entity.objects.values("id", "code", "functional_currency_id", "accounting_framework")
    risks = Risk.objects.values("id", "code", "kind", "base_unit_id", "quote_currency_id", "market_symbol")
    in_force = RulePack.objects.filter(valid_from__lte=as_of_date).filter(
        Q(valid_to=None) | Q(valid_to__gt=as_of_date)
    )
    return Reference(
        entities={row["id"]: dict(row) for row in entities.order_by("id")},
        risks={row["id"]: dict(row) for row in risks.order_by("id")},
        counterparties=dict(Counterparty.objects.order_by("id").values_list("id", "code")),
        rule_packs={row["framework"]: row for row in in_force.order_by("id").values(*_PACK_FIELDS)},
    )


def bands(as_of_date: date, known_at: datetime, *, shard_number: int, shard_count: int) -> Columns:
    """The bands of the policy versions that count, of the entities of one shard."""
    sql = (
        "SELECT p.entity_id, p.risk_id, b.month_from::int4, b.month_to::int4, b.lower_ratio::float8,"
        " b.target_ratio::float8, b.upper_ratio::float8"
        f" FROM ({applicable_sql('treasury_policyversion', 'policy_id')}) v"
        " JOIN treasury_policy p ON p.id = v.policy_id JOIN treasury_policyband b ON b.policy_version_id = v.id"
        " WHERE mod(p.entity_id, %(shard_count)s) = %(shard_number)s"
        " ORDER BY p.entity_id, p.risk_id, b.month_from"
    )
    at = {
        "as_of_date": as_of_date,
        "known_at": known_at,
        "shard_number": shard_number,
        "shard_count": shard_count,
    }
    spec = {
        "entity_id": "int8",
        "risk_id": "int8",
        "month_from": "int4",
        "month_to": "int4",
        "lower_ratio": "float8",
        "target_ratio": "float8",
        "upper_ratio": "float8",
    }
    return columns(sql, at, spec)
