"""The journal begins with at most five figures, however many currencies its entities count in."""

from decimal import Decimal

import pytest

from reports.web.views.journal import _totals


@pytest.mark.parametrize(("currencies", "shown", "last"), [(1, 1, "1.00"), (5, 5, "1.00"), (7, 5, 3)])
def test_at_most_five_currencies_stand_above_the_journal(currencies: int, shown: int, last: object) -> None:
    codes = ("CHF", "EUR", "GBP", "HUF", "PLN", "SEK", "USD")[:currencies]
    figures = _totals([{"currency": code, "debit_amount": Decimal(1)} for code in codes])
    assert len(figures) == shown
    assert figures[-1]["value"] == last
