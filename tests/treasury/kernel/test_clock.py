from datetime import date

import pytest

from treasury.kernel import clock


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2025, 1, 15), -1, date(2024, 12, 15)),
        (date(2025, 6, 30), 36, date(2028, 6, 30)),
    ],
)
def test_months_clip_to_the_end_of_the_month(day, months, moved):
    assert clock.add_months(day, months) == moved


def test_months_and_weekdays():
    assert clock.month_start(date(2024, 2, 17)) == date(2024, 2, 1)
    assert clock.month_end(date(2024, 2, 17)) == date(2024, 2, 29)
    assert clock.months_between(date(2024, 11, 30), date(2025, 1, 1)) == 2
    assert clock.is_weekday(date(2025, 6, 13))
    assert not clock.is_weekday(date(2025, 6, 14))
    assert clock.weekday_on_or_before(date(2025, 6, 15)) == date(2025, 6, 13)
    assert clock.weekday_on_or_before(date(2025, 6, 13)) == date(2025, 6, 13)


def test_the_weekly_grid_ends_at_its_date():
    grid = clock.weekly_grid(date(2025, 6, 13), 3)
    assert grid == [date(2025, 5, 30), date(2025, 6, 6), date(2025, 6, 13)]


def test_days_and_years_from_a_date():
    as_of = date(2025, 6, 13)
    assert clock.days_from(as_of, [date(2025, 6, 14), as_of, date(2024, 6, 13)]).tolist() == [1, 0, -365]
    assert clock.years_between(as_of, date(2026, 6, 13)) == 1.0
