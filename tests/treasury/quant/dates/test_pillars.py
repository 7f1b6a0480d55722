from datetime import date

import numpy as np
import pytest
import QuantLib as ql

from treasury.quant.dates import pillars
from treasury.quant.dates.conventions import conventions, known_currencies, pair_spot_lag
from treasury.quant.dates.holidays import currency_business_days, quantlib_calendar

TENORS = [
    "ON",
    "TN",
    "SPOT",
    "SN",
    "3D",
    "1W",
    "2W",
    "1M",
    "2M",
    "3M",
    "6M",
    "9M",
    "18M",
    "1Y",
    "2Y",
    "10Y",
    "30Y",
]
UNITS = {"D": ql.Days, "W": ql.Weeks, "M": ql.Months, "Y": ql.Years}
SERIAL = 693_594


def some_days(seed):
    """Four hundred days of thirty years, month ends and weekends among them."""
    rng = np.random.default_rng(seed)
    ends = (
        np.arange("2003-01", "2030-01", dtype="datetime64[M]").astype("datetime64[D]").astype(np.int64)
        + 719_163
    )
    return np.unique(
        np.concatenate(
            [rng.integers(730_500, 741_000, 250), rng.choice(ends, 80) - 1, rng.choice(ends, 80) - 3]
        )
    )


def expected(day, tenor, calendar, lag):
    today = calendar.adjust(ql.Date(int(day) - SERIAL))
    if tenor in ("ON", "TN"):
        return calendar.advance(today, {"ON": 1, "TN": 2}[tenor], ql.Days)
    spot = calendar.advance(today, lag, ql.Days)
    if tenor == "SPOT":
        return spot
    if tenor == "SN":
        return calendar.advance(spot, 1, ql.Days)
    return calendar.advance(spot, int(tenor[:-1]), UNITS[tenor[-1]], ql.ModifiedFollowing, True)


@pytest.mark.parametrize("currency", known_currencies())
def test_spot_and_pillar_dates_of_deposits_are_quantlibs(currency):
    terms, days = conventions(currency), some_days(known_currencies().index(currency))
    calendar = quantlib_calendar(terms.calendar)
    ours = pillars.pillar_dates(days, TENORS, currency_business_days(currency), terms.spot_lag)
    for row, day in enumerate(days):
        wanted = [expected(day, tenor, calendar, terms.spot_lag).serialNumber() + SERIAL for tenor in TENORS]
        assert ours[row].tolist() == wanted, date.fromordinal(int(day))
    assert pillars.currency_spot_dates(days, currency).tolist() == ours[:, TENORS.index("SPOT")].tolist()


@pytest.mark.parametrize(
    ("base", "quote"), [("EUR", "USD"), ("USD", "JPY"), ("USD", "CAD"), ("USD", "ILS"), ("GBP", "CNY")]
)
def test_spot_and_pillar_dates_of_pairs_are_quantlibs_on_both_calendars(base, quote):
    days = some_days(99)
    joint = ql.JointCalendar(*(quantlib_calendar(conventions(code).calendar) for code in (base, quote)))
    lag = pair_spot_lag(base, quote)
    ours = pillars.pair_pillar_dates(days, TENORS, base, quote)
    for row, day in enumerate(days):
        wanted = [expected(day, tenor, joint, lag).serialNumber() + SERIAL for tenor in TENORS]
        assert ours[row].tolist() == wanted, date.fromordinal(int(day))
    assert pillars.pair_spot_dates(days, base, quote).tolist() == ours[:, TENORS.index("SPOT")].tolist()
    assert (
        pillars.pair_spot_dates(days, quote, base).tolist()
        == pillars.pair_spot_dates(days, base, quote).tolist()
    )


def test_the_worked_example():
    found = pillars.pair_pillar_dates([date(2026, 11, 18).toordinal()], ["SPOT", "1W", "1M"], "EUR", "EUR")[0]
    assert [date.fromordinal(day) for day in found.tolist()] == [
        date(2026, 11, 20), date(2026, 11, 27), date(2026, 12, 21),
    ]  # fmt: skip


def test_dates_of_quantities_know_no_calendar():
    days = [date(2026, 1, 31).toordinal(), date(2024, 2, 29).toordinal()]
    found = pillars.plain_dates(days, ["1M", "1Y", "1W"])
    assert [[date.fromordinal(day) for day in row] for row in found.tolist()] == [
        [date(2026, 2, 28), date(2027, 1, 31), date(2026, 2, 7)],
        [date(2024, 3, 31), date(2025, 2, 28), date(2024, 3, 7)],
    ]
    assert pillars.plain_dates(days, []).shape == (2, 0)
