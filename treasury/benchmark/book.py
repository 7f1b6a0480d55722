"""Made-up instruments and series in blocks: a million rows are never in memory at once.

Every block has its own seed; columns are what a system has stored: terms, days as ordinals, schedules as days.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import QuantLib as ql
from numpy.typing import NDArray

from treasury.benchmark.market import AS_OF, CURRENCIES, PAIRS, Market
from treasury.benchmark.schedules import FLOATING_MONTHS, Leg, business_days, legs
from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.quant.numbers import Bool, Float, Int

FREQUENCIES = (12, 6)  # months of the fixed leg


@dataclass(frozen=True, slots=True)
class Forwards:
    """``notional`` in base currency, bought +."""

    pair: Int
    notional: Float
    strike: Float
    maturity: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Options:
    """``kind`` +1 call, −1 put; ``notional`` bought +."""

    pair: Int
    kind: Float
    notional: Float
    strike: Float
    expiry: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Swaps:
    """``fixings`` are those of the floating periods (periods, n), NaN for a period to come; ``fixed`` are the fixed
    legs by their number of periods, with the rows that have them.
    """

    currency: Int
    notional: Float
    pay_fixed: Bool
    fixed_rate: Float
    start: Int
    fixed_months: Int
    fixed: tuple[tuple[Int, Leg], ...]
    floating: Leg
    fixings: Float


@dataclass(frozen=True, slots=True)
class Series:
    """Changes of hedges and items, shape (relationships, points)."""

    instrument: Float
    item: Float


def forwards(market: Market, count: int, seed: int) -> Forwards:
    """Up to three years, struck 0.1 to 10 % beside the spot rate on either side."""
    rng = np.random.default_rng((1, seed))
    pair = rng.integers(0, PAIRS, count)
    return Forwards(pair, _amounts(rng, count), _strikes(rng, market.spot[pair]), _days(rng, count))


def options(market: Market, count: int, seed: int) -> Options:
    """Calls and puts, bought and sold, up to three years, struck within two standard deviations of the spot rate."""
    rng = np.random.default_rng((2, seed))
    pair, kind = rng.integers(0, PAIRS, count), rng.choice([-1.0, 1.0], count)
    expiry = _days(rng, count)
    deviation = market.volatility[pair] * np.sqrt((expiry - AS_OF) / DAYS_PER_YEAR)
    strikes = market.spot[pair] * np.exp(deviation * rng.uniform(-2.0, 2.0, count))
    return Options(pair, kind, _amounts(rng, count), strikes, expiry)


def swaps(market: Market, count: int, seed: int) -> Swaps:
    """Five years, annual or semi-annual against six months, started in the last 18 or starting in the next 3 months."""
    rng = np.random.default_rng((3, seed))
    days, kinds = business_days(), np.arange(len(FREQUENCIES))
    day, kind = rng.integers(0, days.size, count), rng.choice(kinds, count)
    currency = rng.integers(0, len(CURRENCIES), count)
    fixed, floating = _pools()
    floating_leg = floating.take(day)
    back = AS_OF - floating_leg.boundaries[:-1]
    fixings = np.where(back >= 0, market.fixings[currency, np.maximum(back, 0)], np.nan)
    groups = [np.flatnonzero(kind == one) for one in kinds]
    return Swaps(
        currency=currency,
        notional=np.abs(_amounts(rng, count)),
        pay_fixed=rng.random(count) < 0.5,
        fixed_rate=rng.uniform(-0.005, 0.07, count),
        start=days[day],
        fixed_months=np.array(FREQUENCIES)[kind],
        fixed=tuple((rows, leg.take(day[rows])) for rows, leg in zip(groups, fixed, strict=True)),
        floating=floating_leg,
        fixings=fixings,
    )


def series(count: int, points: int, seed: int) -> Series:
    """Hedges that move against their items, from nearly exactly to hardly."""
    rng = np.random.default_rng((4, seed))
    scale = 10.0 ** rng.uniform(2, 7, (count, 1))
    item = scale * rng.standard_normal((count, points))
    noise = scale * rng.uniform(0.02, 0.8, (count, 1)) * rng.standard_normal((count, points))
    return Series(noise - rng.uniform(0.7, 1.3, (count, 1)) * item, item)


@cache
def _pools() -> tuple[list[Leg], Leg]:
    """A leg for every start day: the fixed ones of each frequency, and the floating ones."""
    days = business_days()
    thirty = ql.Thirty360(ql.Thirty360.BondBasis)
    return [legs(days, months, thirty) for months in FREQUENCIES], legs(days, FLOATING_MONTHS, ql.Actual360())


def _amounts(rng: np.random.Generator, count: int) -> Float:
    return np.round(rng.uniform(1e5, 5e7, count), 2) * rng.choice([-1.0, 1.0], count)


def _strikes(rng: np.random.Generator, spot: Float) -> Float:
    return spot * (1.0 + rng.uniform(0.001, 0.1, spot.size) * rng.choice([-1.0, 1.0], spot.size))


def _days(rng: np.random.Generator, count: int) -> NDArray[np.int32]:
    return rng.integers(AS_OF + 7, AS_OF + 1096, count).astype(np.int32)
