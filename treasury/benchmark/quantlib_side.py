"""The other side of valuation: one QuantLib object for each instrument, built and asked for its value.

Curves, processes, indices and engines are shared, as a sensible user would; arguments are ready in QuantLib's own
types before the clock starts.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import QuantLib as ql

from treasury.benchmark.book import Forwards, Options, Swaps
from treasury.benchmark.dates import quantlib_date
from treasury.benchmark.market import AS_OF, CURRENCIES, FIXING_DAYS, NODE_DAYS, Market
from treasury.benchmark.schedules import schedule
from treasury.quant.numbers import Float, Int

GREEKS = ("present_value", "delta", "gamma", "vega", "theta", "rho_base", "rho_quote")
Loop = Callable[[], Float]


class QuantLibMarket:
    """The market as QuantLib's handles."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.today = quantlib_date(AS_OF)
        ql.Settings.instance().evaluationDate = self.today
        self.count = ql.Actual365Fixed()
        self.curves = [self._curve(rates) for rates in market.curves.zero_rates[0]]
        self.currencies = [getattr(ql, f"{code}Currency")() for code in CURRENCIES]
        self.spots = [ql.QuoteHandle(ql.SimpleQuote(rate)) for rate in market.spot.tolist()]
        pairs = zip(market.base_curve.tolist(), market.quote_curve.tolist(), strict=True)
        self.pairs = list(pairs)

    def _curve(self, rates: Float) -> ql.YieldTermStructureHandle:
        dates = [self.today] + [self.today + days for days in NODE_DAYS]
        nodes = [rates[0], *rates.tolist()]
        calendar = ql.NullCalendar()
        return ql.YieldTermStructureHandle(
            ql.ZeroCurve(dates, nodes, self.count, calendar, ql.Linear(), ql.Continuous)
        )

    def forwards(self, book: Forwards, rows: Int) -> Loop:
        """Values in quote currency (QuantLib's own are in base currency: turned at today's spot)."""
        engines = [
            ql.DiscountingFxForwardEngine(self.curves[base], self.curves[quote], self.spots[pair])
            for pair, (base, quote) in enumerate(self.pairs)
        ]
        coins = [(self.currencies[base], self.currencies[quote]) for base, quote in self.pairs]
        calendar = ql.TARGET()
        terms = list(
            zip(
                book.pair[rows].tolist(),
                np.abs(book.notional[rows]).tolist(),
                np.abs(book.notional[rows] * book.strike[rows]).tolist(),
                [quantlib_date(day) for day in book.maturity[rows].tolist()],
                (book.notional[rows] < 0).tolist(),
                strict=True,
            )
        )
        spot_today = self.market.spot_today[book.pair[rows]]

        def loop() -> Float:
            values = []
            for pair, base_amount, quote_amount, maturity, sells in terms:
                base, quote = coins[pair]
                deal = ql.FxForward(base_amount, base, quote_amount, quote, maturity, sells, 2, calendar)
                deal.setPricingEngine(engines[pair])
                values.append(deal.NPV())
            return np.array(values) * spot_today

        return loop

    def options(self, book: Options, rows: Int, greeks: bool) -> Loop:
        """Values in quote currency of the bought or sold notional; with Greeks per unit beside them, (n, 7)."""
        calendar = ql.NullCalendar()
        engines = []
        for pair, (base, quote) in enumerate(self.pairs):
            volatility = ql.BlackConstantVol(
                self.today, calendar, float(self.market.volatility[pair]), self.count
            )
            process = ql.GarmanKohlagenProcess(
                self.spots[pair],
                self.curves[base],
                self.curves[quote],
                ql.BlackVolTermStructureHandle(volatility),
            )
            engines.append(ql.AnalyticEuropeanEngine(process))
        sides = {1.0: ql.Option.Call, -1.0: ql.Option.Put}
        terms = list(
            zip(
                book.pair[rows].tolist(),
                [sides[kind] for kind in book.kind[rows].tolist()],
                book.strike[rows].tolist(),
                [quantlib_date(day) for day in book.expiry[rows].tolist()],
                strict=True,
            )
        )
        notional = book.notional[rows]

        def value_loop() -> Float:
            values = []
            for pair, side, strike, expiry in terms:
                deal = ql.VanillaOption(ql.PlainVanillaPayoff(side, strike), ql.EuropeanExercise(expiry))
                deal.setPricingEngine(engines[pair])
                values.append(deal.NPV())
            return np.array(values) * notional

        def greeks_loop() -> Float:
            values = []
            for pair, side, strike, expiry in terms:
                deal = ql.VanillaOption(ql.PlainVanillaPayoff(side, strike), ql.EuropeanExercise(expiry))
                deal.setPricingEngine(engines[pair])
                row = deal.NPV(), deal.delta(), deal.gamma(), deal.vega(), deal.theta()
                values.append((*row, deal.dividendRho(), deal.rho()))
            table = np.array(values)
            table[:, 0] *= notional
            return table

        return greeks_loop if greeks else value_loop

    def swaps(self, book: Swaps, rows: Int) -> Loop:
        """Values in the swap's currency; schedules belong to the object and are built with it."""
        engines = [ql.DiscountingSwapEngine(curve, True) for curve in self.curves[: len(CURRENCIES)]]
        indices = [self._index(place) for place in range(len(CURRENCIES))]
        thirty, actual = ql.Thirty360(ql.Thirty360.BondBasis), ql.Actual360()
        sides = {True: ql.VanillaSwap.Payer, False: ql.VanillaSwap.Receiver}
        terms = list(
            zip(
                book.currency[rows].tolist(),
                [sides[side] for side in book.pay_fixed[rows].tolist()],
                book.notional[rows].tolist(),
                book.fixed_rate[rows].tolist(),
                [quantlib_date(day) for day in book.start[rows].tolist()],
                book.fixed_months[rows].tolist(),
                strict=True,
            )
        )

        def loop() -> Float:
            values = []
            for currency, side, notional, rate, start, months in terms:
                fixed, floating = schedule(start, months), schedule(start, 6)
                deal = ql.VanillaSwap(
                    side, notional, fixed, rate, thirty, floating, indices[currency], 0.0, actual
                )
                deal.setPricingEngine(engines[currency])
                values.append(deal.NPV())
            return np.array(values)

        return loop

    def _index(self, place: int) -> ql.IborIndex:
        calendar = ql.TARGET()
        index = ql.IborIndex(
            f"{CURRENCIES[place]}6M",
            ql.Period(6, ql.Months),
            0,
            self.currencies[place],
            calendar,
            ql.ModifiedFollowing,
            False,
            ql.Actual360(),
            self.curves[place + len(CURRENCIES)],
        )
        dates = [self.today - back for back in range(FIXING_DAYS)]
        known = [
            (date, rate)
            for date, rate in zip(dates, self.market.fixings[place].tolist(), strict=True)
            if calendar.isBusinessDay(date)
        ]
        index.addFixings([date for date, _ in known], [rate for _, rate in known], True)
        return index
