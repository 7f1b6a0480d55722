"""One side of a hedged risk on a day of its layer's life: what options at the hedged levels have of intrinsic value.

Sum over the options of −side·|N|·max(±(F − K), 0)·D, by covered parity to the item's own date; K of an option that was
in the money on the day of striking is the forward of that day. Reference: IFRS 9 B6.5.5, 6.2.4(a); rules section 5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hedges.domain.explanation.accounted import Accounted
from hedges.domain.explanation.origins import of_version
from hedges.domain.explanation.parts import Given
from hedges.domain.explanation.written import number
from hedges.domain.levels import OPTION
from hedges.domain.measurement.pairs import option_pairs
from hedges.queries import explained_rows
from treasury.quant.measurement.hypothetical_derivative import struck_level


@dataclass(frozen=True, slots=True)
class Leg:
    """One option beside one layer of an item; `size` is signed: − of what the side is of."""

    size: float
    sign: float
    dealt: float
    expiry: int
    strike: Given


def legs_of(found: Accounted, row: int) -> list[Leg]:
    """The options that give one layer its hedged levels; none where it is hedged on both sides."""
    known, items = found.measured.workings.hedges.terms, found.measured.workings.items.items
    layers, instruments = found.book.items, found.book.instruments
    every = np.ones(items.amount.size, dtype=bool)
    pairs = option_pairs(layers, instruments, known, every, known.kind == OPTION)
    mine = np.flatnonzero(pairs.item == row)
    versions = explained_rows.instrument_versions(instruments["version_id"][pairs.leg[mine]].tolist())
    return [
        Leg(
            size=-float(known.option_side[leg]) * abs(float(items.amount[row] * weight)),
            sign=float(known.option_sign[leg]),
            dealt=float(known.strike_rate[leg]),
            expiry=int(known.expiry_date[leg]),
            strike=Given(
                "strike_rate",
                float(known.strike_rate[leg]),
                of_version("instrument", versions.get(int(instruments["version_id"][leg])), "strike_rate"),
            ),
        )
        for leg, weight in zip(pairs.leg[mine].tolist(), pairs.weight[mine].tolist(), strict=True)
    ]


def payoff(legs: list[Leg], struck: float, forward: float, factor: float) -> tuple[float, str]:
    """The value in the quote currency, and the sum with its numbers."""
    total, parts = 0.0, []
    for leg in legs:
        level = float(struck_level(leg.sign, leg.dealt, struck))
        total += leg.size * max(leg.sign * (forward - level), 0.0) * factor
        mark = "" if leg.sign > 0 else "−"
        parts.append(f"{number(leg.size)} × max({mark}({number(forward)} − {number(level)}), 0)")
    return total, f"({' + '.join(parts)}) × {number(factor)}"
