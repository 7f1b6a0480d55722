"""What relationships would gain and lose if the hedged risk moved tomorrow: up and down by what the rule pack says.

A currency risk moves as every currency against the quote currency, a price risk as all prices, a rate risk as all zero
rates by the same amount. Both sides are valued by the night's own formulas on the terms of today, and compared with an
unmoved market of the same day, so that no day passes between them.
Reference: rules section 4 (prospective); IFRS 9 B6.4.12 to B6.4.14; IAS 39 AG105(a).
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from hedges.domain.levels import Used, instrument_levels, item_levels
from hedges.domain.lookup import Lookup
from hedges.domain.sealed import Shard
from treasury.quant.market import NEVER, Table
from treasury.quant.numbers import Bool, Float, Int
from treasury.quant.scenario import Shock, shifted
from treasury.queries.copy import Columns

#: In the order of the columns, and which way each one goes.
SCENARIOS = {"up": 1.0, "down": -1.0}
_PRICES, _RATES = "prices", "rates"
_TABLES = ("spot", "curve", "volatility", "prices", "futures", "spreads")


@dataclass(frozen=True, slots=True)
class ScenarioChanges:
    """Changes in minor units of the functional currency, shape (relationships, scenarios), where they are known.

    `credit` is the part of the instrument's change that its credit adjustments are.
    """

    instrument: Int
    item: Int
    known: Bool
    credit: Int

    def take(self, rows: Int) -> "ScenarioChanges":
        """These relationships, in this order."""
        return ScenarioChanges(self.instrument[rows], self.item[rows], self.known[rows], self.credit[rows])


@dataclass(frozen=True, slots=True)
class Move:
    """How a market is moved: `spot_factor` as `quant.scenario` takes it, `rate_shift` per year."""

    spot_factor: Shock = 1.0
    rate_shift: float = 0.0


def scenario_changes(
    shard: Shard, found: Columns, items: Columns, used: Used, spot_shift: Float, rate_shift: Float
) -> ScenarioChanges:
    """One pass for all relationships that are moved alike. One `spot_shift` (a share: 0.1) and `rate_shift` (per year:
    0.01) each."""
    count = found["relationship_id"].size
    shape = (count, len(SCENARIOS))
    result = ScenarioChanges(
        np.zeros(shape, dtype=np.int64),
        np.zeros(shape, dtype=np.int64),
        np.zeros(shape, dtype=bool),
        np.zeros(shape, dtype=np.int64),
    )
    if not count:
        return result
    look = shard.sealed.lookup
    # Nobody's market is moved in the first one, so that it is there once for all.
    before = _Part(shard, found, items, used, np.arange(count)).levels(Move())
    # Few markets are moved, however many relationships there are.
    names, group = _groups(look)
    alike, of = np.unique(
        np.column_stack([group[look.position(found["risk_id"])], spot_shift, rate_shift]),
        axis=0,
        return_inverse=True,
    )
    for place, (code, spot, rate) in enumerate(alike.tolist()):
        chosen = np.flatnonzero(of.reshape(-1) == place)
        part = _Part(shard, found, items, used, chosen)
        name = names[int(code)]
        for column, way in enumerate(SCENARIOS.values()):
            after = part.levels(_move(look, name, way * spot, way * rate))
            known = before[-1][chosen] & after[-1]
            result.known[chosen, column] = known
            for changes, level in ((result.instrument, 0), (result.item, 1), (result.credit, 2)):
                changes[chosen, column] = np.where(known, after[level] - before[level][chosen], 0)
    return result


class _Part:
    """Some relationships with what they hedge and use."""

    def __init__(self, shard: Shard, found: Columns, items: Columns, used: Used, chosen: Int) -> None:
        self.shard = shard
        self.found = {name: values[chosen] for name, values in found.items()}
        kept = np.isin(items["relationship_id"], self.found["relationship_id"])
        self.items = {name: values[kept] for name, values in items.items()}
        self.used = used.of(chosen)
        # The market of tomorrow: today may be the day on which the item's hypothetical was struck.
        self.day = shard.today + 1
        self.days = np.column_stack([self.found["accounting_from"], np.full(chosen.size, self.day)])
        self.keep = self._looked_back_at()

    def _looked_back_at(self) -> list[int]:
        """Days whose curves the formulas take beside the moved one: the first of hedge accounting and, as what has
        ended keeps the value of its last day, the last of every item and instrument."""
        terms, flows = self.used.terms, self.used.flows
        ends = (self.items["expected_date"], terms.settlement_date, terms.expiry_date, flows.last_date)
        days = np.unique(np.concatenate([self.found["accounting_from"], *ends]))
        return [day for day in days.tolist() if day < self.day]

    def levels(self, move: Move) -> tuple[Int, Int, Int, Bool]:
        """Of the instruments, the items and the credit adjustments on the moved day, and where both sides are known on
        it and at designation."""
        look = _moved(self.shard.sealed.lookup, self.day, move, self.keep)
        shard = replace(self.shard, sealed=replace(self.shard.sealed, lookup=look))
        fair, credit = instrument_levels(shard, self.found, self.used, self.days)
        item = item_levels(shard, self.found, self.items, self.used, self.days)
        known = np.asarray((fair.known & item.known).all(axis=1))
        return fair.minor[:, 1], item.minor[:, 1], credit.minor[:, 1], known


def _moved(look: Lookup, day: int, move: Move, keep: list[int]) -> Lookup:
    market = shifted(look.market, day, spot_factor=move.spot_factor, rate_shift=move.rate_shift, keep=keep)
    # No quote is too old for tomorrow that is not too old for the test itself.
    tables: dict[str, Any] = {name: _of_today(getattr(market, name)) for name in _TABLES}
    return replace(look, market=replace(market, **tables))


def _of_today(table: Table) -> Table:
    """The quotes of the moved day as old as they are today."""
    ages = table.ages.copy()
    ages[-1] -= (ages[-1] > 0) & (ages[-1] < NEVER)
    return replace(table, ages=ages)


def _groups(look: Lookup) -> tuple[list[str], Int]:
    """What can move, and which of it each risk of the lookup is: rates, prices, or all currencies against the quote
    currency of a pair, which is then the name."""
    kinds = zip(look.is_rate.tolist(), look.is_pair.tolist(), look.quote_currencies, strict=True)
    own = [_RATES if rate else quote if pair else _PRICES for rate, pair, quote in kinds]
    names = sorted(set(own))
    return names, np.array([names.index(name) for name in own], dtype=np.int64)


def _move(look: Lookup, group: str, spot_shift: float, rate_shift: float) -> Move:
    """Everything dearer by the factor in the quote currency, whose own worth in the hub is therefore lower."""
    market, factor = look.market, 1.0 + spot_shift
    if group == _RATES:
        return Move(rate_shift=rate_shift)
    if group == _PRICES:
        return Move({name: factor for table in (market.prices, market.futures) for name in table.names})
    hub = {name for name, place in market.spot.names.items() if market.spot.values[0, place] == 1}
    if group in hub:
        return Move({name: factor for name in market.spot.names if name not in hub})
    return Move({group: 1.0 / factor} if group in market.spot.names else 1.0)
