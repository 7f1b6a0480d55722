"""One entity and risk by whole months from the business date: what is exposed, what is hedged, the band of policy.

The same choice as the night's: an item that is a natural offset is a hedge and no exposure, a sold option no cover.
Units: int64 minor units of the risk's base, inflow and long +; ratios fractions, NaN where policy says nothing.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from exposures.queries.columns import open_exposures
from hedges.domain.sealed import Sealed, Shard
from hedges.queries import columns
from treasury.kernel.clock import add_months
from treasury.kernel.money import from_minor_units
from treasury.quant.numbers import Float, Int
from treasury.quant.sums import group_sums
from treasury.queries.columns import bands
from treasury.queries.copy import Columns

#: Ten years by month; what is due later stands in the last one.
LAST = 120


@dataclass(frozen=True, slots=True)
class MonthBook:
    """Month m holds what is due from m to m + 1 months after the business date; as many months as there is something.

    `due` is the date that an amount of the month is due on average, weighted by size; where there is no exposure the
    first day of the month.
    """

    as_of_date: date
    risk: int
    unit: str
    exponent: int
    quote_currency: str
    exposure: Int
    hedge: Int
    due: Int
    lower: Float
    target: Float
    upper: Float

    @property
    def count(self) -> int:
        return int(self.exposure.size)

    def month_start(self, month: int) -> date:
        return add_months(self.as_of_date, month)

    def exact(self, minor: int | np.int64) -> Decimal:
        return from_minor_units(int(minor), self.unit)

    def major(self, minor: Int) -> Float:
        return np.asarray(minor / 10.0**self.exponent)


def month_book(sealed: Sealed, entity_id: int, risk_id: int) -> MonthBook:
    """Four reads, however large the book is."""
    shard = Shard.of_one(sealed, entity_id)
    exposures = open_exposures(shard.at)
    offsets = columns.offset_items(shard.at)["exposure_id"]
    exposures = _chosen(
        exposures, (exposures["risk_id"] == risk_id) & ~np.isin(exposures["exposure_id"], offsets)
    )
    hedges = columns.live_instruments(shard.at, by="entity_id")
    hedges = _chosen(hedges, (hedges["risk_id"] == risk_id) & (hedges["option_side"] >= 0))
    edges = np.array([add_months(sealed.as_of_date, month).toordinal() for month in range(LAST + 1)])
    month_of, hedge_month = (
        np.searchsorted(edges, days, side="right") - 1
        for days in (exposures["expected_date"], hedges["settlement_date"])
    )
    count = int(max(month_of.max(initial=-1), hedge_month.max(initial=-1))) + 1
    lower, target, upper = _bands(sealed, shard, risk_id, count)
    place = int(sealed.lookup.position(risk_id))
    return MonthBook(
        as_of_date=sealed.as_of_date,
        risk=place,
        unit=sealed.lookup.base_units[place],
        exponent=int(sealed.lookup.base_exponents[place]),
        quote_currency=sealed.lookup.quote_currencies[place],
        exposure=group_sums(exposures["amount"], month_of, count),
        hedge=group_sums(hedges["notional"], hedge_month, count),
        due=_due(exposures, month_of, edges[:count]),
        lower=lower,
        target=target,
        upper=upper,
    )


def _due(exposures: Columns, month_of: Int, starts: Int) -> Int:
    """Whole days, weighted by size; sums of sizes times days leave int64 for no book, but floats are exact enough."""
    size = np.abs(exposures["amount"]).astype(np.float64)
    weights = np.bincount(month_of, weights=size, minlength=starts.size)
    days = (exposures["expected_date"] - starts[month_of]) * size if size.size else size
    sums = np.bincount(month_of, weights=days, minlength=starts.size)
    later = np.rint(np.where(weights > 0, sums / np.where(weights > 0, weights, 1.0), 0.0))
    return np.asarray(starts + later.astype(np.int64))


def _bands(sealed: Sealed, shard: Shard, risk_id: int, count: int) -> tuple[Float, Float, Float]:
    """Of each number of months ahead, NaN without a band."""
    rows = bands(sealed.as_of_date, sealed.known_at, shard_number=shard.number, shard_count=shard.count)
    found = np.full((3, count), np.nan)
    months = np.arange(count)
    own = np.flatnonzero(rows["risk_id"] == risk_id)
    for row in own.tolist():
        inside = (rows["month_from"][row] <= months) & (months < rows["month_to"][row])
        for level, name in enumerate(("lower_ratio", "target_ratio", "upper_ratio")):
            found[level, inside] = rows[name][row]
    return found[0], found[1], found[2]


def _chosen(rows: Columns, which: Any) -> Columns:
    return {name: values[which] for name, values in rows.items()}
