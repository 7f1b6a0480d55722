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
from treasury.quant.numbers import Bool, Int
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
class Gathered:
    """The relationships with what they hedge and use, and what their tests look at."""

    shard: Shard
    found: Columns
    items: Columns
    instruments: Columns
    used: Used
    dates: Int
    evidence: Evidence
    scenarios: ScenarioChanges


def gathered(shard: Shard) -> Gathered:
    """Every relationship of the shard."""
    found, items, instruments = (
        part(shard.at, by="relationship_id")
        for part in (
            relationship_columns.relationships,
            relationship_columns.items,
            relationship_columns.instruments,
        )
    )
    used = used_instruments(shard, found, instruments)
    weeks = max((pack["observation_count"] for pack in shard.sealed.reference.rule_packs.values()), default=0)
    dates = grid(shard.today, weeks)
    evidence = evidence_of(shard, found, items, instruments, used, dates)
    spot, rate = (
        shard.sealed.limits(found["framework"], name)
        for name in ("prospective_spot_shift", "prospective_rate_shift")
    )
    moved = scenario_changes(shard, found, items, used, spot, rate)
    return Gathered(shard, found, items, instruments, used, dates, evidence, moved)


def judged(of: Gathered, *, terms_matched: Bool | None = None) -> list[Outcome]:
    """The verdicts by rule pack. `terms_matched`: whose critical terms match, where somebody has looked."""
    outcomes = []
    for place in np.unique(of.found["framework"]).tolist():
        pack = of.shard.sealed.pack_of(FRAMEWORKS[place])
        chosen = np.flatnonzero(of.found["framework"] == place)
        part = {column: values[chosen] for column, values in of.found.items()}
        picked, own = take(of.evidence, chosen), of.scenarios.take(chosen)
        matched = np.zeros(chosen.size, dtype=bool) if terms_matched is None else terms_matched[chosen]
        result = assess(picked, own, pack, matched)
        outcomes.append(Outcome(of.shard, part, pack, of.dates, picked, own, result))
    return outcomes


def tested(shard: Shard) -> list[Outcome]:
    """The tests of a night or a close."""
    return judged(gathered(shard))
