"""What a change begins anew: the hypothetical of added items with its proof, the opening value of added instruments.

Added volume has its own hypothetical, struck on the date of the change and worth nothing there (rules section 5, IFRS 9
B6.5.5, B6.5.16); an instrument that is added is worth what it is that day, and that is no change of the hedge. Before
its date a change is shown on the market of the day on which it is proposed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from hedges.domain.assessment.hypothetical import hypotheticals
from hedges.domain.assessment.outcome import Gathered, gathered
from hedges.domain.changes.standing import Standing
from hedges.domain.changes.volumes import Volumes
from hedges.domain.levels import Used, instrument_levels
from hedges.domain.sealed import Shard
from hedges.domain.terms import flows_of, terms
from hedges.domain.unsealed import inputs_now
from hedges.enums import DesignatedComponent
from hedges.queries import columns, relationship_columns
from hedges.queries.layers import Layer
from hedges.queries.relationship_columns import COMPONENTS
from treasury.kernel.money import from_minor_units

WHOLE = COMPONENTS.index(DesignatedComponent.WHOLE)


@dataclass(frozen=True)
class Begun:
    """`hypothetical`: entries as of a test at inception; `opening_value`: in `currency`, null where it is unknown."""

    on: date
    hypothetical: list[dict[str, Any]]
    opening_value: Decimal | None
    currency: str


def begun(at: Standing, after: Volumes) -> Begun | None:
    """None where the change adds nothing, or the hedge is not in force on the day that it is shown for."""
    items, instruments = _added(at, after.items), _added(at, after.instruments)
    if not items and not instruments:
        return None
    on = min(at.from_date, at.today)
    sealed = inputs_now(on, only=[at.relationship.pk])
    shard = Shard(sealed, 0, 1)
    of = gathered(shard)
    if not of.found["relationship_id"].size:
        return None
    struck = of.found | {"accounting_from": np.array([on.toordinal()], dtype=np.int64)}
    currency = sealed.functional(of.found["entity_id"])[0]
    return Begun(
        on, _proof(at, of, struck, items), _opening_value(shard, struck, instruments, currency), currency
    )


def _added(at: Standing, layers: Iterable[Layer]) -> list[Layer]:
    there = {(layer.side, layer.subject_id, layer.struck_on) for layer in at.layers}
    return [
        layer
        for layer in layers
        if layer.struck_on == at.from_date and (layer.side, layer.subject_id, layer.struck_on) not in there
    ]


def _proof(at: Standing, of: Gathered, struck: Any, added: list[Layer]) -> list[dict[str, Any]]:
    if not added:
        return []
    units: dict[int, int] = defaultdict(int)
    for layer in added:
        units[layer.version_id] += layer.units
    items = relationship_columns.added_items(at.relationship.pk, units)
    [entries] = hypotheticals(replace(of, found=struck, items=items))
    return entries


def _opening_value(shard: Shard, struck: Any, added: list[Layer], currency: str) -> Decimal | None:
    """Fair value, credit included, of the added part of each instrument; rounded once an instrument."""
    units: dict[int, int] = defaultdict(int)
    for layer in added:
        units[layer.version_id] += layer.units
    rows, paid = columns.of_versions(list(units))
    count = rows["instrument_id"].size
    if not count:
        return Decimal(0)
    whole = terms(rows, shard.sealed.reference, shard.sealed.contracts, shard.sealed.lookup)
    part = np.array([units[version] for version in rows["version_id"].tolist()])
    known = whole.scaled(part / np.maximum(np.abs(rows["notional"]), 1)).without_near_legs()
    used = Used(np.zeros(count, dtype=np.int64), known, flows_of(known.instrument_id, paid), rows)
    of_whole = struck | {"component": np.array([WHOLE])}
    fair, _ = instrument_levels(shard, of_whole, used, struck["accounting_from"][:, None])
    return from_minor_units(int(fair.minor[0, 0]), currency) if fair.known[0, 0] else None
