"""Rate curves from deposit and par swap rates, bootstrapped by QuantLib: each quote is worth zero on its curve.

A currency's discount curve: a deposit of 1 at the spot date s pays 1 + r·τ, so D(T)·(1 + r·τ) = D(s); a par swap
against its own curve's floating rate is worth what a bond at par is, Σ r·τ_i·D(T_i) + D(T_n) = D(s). A rate index's
projection curve: the floating leg projected from it is worth as much as the fixed one, both discounted on its
currency's discount curve. Zero rates are linear between the last payment dates, flat outside.
Deposits count up to the first swap's last payment only; of two quotes that fall due on one day the one whose tenor has
the longer unit counts (1M before 30D). A tenor that is none makes no curve, never another one.
Units: simple rates, fractions per year; zero rates continuous, ACT/365F. Reference: rules section 3; J. Hull, Options,
Futures, and Other Derivatives, chapters 4 and 7 (OIS discounting). Worked example: EUR, one deposit, 6M 2 %, dealt on
2026-11-18, due 2027-05-20: D = D(s)/(1 + 0.02·181/360).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from threading import Lock
from typing import Any

import numpy as np

from treasury.kernel.errors import InputError
from treasury.quant.curves.needs import CurveNeed, RateQuote
from treasury.quant.curves.rate_curve import RateCurve, failed_curve
from treasury.quant.curves.rate_helpers import IndexSwaps, deposit, evaluation_date, par_bond, quantlib_date
from treasury.quant.dates.conventions import conventions
from treasury.quant.dates.holidays import quantlib_calendar
from treasury.quant.dates.rate_indices import RateIndex, is_currency, rate_index

# QuantLib's evaluation date is one for the whole process.
_LOCK = Lock()
_SERIAL_TO_ORDINAL = 693_594
_UNITS = {"D": 1, "W": 2, "M": 3, "Y": 4}
# Of a zero rate; QuantLib's own 1e-12 leaves a thirty-year factor three digits short.
_ACCURACY = 1e-15


def build_curves(needs: Sequence[CurveNeed], known: Mapping[str, RateCurve]) -> dict[str, RateCurve]:
    """The curves that are not known yet, by digest; ``needs`` come with discount curves before projection curves."""
    made: dict[str, RateCurve] = {}
    for need in needs:
        if need.digest not in known and need.digest not in made:
            under = need.discount_digest
            discount = (made.get(under) or known[under]) if under else need.discount_rates
            made[need.digest] = bootstrap(need.symbol, need.quote_date, need.quotes, discount)
    return made


def bootstrap(
    symbol: str, quote_date: int, quotes: Sequence[RateQuote], discount: RateCurve | None = None
) -> RateCurve:
    """The curve of a currency or a rate index; without ``discount`` an index discounts on its own curve."""
    index = None if is_currency(symbol) else rate_index(symbol)
    if index is None and not is_currency(symbol):
        return failed_curve(symbol, quote_date, f"{symbol} is neither a currency nor a known rate index")
    if discount is not None and discount.problem:
        return failed_curve(symbol, quote_date, f"its discount curve {discount.symbol} could not be built")
    day = date.fromordinal(quote_date)
    try:
        with _LOCK:
            nodes = _nodes(day, symbol, index, quotes, discount)
    except (InputError, RuntimeError) as error:
        return failed_curve(symbol, quote_date, f"{symbol} {day}: {_in_words(error)}")
    node_days = np.array([node - quote_date for node, _ in nodes], dtype=np.int64)
    rates = np.array([rate for _, rate in nodes], dtype=np.float64)
    if not np.isfinite(rates).all():
        return failed_curve(symbol, quote_date, f"{symbol} {day}: the quotes leave no finite rate")
    return RateCurve(symbol, quote_date, node_days, rates)


def _in_words(error: Exception) -> str:
    """QuantLib names the pillar that it could not solve; anything else in its own words."""
    text = (str(error).splitlines() or ["no curve"])[0][:200]
    pillar = re.search(r"pillar (\w+ \w+, \d+)", text)
    return f"no rate to {pillar[1]} fits the quotes" if pillar else text


def _nodes(
    day: date,
    symbol: str,
    index: RateIndex | None,
    quotes: Sequence[RateQuote],
    discount: RateCurve | None,
) -> list[tuple[int, float]]:
    import QuantLib as ql

    terms = conventions(index.currency if index else symbol)
    calendar = quantlib_calendar(terms.calendar)
    today = quantlib_date(day)
    with evaluation_date(calendar.adjust(today)) as dealt:
        deposits = {
            _rank(quote): deposit(quote, terms, calendar) for quote in quotes if quote.kind == "DEPOSIT_RATE"
        }
        swaps = [quote for quote in quotes if quote.kind == "SWAP_RATE"]
        if index:
            fixed = IndexSwaps(terms, calendar, index.months, discount, today)
            helpers = {_rank(quote): fixed.helper(quote) for quote in swaps}
        else:
            spot = calendar.advance(dealt, terms.spot_lag, ql.Days)
            helpers = {_rank(quote): par_bond(quote, terms, calendar, spot) for quote in swaps}
        solver = ql.IterativeBootstrap(_ACCURACY)
        curve = ql.PiecewiseLinearZero(today, _one_a_day(deposits, helpers), ql.Actual365Fixed(), solver)
        return [(node.serialNumber() + _SERIAL_TO_ORDINAL, rate) for node, rate in curve.nodes()[1:]]


def _rank(quote: RateQuote) -> tuple[int, str]:
    """Of two quotes that fall due on one day, the higher one counts."""
    return _UNITS.get(quote.tenor[-1:], 0) if quote.tenor[:1].isdigit() else 0, quote.tenor


def _one_a_day(deposits: dict[tuple[int, str], Any], swaps: dict[tuple[int, str], Any]) -> list[Any]:
    due: dict[int, Any] = {}
    for _, helper in sorted(swaps.items(), key=lambda item: item[0]):
        due[helper.pillarDate().serialNumber()] = helper
    first = min(due, default=None)
    for _, helper in sorted(deposits.items(), key=lambda item: item[0]):
        day = helper.pillarDate().serialNumber()
        if first is None or day < first:
            due[day] = helper
    return [due[day] for day in sorted(due)]
