"""Day counts by the currency's money market."""

import pytest

from treasury.kernel.day_count import year_days


@pytest.mark.parametrize(
    "currency, days", [("EUR", 360), ("USD", 360), ("CHF", 360), ("GBP", 365), ("AUD", 365)]
)
def test_the_year_of_a_money_market(currency, days):
    assert year_days(currency) == days
