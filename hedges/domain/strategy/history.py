"""What rates did, week by week back from the business date, out of the market of a run.

Units: quote currency of the risk per unit of base, or another currency that both are turned into; NaN where a quote is
missing or was older than a week on its day, so that no move is counted that no quote has shown. The grid is that of
effectiveness tests: weekly, back from the business date. Reference: rules section 2 (same frequency, same dates).
"""

import numpy as np

from hedges.domain.lookup import Lookup
from treasury.quant.numbers import Float, Int

WEEK = 7


def weekly_days(today: int, weeks: int) -> Int:
    """`weeks` + 1 days, oldest first, so that there are as many changes as weeks."""
    return today - WEEK * np.arange(weeks, -1, -1)


def weeks_known(look: Lookup, today: int) -> int:
    """Whole weeks back to the first quote of the market."""
    dates = look.market.dates
    return int((today - dates[1]) // WEEK) if dates.size > 1 else 0


def levels(look: Lookup, risk: int, days: Int, currency: str | None = None) -> Float:
    """The spot rate of a risk on each day, in a currency if one is given."""
    place = np.array([risk])
    spot, age = look.spot(place, days), look.spot_age(place, days)
    if currency is not None:
        target = look.market.spot.index([currency])
        same = np.array([look.quote_currencies[risk] == currency])
        spot = spot * look.conversion(place, target, same, days)
        age = np.maximum(age, look.conversion_age(place, target, same, days))
    return np.where(age >= WEEK, np.nan, spot)


def changes(series: Float, *, returns: bool, every: int = 1) -> Float:
    """Differences or simple returns over `every` weeks that do not overlap, counted back from the last level."""
    kept = series[::-1][::every][::-1]
    with np.errstate(invalid="ignore", divide="ignore"):
        moves = np.diff(kept)
        return np.asarray(moves / kept[:-1] if returns else moves)
