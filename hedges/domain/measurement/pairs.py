"""One-sided risk: every layer of an item meets the option legs that were designated with it, by their weight.

The legs are those put in on the day on which the layer's hypothetical is struck; a leg's weight is its share of the
bought notional, so that the legs of a collar count once.
"""

from dataclasses import dataclass

import numpy as np

from hedges.domain.terms import Terms
from treasury.quant.numbers import Bool, Float, Int
from treasury.queries.copy import Columns


@dataclass(frozen=True, slots=True)
class Pairs:
    """Rows of items and of instrument layers, side by side; `items`: which rows of items have a leg."""

    items: Bool
    item: Int
    leg: Int
    weight: Float


def option_pairs(
    layers: Columns, instruments: Columns, known: Terms, one_sided: Bool, options: Bool
) -> Pairs:
    """Of the layers with one-sided risk."""
    legs = np.flatnonzero(options & (instruments["struck_on"] >= instruments["period_from"]))
    keys = _keys(layers, instruments)
    own, group = keys[: one_sided.size], keys[one_sided.size :][legs]
    order = np.argsort(group, kind="stable")
    legs, group = legs[order], group[order]
    first = np.searchsorted(group, own, side="left")
    count = np.where(one_sided, np.searchsorted(group, own, side="right") - first, 0)
    item = np.repeat(np.arange(own.size), count)
    within = np.arange(item.size) - np.repeat(np.cumsum(count) - count, count)
    leg = legs[first[item] + within]
    size = np.abs(known.notional)
    bought = np.zeros(int(keys.max(initial=-1)) + 1)
    np.add.at(bought, group, size[legs] * (known.option_side[legs] > 0))
    weight = size[leg] / np.maximum(bought[own[item]], 1e-9)
    return Pairs(count > 0, item, leg, weight)


def _keys(layers: Columns, instruments: Columns) -> Int:
    """A number for each relationship and day of striking, over both."""
    both = np.stack(
        [np.concatenate([layers[name], instruments[name]]) for name in ("relationship_id", "struck_on")],
        axis=1,
    )
    return np.unique(both, axis=0, return_inverse=True)[1].ravel()
