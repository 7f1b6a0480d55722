"""Money-market day counts: actual days over 360, or over 365 where the currency's market counts so (rules section 3).

Worked example: 91 days are 91/360 of a year in EUR and 91/365 in GBP.
"""

from __future__ import annotations

_ACTUAL_365 = """
AUD CAD GBP HKD ILS INR KRW KWD MYR NZD PLN SGD THB TND TRY TWD ZAR
"""

#: Currencies whose money market counts ACT/365; every other one counts ACT/360.
ACTUAL_365 = frozenset(_ACTUAL_365.split())


def year_days(currency: str) -> int:
    """Days of the year in the money market of a currency: 360 or 365."""
    return 365 if currency in ACTUAL_365 else 360
