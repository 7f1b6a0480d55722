"""Small markets made of rows of quotes."""

from datetime import date

import numpy as np

from treasury.quant.market import Quotes

#: A Wednesday.
DAY = date(2026, 11, 18).toordinal()


def quotes(rows):
    """Rows of kind, symbol, tenor, days after DAY, value, and moneyness if there is one."""
    keys = [(*row[:3], row[5] if len(row) > 5 else None) for row in rows]
    series = list(dict.fromkeys(keys))
    index = np.array([series.index(key) for key in keys], dtype=np.int64)
    days = np.array([DAY + row[3] for row in rows], dtype=np.int64)
    return Quotes(series, index, days, np.array([row[4] for row in rows], dtype=float))


def rates(currency, day, *pairs):
    """ZERO_RATE rows."""
    return [("ZERO_RATE", currency, tenor, day, rate) for tenor, rate in pairs]
