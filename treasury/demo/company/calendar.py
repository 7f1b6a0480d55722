"""The days on which the demo company does things. All hang on the market's last date, not on today."""

from datetime import date, timedelta
from functools import cache

from treasury.demo.market.reference_rates import business_date, next_rate_date, reference_rates
from treasury.kernel.clock import add_months, is_weekday, weekday_on_or_before

# The book went live two years before the last date; everything older came over in the first load.
MONTHS_LIVE = 24


@cache
def go_live_date() -> date:
    return next_rate_date(add_months(business_date(), -MONTHS_LIVE).replace(day=28))


@cache
def plan_dates() -> list[date]:
    """The quarterly rounds in which sales and purchasing give new forecasts, the first load being one of
    them.
    """
    last = business_date() - timedelta(days=4)
    dates = [go_live_date()]
    for quarter in range(MONTHS_LIVE // 3 - 1, -1, -1):
        dates.append(next_rate_date(add_months(last, -3 * quarter)))
    return dates


@cache
def dealing_days() -> list[date]:
    """Twice a month treasury deals: the first days with rates from the 5th and from the 19th."""
    days, month = [], go_live_date().replace(day=1)
    last = reference_rates()[0][-1]
    while month <= last:
        for day_of_month in (5, 19):
            candidate = month.replace(day=day_of_month)
            if go_live_date() <= candidate <= last:
                days.append(next_rate_date(candidate))
        month = add_months(month, 1)
    return days


def dealing_day_before(day: date) -> date:
    """The last dealing day that is not after `day`, the first of all where there is none."""
    earlier = [candidate for candidate in dealing_days() if candidate <= day]
    return earlier[-1] if earlier else dealing_days()[0]


def flow_date(month_offset: int, day_of_month: int) -> date:
    """The weekday on or before a day of the month that lies `month_offset` months from the business date's."""
    return weekday_on_or_before(
        add_months(business_date().replace(day=1), month_offset).replace(day=day_of_month)
    )


def next_month_begins() -> date:
    """The first weekday of the month after the business date's."""
    return next_weekday(add_months(business_date().replace(day=1), 1) - timedelta(days=1))


# The accounts of a month are closed on the fifth working day of the next one.
MONTHS_CLOSED, CLOSING_DAY = 12, 5


@cache
def closings() -> list[tuple[date, date]]:
    """The last twelve months before the business date's: first day of the month, and the day on which it is closed."""
    this = business_date().replace(day=1)
    found = []
    for back in range(MONTHS_CLOSED, 0, -1):
        month, day = add_months(this, -back), add_months(this, 1 - back) - timedelta(days=1)
        for _ in range(CLOSING_DAY):
            day = next_weekday(day)
        found.append((month, day))
    return found


def next_weekday(day: date) -> date:
    day += timedelta(days=1)
    return day if is_weekday(day) else next_weekday(day)


def week_end(day: date) -> date:
    """The Friday of the day's week, when statements are booked."""
    return day + timedelta(days=(4 - day.weekday()) % 7)
