"""Quotes of a currency pair that make its spot, forward and discount factor what a worked case says they are."""

from datetime import date, timedelta
from decimal import Decimal
from math import log
from typing import Any

from tests.factories import book, clock
from tests.workflow import company
from treasury.quant.dates.pillars import pair_spot_dates

TEN_DECIMALS = Decimal("1e-10")


def zero_rate(currency: str, day: date, rate: float) -> Any:
    return company.quote("ZERO_RATE", currency, day, Decimal(rate).quantize(TEN_DECIMALS), "1Y")


def quotes(day: date, pair: str, target: date, spot: Any, forward: Any, factor: float = 1.0) -> None:
    """Flat curves: the quote currency's gives `factor` to the target, the base's the forward; banks owe no spread."""
    base, counter = pair[:3], pair[3:]
    lag = int(pair_spot_dates([day.toordinal()], base, counter)[0]) - day.toordinal()
    term = (target - day).days
    quote_rate = -log(factor) * 365 / term if term else 0.0
    ahead = term - lag
    base_rate = quote_rate - log(float(forward) / float(spot)) * 365 / ahead if ahead > 0 else quote_rate
    company.recorded(
        day, company.quote("FX_SPOT", pair, day, spot), zero_rate(base, day, base_rate),
        zero_rate(counter, day, quote_rate),
    )  # fmt: skip


class Pair:
    """A company and its bank, without credit risk, on the first day of a hedge of a currency pair."""

    def __init__(self, pair: str, begun: date, due: date, framework: str = "IFRS9") -> None:
        self.begun, self.due, self.pair = begun, due, pair
        with clock.at(begun - timedelta(days=1)):
            self.risk, self.bank = book.risk(pair), book.counterparty()
        self.of = company.founded(
            framework, on=begun - timedelta(days=1), functional_currency_id=pair[3:], time_zone="UTC"
        )

    def quotes(self, day: date, spot: Any, forward: Any, factor: float = 1.0) -> None:
        quotes(day, self.pair, self.due, spot, forward, factor)
        company.recorded_spreads(day, self.bank.code, self.of.code)

    def volatility(self, day: date, value: Any) -> None:
        company.recorded(
            day,
            *(company.quote("IMPLIED_VOLATILITY", self.pair, day, value, tenor) for tenor in ("1Y", "2Y")),
        )

    def item(self, amount: Any, **fields: Any) -> Any:
        terms = {"risk": self.risk, "valid_from": self.begun, "expected_date": self.due}
        with clock.at(self.begun):
            return book.exposure(amount, of=self.of, **(terms | fields))

    def _terms(self, **fields: Any) -> dict[str, Any]:
        return {
            "of": self.of, "risk": self.risk, "valid_from": self.begun, "trade_date": self.begun,
            "settlement_date": self.due, "counterparty": self.bank,
        } | fields  # fmt: skip

    def forward(self, notional: Any, strike: str, **fields: Any) -> Any:
        with clock.at(self.begun):
            return book.forward(notional, strike=strike, **self._terms(**fields))

    def put(self, notional: Any, strike: str, **fields: Any) -> Any:
        """The right to sell so much base at the strike."""
        with clock.at(self.begun):
            return book.instrument(
                "OPTION", -Decimal(notional), strike_rate=Decimal(strike), option_kind="PUT", option_side="BOUGHT",
                counter_amount=Decimal(notional) * Decimal(strike), counter_currency_id=self.pair[3:],
                premium_currency_id=self.pair[3:], expiry_date=self.due, **self._terms(**fields),
            )  # fmt: skip

    def designated(self, item: tuple, instrument: tuple, **fields: Any) -> Any:
        terms = {
            "items": [item], "instruments": [instrument], "designation_date": self.begun, "valid_from": self.begun,
            "hedge_end_date": self.due, "assessment_method": "DOLLAR_OFFSET", "support": company.support,
        }  # fmt: skip
        return book.relationship(of=self.of, **(terms | fields))
