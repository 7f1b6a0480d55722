"""Sums over the layers of a relationship: what the instruments are and were worth, and both cumulative changes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from hedges.domain.explanation.accounted import VALUED, Accounted
from hedges.domain.explanation.parts import Given, Listing, Worked
from hedges.domain.explanation.steps import amount, arithmetic
from hedges.domain.measurement.balances import of_layers
from hedges.domain.measurement.frame import START

LAYER = ("", "units", "from", "to", "value at its start", "value at its end or on the date")


def instruments(found: Accounted, name: str) -> Worked:
    """The part of each layer that counts, added up again one by one."""
    return _summed(found, *SUMS[name], part(found, name))


def _summed(found: Accounted, title: str, words: str, chosen: list[int]) -> Worked:
    parts = [found.money(one) for one in chosen]
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


def part(found: Accounted, name: str) -> list[int]:
    """What each layer adds to an amount."""
    layers = of_layers(found.book.instruments, found.measured.workings.hedges, found.case.today)
    return layers[name].tolist()


def component(found: Accounted) -> Worked:
    minor = found.measured.workings.hedges.component.minor
    words = "sum over the layers of the change of the designated component since the layer's start"
    return _summed(found, "Change of the instruments", words, (minor[:, -1] - minor[:, START]).tolist())


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


#: Title and words of the amounts that the instruments' layers add up to.
SUMS = {
    "opening_fair_value": (
        "Opening fair value",
        "sum of the fair values on the day each volume was put in, without what was paid by then",
    ),
    "fair_value_change": (
        "Change of the fair value",
        "sum over the layers of the change since the layer's start, cash paid included",
    ),
    "carrying_amount": (
        "Carrying amount",
        "sum of the fair values of the layers in force, without what has been paid",
    ),
    "settled_amount": (
        "Settled",
        "sum of what the layers have paid since their start, and of the last fair values of those whose instrument has "
        "settled",
    ),
    "no_longer_designated_amount": (
        "No longer designated",
        "sum of the last fair values of the layers taken out, less what goes on from them",
    ),
}

NUMBERS: dict[str, Callable[[Accounted], Worked]] = {
    **{name: partial(instruments, name=name) for name in SUMS},
    "cumulative_change_instrument": component,
    "cumulative_change_hypothetical": hypothetical,
}
