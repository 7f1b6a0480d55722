"""Which rate curves a snapshot needs: for each symbol and date with deposit or swap rates one, and its digest.

The digest is the sha256 of all that makes the curve: its quotes, the discount curve under it, QuantLib's version and
that of the conventions. Equal digests are equal curves, so that a curve is bootstrapped once.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import version
from typing import NamedTuple

import numpy as np

from treasury.quant.curves.rate_curve import RateCurve
from treasury.quant.curves.zero_rate_curves import ZeroRateCurves
from treasury.quant.dates.conventions import CONVENTIONS_VERSION
from treasury.quant.dates.rate_indices import is_currency, rate_index
from treasury.quant.quotes import NEVER, Quotes

RATE_KINDS = ("DEPOSIT_RATE", "SWAP_RATE")


class RateQuote(NamedTuple):
    """A deposit's or a par swap's rate, a fraction per year."""

    kind: str
    tenor: str
    rate: float


@dataclass(frozen=True, slots=True)
class CurveNeed:
    """The quotes of one curve, sorted by kind and tenor.

    A projection curve is built on a discount curve: that of the need with the digest ``discount_digest``, or
    ``discount_rates`` where it comes from ZERO_RATE quotes; without either, on itself.
    """

    symbol: str
    quote_date: int
    quotes: tuple[RateQuote, ...]
    digest: str
    discount_digest: str = ""
    discount_rates: RateCurve | None = None


@cache
def curve_maker() -> str:
    """What makes curves here and now: QuantLib and the conventions, with their versions."""
    return f"QuantLib {version('QuantLib')}, conventions {CONVENTIONS_VERSION}"


def curve_needs(quotes: Quotes, maker: str = "") -> tuple[CurveNeed, ...]:
    """Discount curves before projection curves, then by symbol and date; digests are those of ``maker``."""
    made_by = maker or curve_maker()
    groups = _groups(quotes)
    discounts: dict[str, list[CurveNeed]] = {}
    needs = []
    indices = {symbol: rate_index(symbol) for symbol, _, _ in groups if not is_currency(symbol)}
    zero_rates = ZeroRateCurves(
        quotes,
        {index.currency for index in indices.values() if index},
        [date for symbol, date, _ in groups if symbol in indices],
    )
    for symbol, date, found in groups:
        if is_currency(symbol):
            need = CurveNeed(symbol, date, found, _digest(made_by, symbol, date, found, ""))
            discounts.setdefault(symbol, []).append(need)
        else:
            need = _projection(made_by, symbol, date, found, discounts, zero_rates)
        needs.append(need)
    return tuple(needs)


def _projection(
    maker: str,
    symbol: str,
    date: int,
    found: tuple[RateQuote, ...],
    discounts: dict[str, list[CurveNeed]],
    zero_rates: ZeroRateCurves,
) -> CurveNeed:
    index = rate_index(symbol)
    currency = "" if index is None else index.currency
    made = discounts.get(currency, [])
    last = bisect_right(made, date, key=lambda need: need.quote_date) - 1
    age = date - made[last].quote_date if last >= 0 else NEVER
    if age <= zero_rates.age(currency, date):
        under = made[last].digest if last >= 0 else ""
        return CurveNeed(symbol, date, found, _digest(maker, symbol, date, found, under), under)
    curve = zero_rates.curve(currency, date)
    under = f"{curve.node_days.tolist()} {curve.zero_rates.tolist()}"
    return CurveNeed(symbol, date, found, _digest(maker, symbol, date, found, under), discount_rates=curve)


def _groups(quotes: Quotes) -> list[tuple[str, int, tuple[RateQuote, ...]]]:
    """Symbol, date and quotes, the last of several quotes of one series and date."""
    wanted = [place for place, key in enumerate(quotes.series) if key[0] in RATE_KINDS]
    ranked = sorted(wanted, key=lambda place: _order(quotes.series[place]))
    rank = np.full(len(quotes.series), -1, dtype=np.int64)
    rank[ranked] = np.arange(len(ranked))
    rows = np.flatnonzero(rank[quotes.series_index] >= 0)
    symbols = [quotes.series[place][1] for place in ranked]
    first = {symbol: number for number, symbol in reversed(list(enumerate(dict.fromkeys(symbols))))}
    group = np.array([first[symbol] for symbol in symbols], dtype=np.int64)
    ranks = rank[quotes.series_index[rows]]
    order = np.lexsort((ranks, quotes.dates[rows], group[ranks]))
    rows, ranks = rows[order], ranks[order]
    dates = quotes.dates[rows]
    # The sort is stable: of equal cells the last row is the one recorded last.
    last = np.append((np.diff(ranks) != 0) | (np.diff(dates) != 0), True)[: rows.size]
    rows, ranks, dates = rows[last], ranks[last], dates[last]
    kinds, tenors = ([quotes.series[place][part] for place in ranked] for part in (0, 2))
    places, rates, of = ranks.tolist(), quotes.values[rows].tolist(), group[ranks]
    starts = np.flatnonzero(np.diff(of, prepend=-1) | np.diff(dates, prepend=-1)).tolist()
    found = [RateQuote(kinds[place], tenors[place], rate) for place, rate in zip(places, rates, strict=True)]
    return [
        (symbols[places[start]], int(dates[start]), tuple(found[start:end]))
        for start, end in zip(starts, [*starts[1:], len(places)][: len(starts)], strict=True)
    ]


def _order(key: tuple[str, str, str, object] | tuple[str, ...]) -> tuple[bool, str, str, str]:
    return not is_currency(str(key[1])), str(key[1]), str(key[0]), str(key[2])


# Every night asks again for the curves of two years.
@lru_cache(maxsize=8192)
def _digest(maker: str, symbol: str, date: int, quotes: tuple[RateQuote, ...], under: str) -> str:
    lines = [f"{kind} {tenor} {rate!r}" for kind, tenor, rate in quotes]
    return sha256("\n".join([maker, symbol, str(date), under, *lines]).encode()).hexdigest()
