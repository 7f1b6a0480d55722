"""What has left a reserve or an item's adjustment: the shares of the items, then the rule that says where it goes."""

from __future__ import annotations

from datetime import date

import numpy as np

from hedges.domain.explanation.accounted import Accounted
from hedges.domain.explanation.parts import BOOK, CALCULATION, Given, Listing, Source, Step, Worked
from hedges.domain.explanation.steps import amount, arithmetic, from_before, measured
from hedges.queries.measurement_columns import PATTERNS
from treasury.quant.measurement.life import life

CODE = "reserve_release"
WORDS = {
    "cumulative_reclassified": (
        "to profit or loss so far, by the documented pattern; what was gained on items in the books as it arose"
    ),
    "cumulative_basis_adjusted": "into the cost of the items so far; nothing where the cost is not adjusted",
    "loss_not_recovered": (
        "at most the loss that was there on each day stated, in the shares of all parts of the reserve"
    ),
    "item_adjustment_amortised": "of the item's adjustment so far; nothing but in a fair value hedge",
}
#: The result of the measure that a number is; the others are what left with items.
RESULTS = {"loss_not_recovered": "not_recovered"}


def released(found: Accounted, field: str) -> Worked:
    """Rounded at each date, as it is posted; the measure's own answer is not rounded."""
    path = found.measured.workings.path
    lived = life(path)
    value = {
        "cumulative_reclassified": lived.reclassified,
        "cumulative_basis_adjusted": lived.basis_adjusted,
        "loss_not_recovered": lived.not_recovered,
        "item_adjustment_amortised": lived.adjustment_released,
    }[field]
    kept = np.asarray(lived.recognised)[0] + np.asarray(lived.adjustment)[0]
    taken = np.asarray(lived.not_recovered)[0]
    step = shares(found, kept, np.asarray(value)[0], taken, RESULTS.get(field, "released_with_items"))
    pattern = PATTERNS[int(path.pattern[0])].lower().replace("_", " ")
    said = "release pattern of the inception file; what a fair value hedge left on debt goes over its term"
    rule = Given("pattern", pattern, Source(BOOK, said))
    lag = Given("lag_days", int(path.lag_days[0]), Source(BOOK, "days until the item affects profit or loss"))
    total = found.money(np.asarray(value)[0, -1])
    last = arithmetic(field.replace("_", " ").capitalize(), WORDS[field], total, [found.version, rule, lag])
    before = effective_rate(found) if field == "item_adjustment_amortised" else []
    return amount([step, *before, last], found.currency)


def effective_rate(found: Accounted) -> list[Step]:
    """Of volumes at amortised cost that have left: the rate recalculated that day, and what has worn off."""
    rows = range(found.measured.workings.amortisation.relationship.size)
    return [step for row in rows for step in _one_rate(found, row)]


def _one_rate(found: Accounted, row: int) -> list[Step]:
    wears_off = found.measured.workings.amortisation
    flows, years = wears_off.cash_flows[row], wears_off.years[row]
    there = flows != 0
    ended = date.fromordinal(int(wears_off.ended_on[row]))
    owed = Source(
        CALCULATION, f"amounts and coupons at the par rate of the designation, still to come on {ended}"
    )
    units = 10.0 ** float(found.measured.units[0])
    given = [
        Given("carrying_amount", float(wears_off.carrying_amount[row]) / units, owed),
        Given("unadjusted_carrying_amount", float(wears_off.unadjusted[row]) / units, owed),
        Given("cash_flows", (flows[there] / units).tolist(), owed),
        Given("years", years[there].tolist(), owed),
    ]
    rate = measured("basis_adjustment_amortisation", "effective_rate", given)
    share = wears_off.share[row, found.count - 1]
    words = "adjustment × share worn off by the day, at the rates with and without the adjustment"
    said = Source(CALCULATION, f"of the volume that left on {ended}")
    given = [
        Given("effective_rate", rate.result, from_before(rate.title)),
        Given("adjustment", found.money(wears_off.adjustment[row]), said),
    ]
    return [rate, arithmetic("Share worn off", words, share, given)]


def shares(found: Accounted, kept: np.ndarray, value: np.ndarray, taken: np.ndarray, result: str) -> Step:
    """The measure over every date at which something began or left, and the last one."""
    path = found.measured.workings.path
    units = {
        name: getattr(path, name)[0] for name in ("happening", "lost", "designated", "in_books", "hedged")
    }
    moves = [np.diff(units[name], prepend=0) != 0 for name in ("designated", "in_books", "hedged")]
    losses = -np.diff(taken, prepend=0)
    shown = np.flatnonzero(np.any([*moves, units["happening"] > 0, units["lost"] > 0, losses > 0], axis=0))
    shown = np.union1d(shown, [found.count - 1])
    known = Source(BOOK, "versions of the items: when they happened, what is not expected any more")
    given = [Given("kept", found.path(kept[shown]), Source(BOOK, "recognised on each of these dates"))]
    given += [Given(name, [str(one) for one in part[shown].tolist()], known) for name, part in units.items()]
    if losses.any():
        stated = Source(
            BOOK, "losses that two persons agreed will not be recovered, as far as they were there"
        )
        given.append(Given("loss_stated", [found.money(one) for one in losses[shown].tolist()], stated))
    rows = [
        (
            date.fromordinal(int(path.dates[0, knot])),
            found.money(kept[knot]),
            *(int(part[knot]) for part in units.values()),
            found.money(value[knot]),
        )
        for knot in shown.tolist()
    ]
    titles = ("date", "kept", *(f"units {name.replace('_', ' ')}" for name in units), "so far")
    title = "Dates on which units begin, leave or stand in the books"
    listing = Listing(title, titles, rows, len(rows), None, "earliest")
    return measured(CODE, result, given, listings=[listing], place=-1)
