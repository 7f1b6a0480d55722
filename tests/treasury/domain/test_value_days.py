from datetime import date

import pytest
import QuantLib as ql
from hypothesis import given
from hypothesis import strategies as st

from treasury.domain.value_days import imm_day, spot_day, value_day
from treasury.kernel.errors import InputError

WEDNESDAY = date(2026, 11, 18)


def day(text, on=WEDNESDAY, currencies=("EUR", "USD")):
    return value_day(text, business_date=on, currencies=currencies)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("spot", "2026-11-20"), ("spot+2", "2026-11-24"), ("SPOT + 1", "2026-11-23"), ("today", "2026-11-18"),
        ("t+1", "2026-11-19"), ("1W", "2026-11-27"), ("1m", "2026-12-21"), ("3M", "2027-02-22"),
        ("2027-01-15", "2027-01-15"), ("IMM1", "2026-12-16"), ("imm2", "2027-03-17"), ("ON", "2026-11-19"),
    ],
)  # fmt: skip
def test_a_value_date_is_the_one_of_the_market(text, meant):
    assert day(text).day.isoformat() == meant


def test_what_the_calendar_moved_says_why():
    assert day("1M").words == "Monday 2026-12-21, as Sunday 2026-12-20 is a weekend"
    # 2026-11-26 is Thanksgiving: dollars are not paid, euros are
    assert day("spot", date(2026, 11, 24)).day == date(2026, 11, 27)
    assert day("2026-11-26").words == "Thursday 2026-11-26, a day off in USD"
    assert day("2026-11-26", currencies=["EUR"]).words == "Thursday 2026-11-26"
    assert day("2026-11-28").closed == ("EUR", "USD")


def test_a_month_end_stays_in_its_month():
    # spot is Thursday 2027-01-28; a month later is Sunday 28 February, and Monday would be March
    found = day("1M", date(2027, 1, 26))
    assert (spot_day(business_date=date(2027, 1, 26), currencies=("EUR", "USD")), found.day) == (
        date(2027, 1, 28),
        date(2027, 2, 26),
    )


def test_some_pairs_settle_a_day_earlier_and_one_currency_as_it_does():
    assert day("spot", currencies=("USD", "CAD")).day == date(2026, 11, 19)
    assert day("spot", currencies=("GBP",)).day == WEDNESDAY
    assert day("spot", currencies=()).day == date(2026, 11, 20)


@pytest.mark.parametrize(
    "text",
    ["", "3", "20270115", "2027-02-30", "spot-1", "IMM0", "IMM", "9999Y", "2200-01-01", "tomorrow", "3M+1"],
)
def test_anything_else_is_refused_with_what_was_expected(text):
    with pytest.raises(InputError, match=r"tenor|within"):
        day(text)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(1, 36))
def test_tenors_and_imm_days_are_quantlib_s(on, months):
    calendar = ql.JointCalendar(ql.TARGET(), ql.UnitedStates(ql.UnitedStates.FederalReserve))
    today = ql.Date(on.day, on.month, on.year)
    spot = calendar.advance(calendar.adjust(today, ql.Following), 2, ql.Days)
    end = calendar.advance(spot, months, ql.Months, ql.ModifiedFollowing, True)
    assert day(f"{months}M", on).day == end.to_date()
    assert imm_day(on, 1) == ql.IMM.nextDate(today, True).to_date()
