"""Hedge accounting of relationships up to a date: a pure function of the book, the market and the date."""

from dataclasses import replace

import numpy as np

from hedges.domain.measurement.aligned import aligned_values
from hedges.domain.measurement.amortisation import amortisation, patterns
from hedges.domain.measurement.amounts import amounts_of, is_left
from hedges.domain.measurement.balances import balances
from hedges.domain.measurement.book import Book
from hedges.domain.measurement.cost_groups import groups
from hedges.domain.measurement.costs import CODES, costs
from hedges.domain.measurement.events import events
from hedges.domain.measurement.frame import Frame
from hedges.domain.measurement.instrument_layers import instrument_layers
from hedges.domain.measurement.item_layers import item_layers
from hedges.domain.measurement.knots import knots
from hedges.domain.measurement.losses import of_measured, stated
from hedges.domain.measurement.measured import Measured, Workings
from hedges.domain.measurement.net_assets import capped
from hedges.domain.measurement.periods import periods
from hedges.domain.measurement.recognition import recognised_on
from hedges.domain.measurement.stages import ends, stages
from hedges.domain.measurement.sums import added, carried, seen
from hedges.domain.measurement.units import units_at
from hedges.domain.sealed import Sealed
from treasury.quant.measurement.life import Path, life
from treasury.quant.numbers import Int
from treasury.queries.copy import Columns


def measure(sealed: Sealed, book: Book) -> Measured:
    """Every relationship of the book; with other layers in it, what they would make of it."""
    as_of, found = sealed.as_of_date.toordinal(), book.relationships
    known_from = {"recognised_on": recognised_on(found, book.items, book.facts)}
    book = replace(book, items=book.items | known_from)
    happened = events(found, book.items, book.facts, as_of)
    losses = of_measured(found, book.losses)
    dates = knots(found, (book.items, book.instruments), happened, losses, as_of)
    frame = Frame.of(sealed, found, dates)
    hedges = instrument_layers(frame, book)
    items = item_layers(frame, book.items, book.instruments, hedges.terms)
    items = replace(items, value=capped(frame, book.items, book.facts, items.value))
    aligned = aligned_values(frame, book, hedges, items)
    excluded = [(hedges.relationship, values) for _, values in hedges.excluded.values()]
    ideal = [(items.relationship[part.layer], part.values) for part in aligned.values()]
    own = [(hedges.relationship, hedges.fair), (hedges.relationship, hedges.component)]
    mirrored = [(items.relationship, items.value), (items.relationship, items.remeasured)]
    sight = seen(frame, own + mirrored + excluded + ideal)
    counted = periods(book, frame.knots, as_of)
    units = units_at(frame, book.items, happened)
    in_force, ended_on = ends(frame, book.instruments, as_of)
    path = Path(
        dates=frame.knots.dates,
        instrument_changes=carried(added(frame, hedges.relationship, hedges.component), sight.at_knots),
        hypothetical_changes=-carried(added(frame, items.relationship, items.value), sight.at_knots),
        qualifying=counted.knots,
        happening=units.happening,
        lost=units.lost,
        designated=units.designated,
        in_books=units.in_books,
        hedged=units.hedged,
        remeasured=carried(added(frame, items.relationship, items.remeasured), sight.at_knots),
        ended_on=ended_on,
        items_end=_items_end(frame, book.items),
        framework=CODES[found["framework"]],
        hedge_kind=found["hedge_type"],
        pattern=patterns(frame, book, items),
        keeps_basis=found["keeps_basis"],
        lag_days=found["lag_days"],
        stated=stated(frame, losses),
    )
    worn_off = amortisation(frame, book, items, path, sight.at_knots)
    path = replace(path, worn_off=worn_off.worn_off, is_worn=worn_off.is_worn)
    lived = life(path)
    parts = groups(frame, book, hedges, aligned, sight.at_knots)
    dear = costs(frame, parts, units)
    stand = balances(frame, book.instruments, hedges, as_of)
    amounts = amounts_of(path, lived, dear, stand)
    return Measured(
        relationships=found,
        knots=frame.knots,
        instrument=path.instrument_changes,
        hypothetical=path.hypothetical_changes,
        recognised=np.asarray(lived.recognised),
        known_at_knots=sight.at_knots,
        known=sight.known,
        reasons=sight.reasons | np.where(sight.known, worn_off.reasons, 0),
        periods=counted,
        stage=stages(frame, book.instruments, in_force, is_left(amounts)),
        ended_on=ended_on,
        in_force=in_force,
        amounts=amounts,
        costs=dear,
        units=frame.units,
        workings=Workings(path, hedges, items, parts, worn_off),
    )


def _items_end(frame: Frame, items: Columns) -> Int:
    last: Int = frame.found["begun_on"].copy()
    np.maximum.at(last, frame.relationship(items), items["expected_date"])
    return last
