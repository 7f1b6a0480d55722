"""The tests of the relationships of a part of the book, a rule pack at a time: evidence in, verdicts out.

The pack is that of the relationship's own framework, so that one hedge under two frameworks is held to the limits of
each.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from hedges.domain.assessment.evidence import evidence_of
from hedges.domain.assessment.verdict import Assessment, Evidence, assess, take
from hedges.domain.levels import Used, used_instruments
from hedges.domain.observations import grid
from hedges.domain.scenarios import ScenarioChanges, scenario_changes
from hedges.domain.sealed import Shard
from hedges.queries import relationship_columns
from hedges.queries.relationship_columns import FRAMEWORKS
from treasury.enums import AccountingFramework
from treasury.quant.numbers import Int
from treasury.queries.copy import Columns


@dataclass(frozen=True, slots=True)
class Outcome:
    """The relationships of one rule pack with everything that was found out about them."""

    shard: Shard
    found: Columns
    pack: dict[str, Any]
    dates: Int
    evidence: Evidence
    scenarios: ScenarioChanges
    result: Assessment

    @property
    def is_ifrs(self) -> bool:
        return bool(self.pack["framework"] == AccountingFramework.IFRS9)


@dataclass(frozen=True, slots=True)
class Tested:
    """The relationships with what they hedge and use, and their outcomes by rule pack."""

    found: Columns
    items: Columns
    instruments: Columns
    used: Used
    outcomes: list[Outcome]


def tested(shard: Shard) -> Tested:
    """Every relationship of the shard."""
    found = relationship_columns.relationships(shard.at, by="relationship_id")
    items = relationship_columns.items(shard.at, by="relationship_id")
    instruments = relationship_columns.instruments(shard.at, by="relationship_id")
    used = used_instruments(shard, found, instruments)
    weeks = max((pack["observation_count"] for pack in shard.sealed.reference.rule_packs.values()), default=0)
    dates = grid(shard.today, weeks)
    evidence = evidence_of(shard, found, items, instruments, used, dates)
    spot, rate = (
        shard.sealed.limits(found["framework"], name)
        for name in ("prospective_spot_shift", "prospective_rate_shift")
    )
    moved = scenario_changes(shard, found, items, used, spot, rate)
    outcomes = []
    for place in np.unique(found["framework"]).tolist():
        pack = shard.sealed.pack_of(FRAMEWORKS[place])
        chosen = np.flatnonzero(found["framework"] == place)
        part = {column: values[chosen] for column, values in found.items()}
        picked, own = take(evidence, chosen), moved.take(chosen)
        outcomes.append(Outcome(shard, part, pack, dates, picked, own, assess(picked, own, pack)))
    return Tested(found, items, instruments, used, outcomes)
