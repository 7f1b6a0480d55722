from datetime import date, timedelta

import pytest
import QuantLib as ql
from hypothesis import given
from hypothesis import strategies as st

from treasury.kernel.errors import InputError
from treasury.quant.dates.schedule import payment_days

DAYS = st.dates(date(2000, 1, 1), date(2035, 1, 1))


def dates(start, maturity, months, currencies=()):
    return [start + timedelta(days) for days in payment_days(start, maturity, months, currencies)]


def test_periods_are_rolled_back_from_maturity_with_the_short_one_first():
    assert payment_days(date(2026, 2, 15), date(2027, 1, 15), 6) == [150, 334]
    assert payment_days(date(2026, 1, 31), date(2026, 7, 31), 3) == [89, 181]


def test_the_end_of_the_month_stays_the_end_of_the_month():
    assert dates(date(2025, 12, 31), date(2027, 6, 30), 6) == [
        date(2026, 6, 30),
        date(2026, 12, 31),
        date(2027, 6, 30),
    ]
    assert dates(date(2026, 8, 31), date(2027, 2, 28), 3) == [date(2026, 11, 30), date(2027, 2, 28)]
    assert dates(date(2026, 2, 28), date(2026, 8, 31), 3) == [date(2026, 5, 31), date(2026, 8, 31)]


def test_a_day_that_a_short_month_clips_comes_back_in_the_longer_ones():
    assert dates(date(2026, 8, 30), date(2027, 2, 28), 3) == [date(2026, 11, 30), date(2027, 2, 28)]
    assert dates(date(2025, 12, 30), date(2027, 6, 30), 6)[1] == date(2026, 12, 30)
    assert dates(date(2026, 8, 29), date(2027, 8, 29), 6) == [date(2027, 2, 28), date(2027, 8, 29)]
    assert dates(date(2026, 2, 28), date(2027, 2, 28), 6)[0] == date(2026, 8, 31)
    assert dates(date(2026, 8, 28), date(2027, 2, 28), 3)[0] == date(2026, 11, 28)


def test_on_a_calendar_payments_move_but_the_maturity_stands():
    # 2026-05-17 is a Sunday, 2026-05-31 too: the one moves on, the other must not leave its month.
    assert dates(date(2026, 2, 17), date(2026, 8, 17), 3, ["EUR"])[0] == date(2026, 5, 18)
    assert dates(date(2026, 2, 28), date(2026, 8, 31), 3, ["EUR"])[0] == date(2026, 5, 29)
    assert dates(date(2026, 5, 16), date(2026, 11, 15), 3, ["EUR"])[-1] == date(2026, 11, 15)
    # 4 July 2025 is a holiday in New York only.
    assert dates(date(2025, 4, 4), date(2025, 10, 3), 3, ["EUR"])[0] == date(2025, 7, 3)
    assert dates(date(2025, 4, 4), date(2025, 10, 4), 3, ["EUR"])[0] == date(2025, 7, 4)
    assert dates(date(2025, 4, 4), date(2025, 10, 4), 3, ["EUR", "USD"])[0] == date(2025, 7, 7)


def test_a_payment_that_would_fall_on_the_start_is_none():
    # Saturday 30 May moves back to Friday the 29th, the start.
    assert dates(date(2026, 5, 29), date(2026, 8, 30), 3, ["EUR"]) == [date(2026, 8, 30)]
    assert dates(date(2026, 5, 29), date(2026, 8, 30), 3)[0] == date(2026, 5, 30)


@given(DAYS, DAYS, st.sampled_from([1, 3, 6, 12]))
def test_payments_rise_and_end_at_maturity(start, maturity, months):
    for currencies in ((), ("EUR", "USD")):
        days = payment_days(start, maturity, months, currencies)
        if maturity <= start:
            assert days == []
        else:
            assert days == sorted(set(days)) and days[0] > 0 and days[-1] == (maturity - start).days


@given(DAYS, st.integers(1, 120), st.sampled_from([1, 3, 6, 12]))
def test_regular_schedules_are_quantlibs(start, months_in_all, months):
    begin = ql.Date(start.day, start.month, start.year)
    end = begin + ql.Period(months_in_all, ql.Months)
    at_end = ql.Date.isEndOfMonth(begin) and ql.Date.isEndOfMonth(end)
    theirs = ql.Schedule(
        begin, end, ql.Period(months, ql.Months), ql.TARGET(), ql.ModifiedFollowing, ql.Unadjusted,
        ql.DateGeneration.Backward, at_end,
    )  # fmt: skip
    maturity = end.to_date()
    if maturity.day != start.day and not at_end:
        return  # a clipped maturity: QuantLib rolls on its day, the book on the start's
    wanted = [day.to_date() for day in list(theirs)[1:] if start < day.to_date() < maturity]
    assert dates(start, maturity, months, ["EUR"]) == sorted({*wanted, maturity})


def test_periods_of_no_length_are_refused():
    with pytest.raises(InputError, match="payment_months"):
        payment_days(date(2026, 1, 1), date(2027, 1, 1), 0)
