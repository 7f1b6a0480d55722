"""What has left a reserve or an item's adjustment: the shares of the items, then the rule that says where it goes."""

from __future__ import annotations

from datetime import date

import numpy as np

from hedges.domain.explanation.accounted import Accounted
from hedges.domain.explanation.parts import BOOK, Given, Listing, Source, Step, Worked
from hedges.domain.explanation.steps import amount, arithmetic, measured
from hedges.queries.measurement_columns import PATTERNS
from treasury.quant.measurement.life import life

CODE = "reserve_release"
WORDS = {
    "cumulative_reclassified": (
        "to profit or loss so far, by the documented pattern; what was gained on items in the books as it arose"
    ),
    "cumulative_basis_adjusted": "into the cost of the items so far; nothing where the cost is not adjusted",
    "item_adjustment_amortised": "of the item's adjustment so far; nothing but in a fair value hedge",
}


def released(found: Accounted, field: str) -> Worked:
    """Rounded at each date, as it is posted; the measure's own answer is not rounded."""
    path = found.measured.workings.path
    lived = life(path)
    value = {
        "cumulative_reclassified": lived.reclassified,
        "cumulative_basis_adjusted": lived.basis_adjusted,
        "item_adjustment_amortised": lived.adjustment_released,
    }[field]
    kept = np.asarray(lived.recognised)[0] + np.asarray(lived.adjustment)[0]
    step = shares(found, kept, np.asarray(value)[0])
    pattern = PATTERNS[int(path.pattern[0])].lower().replace("_", " ")
    rule = Given("pattern", pattern, Source(BOOK, "release pattern of the inception file"))
    lag = Given("lag_days", int(path.lag_days[0]), Source(BOOK, "days until the item affects profit or loss"))
    total = found.money(np.asarray(value)[0, -1])
    last = arithmetic(field.replace("_", " ").capitalize(), WORDS[field], total, [found.version, rule, lag])
    return amount([step, last], found.currency)


def shares(found: Accounted, kept: np.ndarray, value: np.ndarray) -> Step:
    """The measure over every date at which something began or left, and the last one."""
    path = found.measured.workings.path
    units = {
        name: getattr(path, name)[0] for name in ("happening", "lost", "designated", "in_books", "hedged")
    }
    moves = [np.diff(units[name], prepend=0) != 0 for name in ("designated", "in_books", "hedged")]
    shown = np.flatnonzero(np.any([*moves, units["happening"] > 0, units["lost"] > 0], axis=0))
    shown = np.union1d(shown, [found.count - 1])
    known = Source(BOOK, "versions of the items: when they happened, what is not expected any more")
    given = [Given("kept", found.path(kept[shown]), Source(BOOK, "recognised on each of these dates"))]
    given += [Given(name, [str(one) for one in part[shown].tolist()], known) for name, part in units.items()]
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
    return measured(CODE, "released_with_items", given, listings=[listing], place=-1)
