"""Values of the layers of designated instruments: fair value, its designated component, and what is excluded of it.

Functional currency, minor units, asset +; the elements begin with what they cost and end at 0
(`treasury.quant.measurement.excluded_elements`).
Reference: rules section 5; IFRS 9 6.5.15, 6.5.16, B6.5.29.
"""

from dataclasses import dataclass, replace

import numpy as np

from hedges.domain.credit_values import credit_of
from hedges.domain.cross_currency_basis import cross_currency_basis
from hedges.domain.instrument_values import Values, instrument_values
from hedges.domain.levels import (
    CROSS_CURRENCY,
    INTRINSIC,
    OPTION,
    SPOT,
    component_value,
    settled_by_resets,
    settled_so_far,
)
from hedges.domain.measurement.book import Book
from hedges.domain.measurement.frame import STRUCK, Frame, Posted
from hedges.domain.terms import FORWARDS, Flows, Terms, flows_of, terms
from hedges.enums import CostElement, DesignatedComponent
from hedges.queries.relationship_columns import COMPONENTS
from treasury.quant.measurement.excluded_elements import remaining_currency_basis, remaining_forward_points
from treasury.quant.numbers import Bool, Float, Int

WHOLE = COMPONENTS.index(DesignatedComponent.WHOLE)


@dataclass(frozen=True, slots=True)
class InstrumentLayers:
    """One row a layer. `paid`: what of the fair value is cash by then. `excluded`: the elements that are not
    designated, with the rows that have them.
    """

    relationship: Int
    terms: Terms
    fair: Posted
    paid: Posted
    component: Posted
    excluded: dict[CostElement, tuple[Bool, Posted]]


def used_terms(frame: Frame, book: Book) -> tuple[Terms, Flows]:
    """Terms of every layer as designated, scaled to its units, and its payments."""
    layers, rows = book.instruments, book.terms
    every = terms(rows, frame.sealed.reference, frame.sealed.contracts, frame.look)
    place = np.searchsorted(rows["version_id"], layers["version_id"])
    share = np.abs(layers["units"]) / np.maximum(np.abs(rows["notional"][place]), 1)
    flows = flows_of(layers["version_id"], book.flows | {"instrument_id": book.flows["version_id"]})
    known = every.take(place).scaled(share).without_near_legs()
    return replace(known, stale_after=frame.stale_after[frame.relationship(layers)]), flows


def instrument_layers(frame: Frame, book: Book) -> InstrumentLayers:
    """Every layer on its days, at the quotes of the market alone."""
    layers, look = book.instruments, frame.look
    relationship, days = frame.relationship(layers), frame.days(layers)
    known, flows = used_terms(frame, book)
    component = frame.found["component"][relationship]
    values = instrument_values(known, flows, look, days, layers["struck_on"])
    whole = component_value(known, values, np.full(component.size, WHOLE))
    part = component_value(known, values, component)
    forwards, options = np.isin(known.kind, FORWARDS), known.kind == OPTION
    element = spot_element(frame, relationship, values)
    part = np.where((forwards & (component == SPOT))[:, None], element, part)
    swaps = known.kind == CROSS_CURRENCY
    without_basis = (forwards | swaps) & frame.found["basis_excluded"][relationship]
    basis = basis_value(frame, known, values, days)
    rows = np.flatnonzero(swaps & without_basis)
    basis[rows] = cross_currency_basis(known.take(rows), flows.take(rows), look, days[rows])
    takes_forward = component != SPOT
    part = part - np.where((without_basis & takes_forward)[:, None], basis, 0.0)
    last = np.minimum(days, known.settlement_date[:, None])
    risk, functional, same = known.risk[:, None], known.functional[:, None], known.same_currency[:, None]
    rate = look.conversion(risk, functional, same, last)
    stale = values.stale | (look.conversion_age(risk, functional, same, last) > known.stale_after[:, None])

    def posted(value: Float) -> Posted:
        return frame.posted(value, relationship, stale, values.not_built)

    def fair(value: Float, of: Int) -> Posted:
        credit = credit_of(known, look, last, value).fair_value + settled_by_resets(known, values, of)
        return posted(credit * rate)

    struck = slice(STRUCK, STRUCK + 1)
    ahead = remaining_forward_points(
        known.notional[:, None],
        known.strike_rate[:, None],
        values["spot_rate"][:, struck],
        values["present_value"] - element,
        rate[:, struck],
        rate,
    )
    ahead = ahead - np.where(without_basis[:, None], basis * rate, 0.0)
    excluded = {
        CostElement.FORWARD_ELEMENT: (forwards & (component == SPOT), ahead),
        CostElement.CURRENCY_BASIS: (without_basis, basis * rate),
        CostElement.TIME_VALUE: (
            options & np.isin(component, (SPOT, INTRINSIC)),
            values["time_value"] * rate,
        ),
    }
    return InstrumentLayers(
        relationship,
        known,
        fair(whole, np.full(component.size, WHOLE)),
        posted(settled_so_far(known, values) * rate),
        fair(part, component),
        {name: (rows, posted(value).masked(rows)) for name, (rows, value) in excluded.items()},
    )


def spot_element(frame: Frame, relationship: Int, values: Values) -> Float:
    """Undiscounted, or discounted where the file says so."""
    discounted = frame.found["spot_is_discounted"][relationship][:, None]
    return np.where(discounted, values["spot_element"], values["undiscounted_spot_element"])


def basis_value(frame: Frame, known: Terms, values: Values, days: Int) -> Float:
    """What the currency basis is worth, its cost to come included."""
    risk, settlement = known.risk[:, None], known.settlement_date[:, None]
    parity = frame.look.parity_forward(risk, days[:, STRUCK : STRUCK + 1], settlement)
    return remaining_currency_basis(
        known.notional[:, None],
        known.strike_rate[:, None],
        parity,
        values["basis_element"],
        values["discount_factor"],
    )
