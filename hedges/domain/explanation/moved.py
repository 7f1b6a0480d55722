"""The prospective criterion: what both sides would change by if the hedged risk moved, and the ratios of it."""

from __future__ import annotations

import numpy as np

from hedges.domain.explanation.effectiveness import ITEM, noise_threshold
from hedges.domain.explanation.parts import Given, Listing, Step
from hedges.domain.explanation.revalued import Revalued, limit
from hedges.domain.explanation.steps import arithmetic, from_before, measured
from hedges.domain.scenarios import SCENARIOS, scenario_changes


def scenario_steps(found: Revalued) -> list[Step]:
    """The worst ratio of the scenarios that could be valued."""
    shifts = [limit(found, name, name) for name in ("prospective_spot_shift", "prospective_rate_shift")]
    moved = scenario_changes(
        found.case.shard(found.case.row.relationship_id),
        found.found,
        found.items,
        found.used,
        *(np.array([float(shift.value)]) for shift in shifts),
    )
    known = np.flatnonzero(moved.known[0]).tolist()
    sides = [[found.money(int(side[0, place])) for place in known] for side in (moved.instrument, moved.item)]
    names = list(SCENARIOS)
    columns = ("the hedged risk goes", f"instrument {found.functional}", f"item {found.functional}")
    rows = [(names[place], *changes) for place, *changes in zip(known, *sides, strict=True)]
    listing = Listing("Changes of value on the next day, moved against unmoved", columns, rows, len(rows))
    steps = noise_threshold(found)
    move = arithmetic(
        "Move", "spot rates and prices by a share, or all zero rates by an amount a year", None, shifts
    )
    given = [
        Given("instrument_changes", sides[0] or None, found.source("designated instruments, moved")),
        Given("item_changes", sides[1] or None, found.source("hedged risk of the items, moved")),
        ITEM,
        limit(found, "dollar_offset_lower", "lower_ratio"),
        limit(found, "dollar_offset_upper", "upper_ratio"),
        Given("noise_threshold_amount", steps[-1].result, from_before("the noise threshold")),
    ]
    return [*steps, move, measured("prospective_dollar_offset", "worst_ratio", given, listings=[listing])]
