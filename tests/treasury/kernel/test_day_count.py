"""Day counts by the currency's money market, and each count against QuantLib's."""

from datetime import date, timedelta

import numpy as np
import pytest
import QuantLib as ql

from treasury.kernel.day_count import (
    ACT_360,
    ACT_365,
    THIRTY_360,
    THIRTY_E_360,
    fixed_leg,
    fraction,
    money_market,
    thirty_days,
    year_days,
)

THEIRS = {
    ACT_360: ql.Actual360(),
    ACT_365: ql.Actual365Fixed(),
    THIRTY_360: ql.Thirty360(ql.Thirty360.BondBasis),
    THIRTY_E_360: ql.Thirty360(ql.Thirty360.EurobondBasis),
}


@pytest.mark.parametrize(
    "currency, days", [("EUR", 360), ("USD", 360), ("CHF", 360), ("GBP", 365), ("AUD", 365)]
)
def test_the_year_of_a_money_market(currency, days):
    assert year_days(currency) == days
    assert money_market(currency) == {360: ACT_360, 365: ACT_365}[days]


@pytest.mark.parametrize(
    "currency, count", [("EUR", THIRTY_360), ("GBP", ACT_365), ("JPY", ACT_365), ("CZK", ACT_360)]
)
def test_the_fixed_leg_as_the_market_of_the_currency_counts_it(currency, count):
    assert fixed_leg(currency) == count


def test_every_pair_of_days_counts_as_by_quantlib():
    rng = np.random.default_rng(5)
    starts = date(2023, 1, 1).toordinal() + rng.integers(0, 1500, 3000)
    ends = starts + rng.integers(0, 800, 3000)
    of_month_ends = [
        (date(2024, 1, 30), date(2024, 3, 31)), (date(2024, 1, 31), date(2024, 3, 31)),
        (date(2024, 1, 29), date(2024, 1, 31)), (date(2024, 2, 29), date(2024, 8, 31)),
        (date(2023, 2, 28), date(2024, 2, 29)), (date(2024, 12, 31), date(2025, 1, 1)),
    ]  # fmt: skip
    pairs = [*zip(starts.tolist(), ends.tolist(), strict=True)]
    pairs += [(first.toordinal(), last.toordinal()) for first, last in of_month_ends]
    for count, theirs in THEIRS.items():
        for start, end in pairs:
            days = [ql.Date(day.day, day.month, day.year) for day in map(date.fromordinal, (start, end))]
            assert fraction(count, start, end) == pytest.approx(theirs.yearFraction(*days), abs=1e-15)


def test_many_days_are_counted_as_each_alone():
    start = date(2026, 1, 15).toordinal()
    ends = np.array([(date(2026, 1, 15) + timedelta(days=days)).toordinal() for days in range(400)])
    for european in (False, True):
        together = thirty_days(start, ends, european).tolist()
        assert together == [int(thirty_days(start, end, european)) for end in ends.tolist()]
    assert [int(thirty_days(start, date(2026, 7, 31).toordinal(), flag)) for flag in (False, True)] == [
        196,
        195,
    ]
