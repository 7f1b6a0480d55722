"""Aligned values of excluded elements: those of the hypothetical derivative whose terms are the item's (B6.5.32-34).

Forward element: a forward struck at the forward by parity; currency basis: the market's forward against it on the
item's own amount and date; time value: the option at the hedged level, its expiry as far before the item's date as the
instrument's is before its settlement. A net investment has no date of its own: its terms run to the end of the hedged
period (B6.5.29(b)). Functional currency, minor units, signed like a perfect hedge of the item.
"""

from dataclasses import dataclass, replace

import numpy as np

from hedges.domain.instrument_values import instrument_values
from hedges.domain.item_values import Items
from hedges.domain.levels import INTRINSIC, OPTION, SPOT
from hedges.domain.measurement.book import Book
from hedges.domain.measurement.frame import STRUCK, Frame, Posted
from hedges.domain.measurement.instrument_layers import InstrumentLayers
from hedges.domain.measurement.item_layers import NET_INVESTMENT, ItemLayers, conversion, take
from hedges.domain.measurement.pairs import option_pairs
from hedges.domain.terms import Flows
from hedges.enums import CostElement
from treasury.quant.measurement.excluded_elements import (
    hypothetical_currency_basis,
    hypothetical_forward_element,
    remaining_forward_points,
)
from treasury.quant.numbers import Float, Int


@dataclass(frozen=True, slots=True)
class Aligned:
    """Of one element: rows of items (a row may stand more than once) and its values on their days."""

    layer: Int
    values: Posted


def aligned_values(
    frame: Frame, book: Book, hedges: InstrumentLayers, items: ItemLayers
) -> dict[CostElement, Aligned]:
    """Of every element that some instrument has, for the items of its relationship."""
    has = {
        element: np.isin(items.relationship, hedges.relationship[rows])
        for element, (rows, _) in hedges.excluded.items()
    }
    return {
        CostElement.FORWARD_ELEMENT: _forward(
            frame, book, items, np.flatnonzero(has[CostElement.FORWARD_ELEMENT])
        ),
        CostElement.CURRENCY_BASIS: _basis(
            frame, book, items, np.flatnonzero(has[CostElement.CURRENCY_BASIS])
        ),
        CostElement.TIME_VALUE: _time_value(frame, book, hedges, items),
    }


def _forward(frame: Frame, book: Book, items: ItemLayers, rows: Int) -> Aligned:
    days, last, risk, target, amount = _terms(frame, book, items, rows)
    look, struck = frame.look, slice(STRUCK, STRUCK + 1)
    spot, forward = look.spot(risk, last), look.parity_forward(risk, last, target)
    factor = look.factor(risk, last, target)
    strike, start = forward[:, struck], spot[:, struck]
    own = items.relationship[rows]
    part = _part(frame, book, items, rows)
    rate, old = conversion(frame, part, own, days)
    discounted = frame.found["spot_is_discounted"][own][:, None]
    element = hypothetical_forward_element(amount, strike, start, spot, forward, factor, discounted)
    value = remaining_forward_points(amount, strike, start, element, rate[:, struck], rate)
    used = (look.base_parity[risk], look.quote_curve[risk])
    age = np.maximum(look.spot_age(risk, last), look.curve_age(last, *used))
    stale = (age > part.stale_after[:, None]) | old
    return Aligned(rows, frame.posted(value, own, stale, look.not_built(last, *used)))


def _basis(frame: Frame, book: Book, items: ItemLayers, rows: Int) -> Aligned:
    days, last, risk, target, amount = _terms(frame, book, items, rows)
    look, struck = frame.look, slice(STRUCK, STRUCK + 1)
    spread = look.forward(risk, last, target) - look.parity_forward(risk, last, target)
    factor = look.factor(risk, last, target)
    own, part = items.relationship[rows], _part(frame, book, items, rows)
    rate, old = conversion(frame, part, own, days)
    value = hypothetical_currency_basis(amount, spread[:, struck], spread, factor) * rate
    used = (look.base_implied[risk], look.base_parity[risk], look.quote_curve[risk])
    age = np.maximum(look.spot_age(risk, last), look.curve_age(last, *used))
    stale = (age > part.stale_after[:, None]) | old
    return Aligned(rows, frame.posted(value, own, stale, look.not_built(last, *used)))


def _time_value(frame: Frame, book: Book, hedges: InstrumentLayers, items: ItemLayers) -> Aligned:
    known = hedges.terms
    one_sided = np.isin(frame.found["component"][items.relationship], (SPOT, INTRINSIC))
    pairs = option_pairs(book.items, book.instruments, known, one_sided, known.kind == OPTION)
    part, legs = _part(frame, book, items, pairs.item), known.take(pairs.leg)
    days = frame.days(book.items)[pairs.item]
    ahead = legs.settlement_date - legs.expiry_date
    mirrored = replace(
        legs,
        risk=part.risk,
        notional=np.sign(legs.notional) * np.abs(part.amount) * pairs.weight,
        settlement_date=part.expected_date,
        expiry_date=part.expected_date - ahead,
        stale_after=part.stale_after,
    )
    none = np.zeros(0, dtype=np.int64)
    flows = Flows.of_both_legs(np.zeros(pairs.item.size + 1, dtype=np.int64), none, none, np.zeros(0))
    values = instrument_values(mirrored, flows, frame.look, days, days[:, STRUCK])
    own = items.relationship[pairs.item]
    rate, old = conversion(frame, part, own, days)
    return Aligned(
        pairs.item, frame.posted(values["time_value"] * rate, own, values.stale | old, values.not_built)
    )


def _terms(frame: Frame, book: Book, items: ItemLayers, rows: Int) -> tuple[Int, Int, Int, Int, Float]:
    """Days, days up to the item's own date, risk, that date, and the amount of its perfect hedge."""
    days, part = frame.days(book.items)[rows], _part(frame, book, items, rows)
    target = part.expected_date[:, None]
    return days, np.minimum(days, target), part.risk[:, None], target, -part.amount[:, None]


def _part(frame: Frame, book: Book, items: ItemLayers, rows: Int) -> Items:
    """Terms of some items; a net investment's date is the end of the hedged period."""
    part, own = take(items.items, rows), items.relationship[rows]
    end = frame.found["hedge_end_date"][own]
    dates = np.where(book.items["kind"][rows] == NET_INVESTMENT, end, part.expected_date)
    return replace(part, expected_date=dates)
