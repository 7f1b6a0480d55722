from datetime import date

import numpy as np
import pytest
import QuantLib as ql

from treasury.demo.market.curves import curve_currencies
from treasury.quant.dates import holidays
from treasury.quant.dates.conventions import WEEKENDS_ONLY, conventions, known_currencies, pair_spot_lag

DAYS = np.arange("1990-01-01", "2061-01-01", dtype="datetime64[D]")
CALENDARS = sorted({conventions(code).calendar for code in known_currencies()})


@pytest.mark.parametrize("name", CALENDARS)
def test_every_day_is_what_quantlib_says(name):
    calendar = holidays.quantlib_calendar(name)
    first = ql.Date(1, 1, 1990).serialNumber()
    expected = [calendar.isBusinessDay(ql.Date(first + day)) for day in range(DAYS.size)]
    assert np.is_busday(DAYS, busdaycal=holidays.business_days(name)).tolist() == expected


def test_two_calendars_together_do_business_when_both_do():
    joint = ql.JointCalendar(ql.TARGET(), ql.Israel(ql.Israel.Settlement))
    first = ql.Date(1, 1, 1990).serialNumber()
    expected = [joint.isBusinessDay(ql.Date(first + day)) for day in range(DAYS.size)]
    ours = holidays.currency_business_days("EUR", "ILS")
    assert np.is_busday(DAYS, busdaycal=ours).tolist() == expected


def test_beyond_the_known_holidays_weekends_still_count():
    target = holidays.business_days("TARGET")
    assert np.is_busday(np.datetime64("2131-12-25"), busdaycal=target)  # a Tuesday, no holiday is known
    assert not np.is_busday(np.datetime64("2131-12-29"), busdaycal=target)  # a Saturday


def test_ordinals_and_numpy_days_are_the_same_days():
    days = [date(1970, 1, 1), date(2026, 11, 18), date(1, 1, 1)]
    ordinals = [day.toordinal() for day in days]
    assert holidays.to_days(ordinals).astype(object).tolist() == days
    assert holidays.to_ordinals(holidays.to_days(ordinals)).tolist() == ordinals


def test_every_demo_currency_has_a_line_and_others_the_default():
    assert set(curve_currencies()) <= set(known_currencies())
    unknown = conventions("XTS")
    assert (unknown.calendar, unknown.spot_lag, unknown.fixed_months) == (WEEKENDS_ONLY, 2, 12)
    assert unknown.fixed_day_count == unknown.deposit_day_count == "ACT/360"
    assert (
        conventions("GBP").deposit_day_count == "ACT/365" and conventions("EUR").fixed_day_count == "30/360"
    )
    assert (
        pair_spot_lag("USD", "CAD") == pair_spot_lag("CAD", "USD") == 1 and pair_spot_lag("EUR", "CAD") == 2
    )
