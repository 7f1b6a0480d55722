"""The forecast sale of the worked case, recorded, designated and measured from its quotes (undiscounted)."""

from datetime import date, timedelta
from decimal import Decimal
from math import log

import pytest

from tests.factories import book, market
from tests.treasury.nightly import measured
from tests.treasury.nightly.by_hand import spot_date, years

pytestmark = pytest.mark.django_db
SALE = date(2019, 2, 1)
#: Day, spot, forward to the sale, and what is published for it: fair value of the forward.
PUBLISHED = (
    (date(2018, 10, 15), 1.26, 1.23, 0),
    (date(2018, 12, 31), 1.21, 1.20, 23_100),
    (SALE, 1.19, 1.19, 30_800),
)
TOLERANCE = 0.5


@pytest.fixture
def sale(db):
    """A dollar company sells EUR 770,000 forward at 1.23 against a sale on the same day."""
    book.rule_pack()
    entity = book.entity(functional_currency_id="USD")
    bank = book.counterparty()
    risk = book.risk("EURUSD")
    days = []
    for day, spot, forward, _ in PUBLISHED:
        term = years(SALE, spot_date(day))
        rate = log(spot / forward) / term if term > 0 else 0.0
        market.record(
            ("FX_SPOT", "EURUSD", "SPOT", day, Decimal(str(spot)), "TEST", True),
            ("ZERO_RATE", "EUR", "1Y", day, Decimal(f"{rate:.10f}"), "TEST", True),
            ("ZERO_RATE", "USD", "1Y", day, Decimal(0), "TEST", True),
            *(
                ("CREDIT_SPREAD", code, "SPOT", day, Decimal(0), "TEST", True)
                for code in (bank.code, entity.code)
            ),
        )
        days.append(day)
    terms = {"of": entity, "risk": risk, "valid_from": days[0]}
    item = book.exposure(770_000, expected_date=SALE, **terms)
    hedge = book.forward(
        -770_000, strike="1.23", counterparty=bank, trade_date=days[0], settlement_date=SALE, **terms
    )
    book.relationship(
        of=entity, items=[(item, 770_000)], instruments=[(hedge, -770_000)], designation_date=days[0],
        valid_from=days[0], hedge_end_date=SALE,
    )  # fmt: skip
    return days


def test_the_reserve_follows_the_published_table_and_leaves_with_the_sale(sale) -> None:
    for day, _, _, value in PUBLISHED[1:]:
        [row] = measured.on(day)
        assert (row["status"], row["reasons"], row["life_stage"]) == ("OK", [], "ACTIVE")
        assert float(row["cumulative_change_instrument"]) == pytest.approx(value, abs=TOLERANCE)
        assert float(row["cumulative_recognised"]) == pytest.approx(value, abs=TOLERANCE)
        assert abs(row["cumulative_ineffectiveness"]) <= Decimal("0.01")
    assert float(row["cumulative_reclassified"]) == pytest.approx(30_800, abs=TOLERANCE)
    assert row["reserve_balance"] == 0
    assert row["settled_amount"] == row["cumulative_change_instrument"] + row["opening_fair_value"]
    assert row["carrying_amount"] == row["no_longer_designated_amount"] == 0


def test_a_night_later_it_has_matured_and_nothing_moves_any_more(sale) -> None:
    [row], [last] = measured.on(SALE + timedelta(days=5)), measured.on(SALE)
    assert (row["life_stage"], row["ended_on"]) == ("MATURED", "2019-02-01")
    for name, value in last.items():
        if name.startswith("cumulative") or name.endswith("amount"):
            assert row[name] == value, name


def test_ends_of_months_without_quotes_leave_no_gap_under_ifrs(sale) -> None:
    [row] = measured.on(sale[1])
    assert row["status"] == "OK"
    assert row["knot_dates"] == ["2018-10-15", "2018-12-31"], "nothing hangs on the end of November"
    assert row["knot_recognised"] == [0, row["cumulative_recognised"]]


def test_without_todays_quote_there_is_no_number(sale) -> None:
    [row] = measured.on(date(2019, 1, 20))
    assert (row["status"], row["reasons"]) == ("UNDEFINED", ["stale_data"])
    assert row["cumulative_recognised"] is None and row["carrying_amount"] is None
