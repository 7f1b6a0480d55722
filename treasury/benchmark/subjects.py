"""What is compared: for each kind our side, the other sides, and what a difference is measured against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from treasury.benchmark import book, ours
from treasury.benchmark.market import Market
from treasury.benchmark.quantlib_side import GREEKS, QuantLibMarket
from treasury.benchmark.statistics_side import STATISTICS, scipy_loop, statsmodels_loop
from treasury.quant.numbers import Float, Int

VALUE = ("present_value",)
CLOSED_FORM, OF_NOTIONAL, STATISTIC = 1e-9, 1e-9, 5e-10


@dataclass(frozen=True, slots=True)
class Subject:
    """One block of one kind. ``pick`` takes rows (rows, names) of our answer; ``others`` make theirs of the
    sample.
    """

    run: Callable[[], Any]
    pick: Callable[[Any, Int], Float]
    others: dict[str, Callable[[], Float]]
    names: tuple[str, ...]
    against: Callable[[Float], Float]
    allowed: float


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of number; ``make(count, points, seed, rows)`` gives a block of it with ``rows`` as the sample.

    ``floors`` are how many times as fast as another side it is to be.
    """

    name: str
    unit: str
    floors: dict[str, float]
    make: Callable[[int, int, int, Int], Subject]


def kinds(market: Market) -> list[Kind]:
    """All kinds on one market, in the order of the report."""
    library = QuantLibMarket(market)

    def forwards(count: int, points: int, seed: int, rows: Int) -> Subject:
        deals = book.forwards(market, count, seed)
        others = {"QuantLib": _column(library.forwards(deals, rows))}
        return Subject(
            lambda: ours.forward_values(market, deals), _picked, others, VALUE, np.abs, CLOSED_FORM
        )

    def options(count: int, points: int, seed: int, rows: Int) -> Subject:
        deals = book.options(market, count, seed)
        others = {"QuantLib": _column(library.options(deals, rows, greeks=False))}
        return Subject(lambda: ours.option_values(market, deals), _picked, others, VALUE, np.abs, CLOSED_FORM)

    def greeks(count: int, points: int, seed: int, rows: Int) -> Subject:
        deals = book.options(market, count, seed)
        others = {"QuantLib": library.options(deals, rows, greeks=True)}
        # Theta passes through zero: a difference in it counts against at least a thousandth of the spot rate.
        least = np.zeros((rows.size, len(GREEKS)))
        least[:, GREEKS.index("theta")] = market.spot[deals.pair[rows]] / 1000

        def against(theirs: Float) -> Float:
            return np.maximum(np.abs(theirs), least)

        pick = _columns(GREEKS)
        return Subject(lambda: ours.option_greeks(market, deals), pick, others, GREEKS, against, CLOSED_FORM)

    def swaps(count: int, points: int, seed: int, rows: Int) -> Subject:
        deals = book.swaps(market, count, seed)
        others = {"QuantLib": _column(library.swaps(deals, rows))}

        def notional(theirs: Float) -> Float:
            return deals.notional[rows][:, None]

        return Subject(lambda: ours.swap_values(market, deals), _picked, others, VALUE, notional, OF_NOTIONAL)

    def regressions(count: int, points: int, seed: int, rows: Int) -> Subject:
        data = book.series(count, points, seed)
        others = {
            "statsmodels": lambda: statsmodels_loop(data, rows),
            "scipy": lambda: scipy_loop(data, rows),
        }
        pick = _columns(STATISTICS)
        return Subject(lambda: ours.regressions(data), pick, others, STATISTICS, _statistic_scale, STATISTIC)

    return [
        Kind("FX forwards", "instruments", {"QuantLib": 400.0}, forwards),
        Kind("FX options", "instruments", {"QuantLib": 150.0}, options),
        Kind("FX options with Greeks", "instruments", {}, greeks),
        Kind("five-year swaps", "instruments", {"QuantLib": 300.0}, swaps),
        Kind("regressions", "relationships", {"statsmodels": 300.0}, regressions),
    ]


def _statistic_scale(theirs: Float) -> Float:
    """The statistic itself; for what may pass through zero, at least a thousandth of its standard error."""
    scale = np.abs(theirs)
    for name, error in (
        ("intercept", "intercept_standard_error"),
        ("slope_confidence_lower", "slope_standard_error"),
        ("slope_confidence_upper", "slope_standard_error"),
    ):
        place = STATISTICS.index(name)
        scale[:, place] = np.maximum(scale[:, place], theirs[:, STATISTICS.index(error)] / 1000)
    return scale


def _picked(answer: Float, rows: Int) -> Float:
    return answer[rows][:, None]


def _column(loop: Callable[[], Float]) -> Callable[[], Float]:
    return lambda: loop()[:, None]


def _columns(names: tuple[str, ...]) -> Callable[[Any, Int], Float]:
    return lambda answer, rows: np.stack([getattr(answer, name)[rows] for name in names], axis=1)
