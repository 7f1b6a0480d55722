"""Each kind of ticket goes in as a document, is shown as it would be recorded, and comes out with the same terms."""

from typing import Any

import pytest

from hedges.api.ticket_answers import TicketTerms
from hedges.api.ticket_fields import TICKET
from hedges.domain.ticket.kinds import FIELDS
from hedges.models import Instrument
from tests.factories import book
from tests.hedges.api.desk.trading import forward, left
from tests.hedges.api.workflow.office import Office

pytestmark = pytest.mark.django_db


def tickets(office: Office) -> dict[str, dict[str, Any]]:
    oil = book.risk("WTI", kind="COMMODITY", base_unit_id="BBL", quote_currency_id="USD", market_symbol="WTI")
    book.risk(
        "EURIBOR6M", kind="RATE_INDEX", base_unit_id="EUR", quote_currency_id="EUR", market_symbol="EURIBOR6M"
    )
    item = book.exposure(of=office.entity)
    whole = forward(office)
    common = {name: whole[name] for name in ("entity", "counterparty")}
    dealt = common | {"side": "SELL", "currency": "USD", "amount": "600000.00", "against": "USDEUR"}
    return {
        "FORWARD": whole | {"value_date": "6M", "counter_amount": "540000.00"},
        "NON_DELIVERABLE_FORWARD": dealt
        | {"value_date": "2027-04-30", "rate": "0.9", "settlement_currency": "USD"},
        "FUTURE": common | {
            "side": "BUY", "contract_count": 5, "contract": book.futures_contract(oil).code, "rate": "68.5",
        },
        "OPTION": dealt | {
            "side": "BUY", "option_kind": "PUT", "expiry_date": "2027-04-28", "rate": "0.92",
            "premium_amount": "9000.00", "premium_currency": "EUR",
        },
        "COLLAR": dealt | {
            "expiry_date": "2027-04-28", "rate": "0.88", "sold_rate": "0.95", "premium_amount": "9000.00",
            "sold_premium_amount": "9000.00",
        },
        "FX_SWAP": dealt | {"near_date": "spot", "value_date": "6M", "near_rate": "0.9", "rate": "0.91"},
        "INTEREST_RATE_SWAP": common | {
            "side": "BUY", "amount": "2000000.00", "index": "EURIBOR6M", "value_date": "5Y", "fixed_rate": "0.0275",
            "spread_rate": "-0.001", "payment_months": 6,
        },
        "CROSS_CURRENCY_SWAP": dealt | {
            "value_date": "3Y", "rate": "0.9", "fixed_rate": "0.04", "counter_fixed_rate": "0.02",
            "payment_months": 12, "resets_notional": True,
        },
        "NATURAL_OFFSET": {"entity": whole["entity"], "exposure": item.exposure.external_reference},
    }  # fmt: skip


def test_each_kind_is_recorded_as_it_was_shown(office: Office) -> None:
    sent = tickets(office)
    assert set(sent) == set(FIELDS) == set(TICKET.kinds)
    for kind, body in sent.items():
        ticket = body | {"kind": kind, "is_another": True}
        before = left()
        shown = office.done("treasurer", "instruments/record/preview/", ticket, status=200)
        assert left() == before, kind
        made = office.done("treasurer", "instruments/record/", ticket)
        assert len(made["versions"]) == len(shown["legs"]) == (2 if kind == "COLLAR" else 1)
        for version, leg in zip(made["versions"], shown["legs"], strict=True):
            for name in TicketTerms().fields:
                assert (version[name] or None) == (leg[name] or None), (kind, name)
    assert Instrument.objects.filter(source_system="TICKET").count() == len(sent) + 1
    (swap,) = office.by("auditor").rows("instrument-versions/", kind="INTEREST_RATE_SWAP")
    assert (swap["fixed_rate"], swap["spread_rate"], swap["pay_fixed"]) == ("0.0275", "-0.001", True)


def test_the_legs_of_a_swap_are_sent_shown_and_read_again(office: Office) -> None:
    legs = {
        "payment_months": 12, "day_count": "30E/360", "floating_payment_months": 6, "floating_day_count": "ACT/360",
    }  # fmt: skip
    body = tickets(office)["INTEREST_RATE_SWAP"] | legs | {"kind": "INTEREST_RATE_SWAP"}
    shown = office.done("treasurer", "instruments/record/preview/", body, status=200)["legs"][0]
    made = office.done("treasurer", "instruments/record/", body)["versions"][0]
    (read,) = office.by("auditor").rows("instrument-versions/", kind="INTEREST_RATE_SWAP")
    for found in (shown, made, read):
        assert {name: found[name] for name in legs} == legs
    refused = office.refused("treasurer", "instruments/record/", body | {"day_count": "ACT/ACT"}, status=400)
    assert [one["field"] for one in refused["errors"]] == ["day_count"]


def test_everything_that_is_not_understood_is_said_at_once_by_its_field(office: Office) -> None:
    before = left()
    body = forward(office, value_date="soon", counterparty="NOBODY", amount="-1.00", rate="0")
    for where in ("instruments/record/", "instruments/record/preview/"):
        refused = office.refused("treasurer", where, body, status=400)
        fields = [one["field"] for one in refused["errors"]]
        assert fields == ["amount", "value_date", "counterparty", "rate"]
        assert "a tenor such as 3M" in refused["errors"][1]["expected"]
    assert left() == before


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "SWAPTION"}, "kind"), ({"kind": None}, "kind"), ({"rate": 0.9}, "rate"),
        ({"rate": "0.90000000001"}, "rate"), ({"amount": "5m"}, "amount"), ({"expiry_date": "3M"}, "expiry_date"),
        ({"key": "mine"}, "key"), ({"source_system": "DEALS"}, "external_reference"),
        ({"proposal_line": 999_999}, "proposal_line"), ({"trade_date": "2026-10-32"}, "trade_date"),
    ],
)  # fmt: skip
def test_what_is_no_ticket_is_refused_by_its_field(
    office: Office, changed: dict[str, Any], field: str
) -> None:
    before = left()
    refused = office.refused("treasurer", "instruments/record/", forward(office, **changed), status=400)
    assert [one["field"] for one in refused["errors"]] == [field]
    assert left() == before


def test_the_contract_says_the_fields_of_each_kind() -> None:
    shapes = {one["properties"]["kind"]["enum"][0]: one for one in TICKET.schema["oneOf"]}
    assert set(shapes) == set(FIELDS)
    for kind, shape in shapes.items():
        assert {"entity", "kind", *FIELDS[kind]} <= set(shape["properties"])
        assert not shape["additionalProperties"]
