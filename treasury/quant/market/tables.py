"""Plain quotes and spot rates as tables of a market."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from treasury.quant.market.arrays import Table
from treasury.quant.numbers import Float, Int
from treasury.quant.quotes import NEVER, Filled


def table_of(quotes: Filled, kind: str) -> Table:
    """The spot quotes of a kind by symbol."""
    found = {
        symbol: column
        for symbol, series in quotes.of_kind(kind).items()
        for key, column in series
        if key.tenor == "SPOT"
    }
    taken = list(found.values())
    return table(list(found), quotes.values[:, taken], quotes.ages[:, taken])


def table(names: Sequence[str], values: Float, ages: Int) -> Table:
    """A table with its last column of nothing."""
    rows = values.shape[0]
    nothing, never = np.full((rows, 1), np.nan), np.full((rows, 1), NEVER, dtype=np.int64)
    named = {name: position for position, name in enumerate(names)}
    return Table(named, np.hstack([values, nothing]), np.hstack([ages, never]).astype(np.int64))


def hub_of(pairs: Iterable[str]) -> str:
    """The currency that most pairs have, of several the first by code; empty without a pair."""
    count = Counter(code for pair in pairs for code in (pair[:3], pair[3:]))
    return min(count, key=lambda code: (-count[code], code), default="")


def spot_table(pairs: Table) -> Table:
    """Currencies in units of the hub, along the shortest way; ages are those of the oldest quote on it."""
    hub = hub_of(pairs.names)
    if not hub:
        return table([], pairs.values[:, :0], pairs.ages[:, :0])
    rows = pairs.values.shape[0]
    worth: dict[str, tuple[Float, Int]] = {hub: (np.ones(rows), np.zeros(rows, dtype=np.int64))}
    waiting, reached = sorted(pairs.names), True
    while reached:
        known, reached = dict(worth), False
        for pair in waiting:
            base, quote, column = pair[:3], pair[3:], pairs.names[pair]
            rate, age = pairs.values[:, column], pairs.ages[:, column]
            if base in known and quote not in worth:
                worth[quote], reached = (known[base][0] / rate, np.maximum(known[base][1], age)), True
            elif quote in known and base not in worth:
                worth[base], reached = (known[quote][0] * rate, np.maximum(known[quote][1], age)), True
    names = sorted(worth)
    return table(names, np.stack([worth[n][0] for n in names], 1), np.stack([worth[n][1] for n in names], 1))
