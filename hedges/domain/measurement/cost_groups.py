"""Excluded elements by relationship and day of inception: volumes that are added have an opening value of their own."""

from dataclasses import dataclass

import numpy as np

from hedges.domain.measurement.aligned import Aligned
from hedges.domain.measurement.book import Book
from hedges.domain.measurement.frame import START, Frame, Posted
from hedges.domain.measurement.instrument_layers import InstrumentLayers
from hedges.domain.measurement.knots import last_day
from hedges.domain.measurement.sums import carried
from hedges.enums import CostElement
from treasury.quant.numbers import Bool, Int

ELEMENTS = list(CostElement)


@dataclass(frozen=True, slots=True)
class Groups:
    """One row a relationship, element and day of inception; matrices over the knots, minor units and whole units."""

    relationship: Int
    element: Int
    struck_on: Int
    term_to: Int
    actual: Int
    aligned: Int
    units: Int
    in_force: Int
    removed: Int


def groups(
    frame: Frame, book: Book, hedges: InstrumentLayers, aligned: dict[CostElement, Aligned], at_knots: Bool
) -> Groups:
    """Of every element that some layer has."""
    layers = book.instruments
    rows = [np.flatnonzero(hedges.excluded[element][0]) for element in ELEMENTS]
    layer = np.concatenate(rows)
    element = np.repeat(np.arange(len(ELEMENTS)), [part.size for part in rows])
    keys = np.stack([hedges.relationship[layer], element, layers["struck_on"][layer]], axis=1)
    found, group = np.unique(keys, axis=0, return_inverse=True)
    group = group.ravel()
    parts = [(hedges.excluded[kind][1], part) for kind, part in zip(ELEMENTS, rows, strict=True)]
    fresh = (layers["struck_on"] >= layers["period_from"])[layer]
    count, relationship = len(found), found[:, 0]
    seen = at_knots[relationship]
    size = np.abs(layers["units"][layer])
    term_to = np.zeros(count, dtype=np.int64)
    np.maximum.at(term_to, group, layers["planned_to"][layer] - 1)
    units = np.zeros(count, dtype=np.int64)
    np.add.at(units, group, np.where(fresh, size, 0))
    in_force, removed = _volumes(frame, book, hedges.relationship, layer, group, count)
    return Groups(
        relationship=relationship,
        element=found[:, 1],
        struck_on=found[:, 2],
        term_to=term_to,
        actual=carried(_path(parts, group, fresh, count), seen),
        aligned=carried(_aligned(book, aligned, found, count, at_knots.shape[1], frame), seen),
        units=units,
        in_force=in_force,
        removed=removed,
    )


def _path(parts: list[tuple[Posted, Int]], group: Int, fresh: Bool, count: int) -> Int:
    """Opening values of what was put in, and the changes of all layers since."""
    changes = np.concatenate([values.changes[rows] for values, rows in parts])
    start = np.concatenate([values.minor[rows, START] for values, rows in parts])
    opening = np.zeros(count, dtype=np.int64)
    np.add.at(opening, group[fresh], start[fresh])
    result = np.repeat(opening[:, None], changes.shape[1], axis=1)
    np.add.at(result, group, changes)
    return result


def _aligned(
    book: Book, aligned: dict[CostElement, Aligned], found: Int, count: int, width: int, frame: Frame
) -> Int:
    result = np.zeros((count, width), dtype=np.int64)
    relationship = frame.relationship(book.items)
    fresh = book.items["struck_on"] >= book.items["period_from"]
    for number, element in enumerate(ELEMENTS):
        rows = aligned[element].layer
        values = aligned[element].values
        keys = np.stack(
            [relationship[rows], np.full(rows.size, number), book.items["struck_on"][rows]], axis=1
        )
        place, here = _find(found, keys)
        np.add.at(result, place[here], values.changes[here])
        opened = here & fresh[rows]
        np.add.at(result, place[opened], values.minor[opened, START : START + 1])
    return result


def _find(found: Int, keys: Int) -> tuple[Int, Bool]:
    """The group of each key, and whether there is one."""
    both, place = np.unique(np.concatenate([found, keys]), axis=0, return_inverse=True)
    group = np.full(len(both), -1)
    place = place.ravel()
    group[place[: len(found)]] = np.arange(len(found))
    result = group[place[len(found) :]]
    return result, result >= 0


def _volumes(
    frame: Frame, book: Book, relationship: Int, layer: Int, group: Int, count: int
) -> tuple[Int, Int]:
    """Units in force up to each knot since the one before, and units taken out at it."""
    layers = {name: values[layer] for name, values in book.instruments.items()}
    own, size = relationship[layer], np.abs(layers["units"])
    dates, end = frame.knots.dates[own], last_day(layers)
    here = (layers["period_from"][:, None] < dates) & (dates <= end[:, None])
    in_force = np.zeros((count, dates.shape[1]), dtype=np.int64)
    np.add.at(in_force, group, np.where(here, size[:, None], 0))
    removed = np.zeros_like(in_force)
    as_of = frame.sealed.as_of_date.toordinal()
    released = np.flatnonzero((layers["period_to"] < layers["planned_to"]) & (layers["period_to"] <= as_of))
    stays = np.flatnonzero(layers["struck_on"] < layers["period_from"])
    for rows, day, units in (
        (released, layers["period_to"], size),
        (stays, layers["period_from"], -size),
    ):
        np.add.at(removed, (group[rows], frame.knots.place(own[rows], day[rows])), units[rows])
    return in_force, removed
