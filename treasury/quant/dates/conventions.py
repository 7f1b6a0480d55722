"""How each currency's money, swap and currency markets count: calendar, spot lag, legs of its par swap.

`fixed_months` and `fixed_day_count` are those of the fixed leg, `floating_months` the reset period where an index
does not name one. Deposits count as `treasury.kernel.day_count` says. Every date moves by the modified following
rule. Where overnight-index swaps have replaced the interbank ones (USD, GBP, CHF, JPY ...), the annual leg is theirs;
28-day periods (MXN) are months here, and business days over 252 (BRL) are actual days over 360.
A currency without a line has two days to spot, a Monday-to-Friday week and an annual money-market leg against 6 months.
"""

from __future__ import annotations

from dataclasses import dataclass

from treasury.kernel.day_count import year_days

#: Part of the digest of each curve: raise it when a change here or in the bootstrap can change a curve.
CONVENTIONS_VERSION = 1
WEEKENDS_ONLY = "WeekendsOnly"


@dataclass(frozen=True, slots=True)
class Conventions:
    """Spot lag in business days, periods in months; day counts are 30/360, ACT/360 or ACT/365."""

    currency: str
    calendar: str
    spot_lag: int
    fixed_months: int
    fixed_day_count: str
    floating_months: int

    @property
    def deposit_day_count(self) -> str:
        """ACT/360 or ACT/365."""
        return f"ACT/{year_days(self.currency)}"


# Currency, calendar, spot lag, fixed leg's months, its day count, floating leg's months.
_LINES = """
EUR TARGET                       2 12 30/360  6
USD UnitedStates.FederalReserve  2 12 ACT/360 3
GBP UnitedKingdom.Settlement     0 12 ACT/365 3
CHF Switzerland                  2 12 ACT/360 3
JPY Japan                        2 12 ACT/365 6
CNY China.IB                     1  3 ACT/365 3
INR India.NSE                    1  6 ACT/365 6
BRL Brazil.Settlement            2 12 ACT/360 3
PLN Poland.Settlement            2 12 ACT/365 6
CZK CzechRepublic.PSE            2 12 ACT/360 6
SEK Sweden                       2 12 30/360  3
NOK Norway                       2 12 30/360  6
DKK Denmark                      2 12 30/360  6
HUF Hungary                      2 12 ACT/365 6
MXN Mexico.BMV                   1  1 ACT/360 1
CAD Canada.Settlement            1  6 ACT/365 3
AUD Australia.Settlement         1  6 ACT/365 6
NZD NewZealand.Wellington        2  6 ACT/365 3
SGD Singapore.SGX                2  6 ACT/365 6
HKD HongKong.HKEx                0  3 ACT/365 3
ZAR SouthAfrica                  0  3 ACT/365 3
TRY Turkey                       1 12 ACT/365 3
KRW SouthKorea.Settlement        1  3 ACT/365 3
THB Thailand                     2  6 ACT/365 6
ILS Israel.Settlement            2 12 ACT/365 3
RON Romania.Public               2 12 ACT/360 3
BGN TARGET                       2 12 30/360  6
ISK Iceland.ICEX                 2 12 ACT/360 3
TWD Taiwan.TSEC                  2  3 ACT/365 3
IDR Indonesia.JSX                2  3 ACT/360 3
PHP Philippines.PSE              1  3 ACT/360 3
SAR SaudiArabia.Tadawul          2 12 ACT/360 3
CLP Chile.SSE                    2  6 ACT/360 6
"""

_TABLE = {
    words[0]: Conventions(words[0], words[1], int(words[2]), int(words[3]), words[4], int(words[5]))
    for words in (line.split() for line in _LINES.strip().splitlines())
}

#: Pairs that settle one business day after the trade; every other one settles two days after it.
_NEXT_DAY_PAIRS = {frozenset(pair) for pair in (("USD", "CAD"), ("USD", "TRY"), ("USD", "PHP"))}


def conventions(currency: str) -> Conventions:
    """The conventions of a currency; the documented default where it has no line of its own."""
    if currency in _TABLE:
        return _TABLE[currency]
    return Conventions(currency, WEEKENDS_ONLY, 2, 12, f"ACT/{year_days(currency)}", 6)


def known_currencies() -> tuple[str, ...]:
    """Currencies with a line of their own."""
    return tuple(_TABLE)


def pair_spot_lag(base: str, quote: str) -> int:
    """Business days from the trade of a currency pair to its spot date."""
    return 1 if frozenset((base, quote)) in _NEXT_DAY_PAIRS else 2
