"""Volumes of interest-bearing items that have left a fair value hedge, each with the adjustment that is its own.

A volume that is taken out leaves on the day of its release, the rest with the whole hedge. Every unit of an item that
was struck on one day has the same share of the changes of its days in force, so that what a volume takes along is
units × Σ change of the adjustment / units in force; the rest takes what is left, to the minor unit. Units: minor units
of the functional currency; `scale`: the part of a layer's units. Reference: IFRS 9 6.5.10; IAS 39.92; ASC 815-25-35-9.
"""

from dataclasses import dataclass

import numpy as np

from hedges.domain.measurement.book import Book
from hedges.domain.measurement.frame import Frame
from hedges.domain.measurement.item_layers import FAIR_VALUE, ItemLayers
from hedges.domain.measurement.knots import last_day
from hedges.domain.measurement.sums import carried
from hedges.enums import ReleasePattern
from hedges.queries.measurement_columns import PATTERNS
from treasury.quant.measurement.checks import changes
from treasury.quant.measurement.fair_value_hedge import fair_value_hedge
from treasury.quant.measurement.life import Path, item_adjustment
from treasury.quant.numbers import Bool, Float, Int

OVER_TERM = PATTERNS.index(ReleasePattern.OVER_TERM)


@dataclass(frozen=True, slots=True)
class LeftHedges:
    """One row a relationship and day on which some of its volume left; and of what layers that is: `row`, `layer`."""

    relationship: Int
    ended_on: Int
    adjustment: Int
    row: Int
    layer: Int
    scale: Float


@dataclass(frozen=True, slots=True)
class _Cohorts:
    """Units of one item that were struck on one day: `of` each layer (−1: none); by knots what left, and its share."""

    relationship: Int
    of: Int
    put_in: Int
    removed: Int
    a_unit: Float


def left_hedges(frame: Frame, book: Book, items: ItemLayers, path: Path, at_knots: Bool) -> LeftHedges:
    """In the order of relationships and days; up to the date, and before the last date of the items."""
    over_term = (path.hedge_kind == FAIR_VALUE) & (path.pattern == OVER_TERM)
    cohorts = _cohorts(frame, book, items, path, at_knots, np.flatnonzero(over_term[items.relationship]))
    own = cohorts.relationship
    dates = path.dates[own]
    before = (
        (dates < path.ended_on[own, None])
        & (dates < path.dates[own, -1:])
        & (dates < path.items_end[own, None])
    )
    gone = np.where(before, cohorts.removed, 0)
    cohort, knot = np.nonzero(gone)
    units, days = gone[cohort, knot], dates[cohort, knot]
    taken = np.rint(units * cohorts.a_unit[cohort, knot]).astype(np.int64)
    left = cohorts.put_in - gone.sum(axis=1)
    whole = over_term & (path.ended_on < path.dates[:, -1]) & (path.ended_on < path.items_end)
    rest = np.flatnonzero(whole[own] & (left > 0))
    total = item_adjustment(path)[:, -1].astype(np.int64)
    np.subtract.at(total, own[cohort], taken)
    keys = np.stack(
        [np.concatenate([own[cohort], own[rest]]), np.concatenate([days, path.ended_on[own[rest]]])], axis=1
    )
    found, row = np.unique(keys, axis=0, return_inverse=True)
    row = row.ravel()
    adjustment = np.zeros(len(found), dtype=np.int64)
    np.add.at(adjustment, row[: cohort.size], taken)
    last = np.unique(row[cohort.size :])
    adjustment[last] = total[found[last, 0]]
    scale = np.concatenate([units, left[rest]]) / np.maximum(
        cohorts.put_in[np.concatenate([cohort, rest])], 1
    )
    return _with_layers(book, cohorts, found, adjustment, np.concatenate([cohort, rest]), row, scale)


def _with_layers(
    book: Book, cohorts: _Cohorts, found: Int, adjustment: Int, cohort: Int, row: Int, scale: Float
) -> LeftHedges:
    """Each part of a row with the layers that were put in as its cohort; rows without an adjustment are none."""
    fresh = np.flatnonzero(_fresh(book) & (cohorts.of >= 0))
    order = fresh[np.argsort(cohorts.of[fresh], kind="stable")]
    first = np.searchsorted(cohorts.of[order], cohort, side="left")
    count = np.searchsorted(cohorts.of[order], cohort, side="right") - first
    part = np.repeat(np.arange(cohort.size), count)
    within = np.arange(part.size) - np.repeat(np.cumsum(count) - count, count)
    layer = order[first[part] + within]
    there = adjustment != 0
    place = np.cumsum(there) - 1
    kept = there[row[part]]
    return LeftHedges(
        found[there, 0],
        found[there, 1],
        adjustment[there],
        place[row[part]][kept],
        layer[kept],
        scale[part][kept],
    )


def _cohorts(frame: Frame, book: Book, items: ItemLayers, path: Path, at_knots: Bool, rows: Int) -> _Cohorts:
    """Of some layers of items."""
    layers = {name: values[rows] for name, values in book.items.items()}
    own, fresh = items.relationship[rows], _fresh(book)[rows]
    keys = np.stack([own, layers["exposure_id"], layers["struck_on"]], axis=1)
    found, cohort = np.unique(keys, axis=0, return_inverse=True)
    cohort, relationship = cohort.ravel(), found[:, 0]
    shape = (len(found), frame.knots.dates.shape[1])
    size, dates = np.abs(layers["units"]), frame.knots.dates[own]
    moved, in_force, removed = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    np.add.at(moved, cohort, items.value.changes[rows])
    here = (layers["period_from"][:, None] < dates) & (dates <= last_day(layers)[:, None])
    np.add.at(in_force, cohort, np.where(here, size[:, None], 0))
    as_of = frame.sealed.as_of_date.toordinal()
    released = (layers["period_to"] < layers["planned_to"]) & (layers["period_to"] <= as_of)
    for chosen, day, units in ((released, layers["period_to"], size), (~fresh, layers["period_from"], -size)):
        which = np.flatnonzero(chosen)
        knot = frame.knots.place(own[which], day[which])
        np.add.at(removed, (cohort[which], knot), units[which])
    item = carried(moved, at_knots[relationship])
    adjusted = fair_value_hedge(
        np.zeros_like(item), changes(item), path.framework[relationship], path.qualifying[relationship]
    ).carrying_amount_adjustment
    a_unit = np.cumsum(changes(np.asarray(adjusted)) / np.maximum(in_force, 1), axis=1)
    put_in = np.zeros(len(found), dtype=np.int64)
    np.add.at(put_in, cohort, np.where(fresh, size, 0))
    of = np.full(items.relationship.size, -1)
    of[rows] = cohort
    return _Cohorts(relationship, of, put_in, removed, a_unit)


def _fresh(book: Book) -> Bool:
    """Layers that were put in; the others go on with units that stayed when others left."""
    return np.asarray(book.items["struck_on"] >= book.items["period_from"])
