"""A relationship measured at the date of a change, once as it stands and once as it would be: what the change does.

What is added is struck on that date and worth nothing yet; what stays runs on. The facts of the date itself count only
on the side of the change, so that what they reclassify at once shows as its effect. Amounts are cumulative since the
beginning, in the functional currency, gains +.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np

from hedges.domain.changes.standing import Standing
from hedges.domain.changes.volumes import Volumes
from hedges.domain.measurement.book import Book, read
from hedges.domain.measurement.measure import measure
from hedges.domain.sealed import Shard
from hedges.domain.unsealed import inputs_now
from hedges.queries.layers import Layer, Side
from treasury.kernel.money import from_minor_units
from treasury.quant.codes import reason_names
from treasury.queries.copy import Columns


@dataclass(frozen=True)
class Remeasured:
    """Amounts by the columns of `MeasurementResult`; empty, with `reasons`, where they cannot be known."""

    on: date
    currency: str
    before: dict[str, Decimal]
    after: dict[str, Decimal]
    reasons: tuple[str, ...]


def remeasured(at: Standing, after: Volumes) -> Remeasured:
    """On the date of the change, or today where that is to come."""
    on = min(at.from_date, at.today)
    sealed = inputs_now(on, entity_id=at.version.entity_id)
    currency = sealed.functional(np.array([at.version.entity_id]))[0]
    book = read(Shard.of_one(sealed, at.relationship.pk).at)
    if not book.relationships["relationship_id"].size:
        return Remeasured(on, currency, {}, {}, ())
    stands = replace(book, facts=_until(book.facts, on.toordinal()))
    changes = measure(sealed, _changed(book, after, on.toordinal()))
    unchanged = measure(sealed, stands)
    if not (unchanged.known[0] and changes.known[0]):
        reasons = {name for found in (unchanged, changes) for name in reason_names(int(found.reasons[0]))}
        return Remeasured(on, currency, {}, {}, tuple(sorted(reasons)))
    before, later = (
        {name: from_minor_units(int(values[0]), currency) for name, values in found.amounts.items()}
        for found in (unchanged, changes)
    )
    return Remeasured(on, currency, before, later, ())


def _until(facts: Columns, day: int) -> Columns:
    """Facts as they were before the day: what begins then has not come, what ended then goes on."""
    earlier = facts["counts_from"] < day
    kept = {name: values[earlier] for name, values in facts.items()}
    kept["counts_to"] = np.where(kept["counts_to"] == day, date.max.toordinal(), kept["counts_to"])
    return kept


def _changed(book: Book, after: Volumes, day: int) -> Book:
    found = dict(book.relationships)
    found["is_discontinued"] = np.full(found["relationship_id"].shape, after.is_empty)
    return replace(
        book,
        relationships=found,
        items=_layers(book.items, "exposure_id", "item", after, day),
        instruments=_layers(book.instruments, "instrument_id", "instrument", after, day),
    )


def _layers(rows: Columns, subject: str, side: Side, after: Volumes, day: int) -> Columns:
    """Layers that end on the day, and those of their units that go on from it."""
    goes_on = [
        (row, layer) for layer in after.side(side) for row in [_source(rows, subject, layer, day)] if row >= 0
    ]
    begun = rows["period_from"] < day
    ended = {name: values[begun] for name, values in rows.items()}
    ended["period_to"] = np.minimum(ended["period_to"], day)
    sources = np.array([row for row, _ in goes_on], dtype=np.int64)
    stays = {name: values[sources] for name, values in rows.items()}
    sign = np.sign(stays["units"])
    for name, value in (
        ("unit_from", [layer.unit_from for _, layer in goes_on]),
        ("unit_to", [layer.unit_to for _, layer in goes_on]),
        ("period_from", [max(layer.period_from.toordinal(), day) for _, layer in goes_on]),
    ):
        stays[name] = np.array(value, dtype=np.int64)
    stays["units"] = sign * (stays["unit_to"] - stays["unit_from"])
    joined = {name: np.concatenate([ended[name], stays[name]]) for name in rows}
    order = np.lexsort(
        (joined["period_from"], joined["unit_from"], joined[subject], joined["relationship_id"])
    )
    return {name: values[order] for name, values in joined.items()}


def _source(rows: Columns, subject: str, layer: Layer, day: int) -> int:
    """The row that a layer goes on from, or −1 where it is added or has not begun."""
    found = np.flatnonzero(
        (rows[subject] == layer.subject_id)
        & (rows["unit_from"] <= layer.unit_from)
        & (rows["unit_to"] >= layer.unit_to)
        & (rows["period_to"] > day)
        & (rows["struck_on"] == layer.struck_on.toordinal())
    )
    return int(found[0]) if found.size else -1
