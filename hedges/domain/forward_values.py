"""Forwards, non-deliverable forwards and FX swaps on given days, at the market's forward to their settlement.

Units: quote currency of the risk, asset +; shape (instruments, days). The basis element is what the market's forward
adds to covered parity; a quantity has none. Reference: rules section 3; IFRS 9 6.5.16.
"""

from dataclasses import dataclass

import numpy as np

from hedges.domain.lookup import Lookup
from hedges.domain.terms import KIND, Found, Terms
from hedges.enums import InstrumentKind
from treasury.quant.columns import FxForwardValue
from treasury.quant.numbers import Bool, Float, Int
from treasury.quant.valuation.fx_forward import fx_forward_value


@dataclass(frozen=True, slots=True)
class Rates:
    """What all legs of some instruments share: days, today's spot, the trade's spot, and where the rate is fixed."""

    days: Int
    spot: Float
    start: Float
    fixed: Bool

    def take(self, rows: Int) -> "Rates":
        return Rates(self.days[rows], self.spot[rows], self.start[rows], self.fixed[rows])


@dataclass(frozen=True, slots=True)
class Leg:
    """One exchange: its value and elements, and the rates that it was valued at."""

    value: FxForwardValue
    forward: Float
    factor: Float


def forwards(terms: Terms, lookup: Lookup, days: Int, since: Int) -> Found:
    """Present value, its spot, forward and basis element; elements from the spot of `since` on."""
    risk = terms.risk[:, None]
    # From the fixing of a non-deliverable forward on its rate stands; only discounting goes on.
    fixing = terms.fixing_date[:, None]
    fixed = (terms.kind == KIND[InstrumentKind.NON_DELIVERABLE_FORWARD])[:, None] & (days >= fixing)
    rated = np.where(fixed, fixing, days)
    spot, start = lookup.spot(risk, rated), lookup.spot(risk, since[:, None])
    rates = Rates(days, spot, np.broadcast_to(start, spot.shape), fixed)
    far = _leg(terms.risk, terms.notional, terms.strike_rate, terms.settlement_date, lookup, rates)
    value, element, basis = (
        np.array(part) for part in (far.value.present_value, far.value.spot_element, far.value.basis_element)
    )
    swaps = np.flatnonzero(terms.kind == KIND[InstrumentKind.FX_SWAP])
    if swaps.size:
        date = terms.near_settlement_date[swaps]
        near = _leg(
            terms.risk[swaps], -terms.notional[swaps], terms.near_rate[swaps], date, lookup, rates.take(swaps)
        )
        still = days[swaps] <= date[:, None]
        value[swaps] += np.where(still, near.value.present_value, 0.0)
        element[swaps] += np.where(still, near.value.spot_element, 0.0)
        basis[swaps] += np.where(still, near.value.basis_element, 0.0)
    used = (lookup.base_implied[risk], lookup.quote_implied[risk], lookup.quote_curve[risk])
    known = lookup.curve_age(days, lookup.base_parity[risk]) <= terms.stale_after[:, None]
    numbers = {
        "present_value": value,
        "spot_element": element,
        "forward_element": value - element,
        "basis_element": np.where(lookup.is_pair[risk] & known, basis, np.nan),
        "undiscounted_spot_element": terms.notional[:, None] * (spot - start),
        "spot_rate": spot,
        "forward_rate": far.forward,
        "discount_factor": far.factor,
    }
    age = np.maximum(lookup.spot_age(risk, rated), lookup.curve_age(days, *used))
    return Found(numbers, age, lookup.not_built(days, *used))


def _leg(risk: Int, notional: Float, strike: Float, target: Int, lookup: Lookup, rates: Rates) -> Leg:
    """Notional of base on the target dates for the strike; where the rate is fixed it stands for the forward."""
    place, date = risk[:, None], target[:, None]
    forward = np.where(rates.fixed, rates.spot, lookup.forward(place, rates.days, date))
    parity = np.where(rates.fixed, rates.spot, lookup.parity_forward(place, rates.days, date))
    factor = lookup.factor(place, rates.days, date)
    value = fx_forward_value(
        notional[:, None],
        strike[:, None],
        forward,
        factor,
        rates.spot,
        rates.start,
        parity_forward_rate=parity,
    )
    return Leg(value, forward, factor)
