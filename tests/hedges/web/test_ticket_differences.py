"""What is dealt beside the market, and the difference in money: by kind, side and the way round of the dealt pair."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from hedges.domain.ticket.worth import Worth
from hedges.models import InstrumentVersion
from hedges.web.ticket_preview import market_terms

EUR = Worth(
    present_value=D("590.00"), currency="EUR", spot_rate=0.9, forward_rate=0.899, near_forward_rate=0.8985
)
SOLD = {
    "kind": "FORWARD", "notional_amount": D(-600_000), "notional_currency_id": "USD", "strike_rate": D("0.9"),
    "counter_currency_id": "EUR", "settlement_date": date(2027, 4, 30),
}  # fmt: skip


def difference(kind: str, found: Worth | None, **fields: object) -> list[str]:
    terms = market_terms(kind, InstrumentVersion(**(SOLD | {"kind": kind} | fields)), found, "")
    return [str(value).replace("\u2212", "-") for name, value in terms if name == "Difference"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "10.0 points, 600.00 EUR in our favour"),
        ({"notional_amount": D(600_000)}, "10.0 points, 600.00 EUR against us"),
        ({"strike_rate": D("0.898")}, "-10.0 points, 600.00 EUR against us"),
        (
            {"dealt_pair": "EURUSD", "dealt_rate": D("1.1111111111")},
            "-12.4 points, 600.00 EUR in our favour",
        ),
    ],
    ids=["sold above", "bought above", "sold below", "dealt the other way round"],
)
def test_a_forward(fields: dict[str, object], said: str) -> None:
    assert difference("FORWARD", EUR, **fields) == [said]


def test_both_legs_of_an_fx_swap_whose_near_one_goes_the_other_way() -> None:
    near, far = difference("FX_SWAP", EUR, near_rate=D("0.899"), near_settlement_date=date(2026, 11, 30))
    assert near == "5.0 points, 300.00 EUR against us"
    assert far == "10.0 points, 600.00 EUR in our favour"


def test_a_future_gains_on_every_unit_of_its_contracts() -> None:
    usd = Worth(present_value=D(0), currency="USD", forward_rate=71.5)
    fields = {"strike_rate": None, "notional_amount": D(-5000), "notional_currency_id": "BBL"}
    assert difference("FUTURE", usd, entry_price=D("72.25"), **fields) == [
        "0.7500, 3,750.00 USD in our favour"
    ]
    assert difference("FUTURE", usd, entry_price=D("71.00"), **fields) == ["-0.5000, 2,500.00 USD against us"]


def test_a_swap_is_its_present_value() -> None:
    swap = replace(EUR, present_value=D("-1234.50"), par_rate=0.0312, forward_rate=None)
    fields = {
        "strike_rate": None,
        "start_date": date(2026, 12, 1),
        "fixed_rate": D("0.0325"),
        "counter_currency_id": None,
    }
    assert difference("INTEREST_RATE_SWAP", swap, **fields) == ["13.0 basis points, 1,234.50 EUR against us"]


@pytest.mark.parametrize("kind", ["FORWARD", "FUTURE"])
def test_without_a_market_it_says_why(kind: str) -> None:
    fields = {"entry_price": D(70)} if kind == "FUTURE" else {}
    assert "the market has no rate for it" in difference(kind, None, **fields)[0]
