"""Sums over the layers of a relationship: what the instruments are and were worth, and both cumulative changes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import numpy as np

from hedges.domain.explanation.accounted import VALUED, Accounted
from hedges.domain.explanation.parts import Given, Listing, Worked
from hedges.domain.explanation.steps import amount, arithmetic
from hedges.domain.measurement.balances import is_settled
from hedges.domain.measurement.frame import START

LAYER = ("", "units", "from", "to", "value at its start", "value at its end or on the date")


def instruments(found: Accounted, title: str, words: str, chosen: Callable[[Accounted], list[int]]) -> Worked:
    """The part of each layer that counts, added up again one by one."""
    parts = [found.money(part) for part in chosen(found)]
    rows = [(*row, part) for row, part in zip(found.instrument_layers(), parts, strict=True)]
    listing = Listing(
        "Layers of the instruments",
        ("instrument", *LAYER[1:], "counts"),
        rows,
        len(rows),
        sum(parts, Decimal(0)),
    )
    given = [found.version, Given("layers", len(rows), VALUED)]
    step = arithmetic(title, words, sum(parts, Decimal(0)), given, listings=[listing])
    return amount([step], found.currency)


def opening(found: Accounted) -> list[int]:
    start = found.measured.workings.hedges.fair.minor[:, START].tolist()
    return [value if fresh else 0 for value, fresh in zip(start, _fresh(found), strict=True)]


def change(found: Accounted) -> list[int]:
    minor = found.measured.workings.hedges.fair.minor
    return (minor[:, -1] - minor[:, START]).tolist()


def standing(found: Accounted, *, settled: bool, in_force: bool) -> list[int]:
    """Last values of the layers in one state."""
    last = found.measured.workings.hedges.fair.minor[:, -1].tolist()
    rows = zip(last, *_states(found), strict=True)
    return [value if (is_it, still) == (settled, in_force) else 0 for value, is_it, still in rows]


def settled_now(found: Accounted) -> list[int]:
    pairs = (standing(found, settled=True, in_force=still) for still in (True, False))
    return [a + b for a, b in zip(*pairs, strict=True)]


def taken_out(found: Accounted) -> list[int]:
    """What ended, less what goes on from it."""
    ended = standing(found, settled=False, in_force=False)
    start = found.measured.workings.hedges.fair.minor[:, START].tolist()
    return [
        value - (0 if fresh else begun)
        for value, begun, fresh in zip(ended, start, _fresh(found), strict=True)
    ]


def component(found: Accounted) -> Worked:
    minor = found.measured.workings.hedges.component.minor
    words = "sum over the layers of the change of the designated component since the layer's start"
    return instruments(
        found, "Change of the instruments", words, lambda _: (minor[:, -1] - minor[:, START]).tolist()
    )


def hypothetical(found: Accounted) -> Worked:
    """The mirror of the items' changes."""
    minor = found.measured.workings.items.value.minor
    parts = [found.money(-one) for one in (minor[:, -1] - minor[:, START]).tolist()]
    rows = [(*row, part) for row, part in zip(found.item_layers(), parts, strict=True)]
    total = sum(parts, Decimal(0))
    listing = Listing("Layers of the items", ("item", *LAYER[1:], "mirrored"), rows, len(rows), total)
    words = "− sum over the layers of the change of the item for the hedged risk since the layer's start"
    given = [found.version, Given("layers", len(rows), VALUED)]
    step = arithmetic("Change of the hypothetical derivative", words, total, given, listings=[listing])
    return amount([step], found.currency)


def _fresh(found: Accounted) -> list[bool]:
    rows = found.book.instruments
    return np.asarray(rows["struck_on"] >= rows["period_from"]).tolist()


def _states(found: Accounted) -> tuple[list[bool], list[bool]]:
    rows, today = found.book.instruments, found.case.today
    return (
        is_settled(rows, found.measured.workings.hedges, today).tolist(),
        (today < rows["period_to"]).tolist(),
    )


NUMBERS: dict[str, Callable[[Accounted], Worked]] = {
    "opening_fair_value": lambda found: instruments(
        found, "Opening fair value", "sum of the fair values on the day each volume was put in", opening
    ),
    "fair_value_change": lambda found: instruments(
        found, "Change of the fair value", "sum over the layers of the change since the layer's start", change
    ),
    "carrying_amount": lambda found: instruments(
        found,
        "Carrying amount",
        "sum of the fair values of the layers in force",
        lambda one: standing(one, settled=False, in_force=True),
    ),
    "settled_amount": lambda found: instruments(
        found,
        "Settled",
        "sum of the last fair values of the layers whose instrument has settled",
        settled_now,
    ),
    "no_longer_designated_amount": lambda found: instruments(
        found,
        "No longer designated",
        "sum of the last fair values of the layers taken out, less what goes on from them",
        taken_out,
    ),
    "cumulative_change_instrument": component,
    "cumulative_change_hypothetical": hypothetical,
}
