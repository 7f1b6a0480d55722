"""Which rate curves a snapshot needs: for each symbol and date with deposit or swap rates one, and its digest.

The digest is the sha256 of all that makes the curve: its quotes, the discount curve under it, QuantLib's version and
that of the conventions. Equal digests are equal curves, so that a curve is bootstrapped once.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
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
    symbols = {group.symbol for group in groups}
    indices = {symbol: rate_index(symbol) for symbol in symbols if not is_currency(symbol)}
    zero_rates = ZeroRateCurves(
        quotes,
        {index.currency for index in indices.values() if index},
        [group.date for group in groups if group.symbol in indices],
    )
    discounts: dict[str, _Discounts] = {}
    needs = []
    for group in groups:
        if group.symbol in indices:
            index = indices[group.symbol]
            currency = index.currency if index else ""
            need = _projection(made_by, group, currency, discounts.get(currency, _NONE), zero_rates)
        else:
            need = _need(made_by, group, "")
            dates, digests = discounts.setdefault(group.symbol, _Discounts([], []))
            dates.append(group.date)
            digests.append(need.digest)
        needs.append(need)
    return tuple(needs)


class _Group(NamedTuple):
    """The quotes of one curve: kind and tenor of each, and their rates as bytes, which are quick to compare."""

    symbol: str
    date: int
    labels: tuple[tuple[str, str], ...]
    rates: bytes


class _Discounts(NamedTuple):
    """The discount curves of a currency, by rising dates."""

    dates: list[int]
    digests: list[str]


_NONE = _Discounts([], [])


def _projection(
    maker: str, group: _Group, currency: str, made: _Discounts, zero_rates: ZeroRateCurves
) -> CurveNeed:
    last = bisect_right(made.dates, group.date) - 1
    age = group.date - made.dates[last] if last >= 0 else NEVER
    if age <= zero_rates.age(currency, group.date):
        return _need(maker, group, made.digests[last] if last >= 0 else "")
    curve = zero_rates.curve(currency, group.date)
    under = f"{curve.node_days.tolist()} {curve.zero_rates.tolist()}"
    return replace(_need(maker, group, under), discount_digest="", discount_rates=curve)


def _groups(quotes: Quotes) -> list[_Group]:
    """By symbol and date, with the last of several quotes of one series and date."""
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
    of = group[ranks]
    starts = np.flatnonzero(np.diff(of, prepend=-1) | np.diff(dates, prepend=-1))
    names = [(quotes.series[place][0], quotes.series[place][2]) for place in ranked]
    # Cut as bytes: few sets of tenors are quoted, and most curves are those of the seal before.
    rates, places, width = quotes.values[rows].tobytes(), ranks.tobytes(), ranks.itemsize
    labels: dict[bytes, tuple[tuple[str, str], ...]] = {}
    found = []
    bounds = zip(starts.tolist(), [*starts[1:].tolist(), rows.size], strict=False)
    for (start, end), rank_of, day in zip(
        bounds, ranks[starts].tolist(), dates[starts].tolist(), strict=True
    ):
        cut = slice(start * width, end * width)
        which = places[cut]
        if which not in labels:
            labels[which] = tuple(names[place] for place in ranks[start:end].tolist())
        found.append(_Group(symbols[rank_of], day, labels[which], rates[cut]))
    return found


def _order(key: tuple[str, str, str, object] | tuple[str, ...]) -> tuple[bool, str, str, str]:
    return not is_currency(str(key[1])), str(key[1]), str(key[0]), str(key[2])


# Every night asks again for the curves of two years.
@lru_cache(maxsize=8192)
def _need(maker: str, group: _Group, under: str) -> CurveNeed:
    rates = np.frombuffer(group.rates).tolist()
    quotes = tuple(RateQuote(*label, rate) for label, rate in zip(group.labels, rates, strict=True))
    lines = [f"{kind} {tenor} {rate!r}" for kind, tenor, rate in quotes]
    made_of = "\n".join([maker, group.symbol, str(group.date), under, *lines])
    return CurveNeed(group.symbol, group.date, quotes, sha256(made_of.encode()).hexdigest(), under)
