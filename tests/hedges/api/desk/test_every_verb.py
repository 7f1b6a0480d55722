"""Each verb is shown first and then recorded with the same money; one test a book, since the people are the same."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.factories import book, market
from tests.hedges.api.desk.trading import NOW, decided, forward, left, recorded
from tests.hedges.api.workflow.office import Office
from tests.hedges.domain.trade_life import lives

pytestmark = pytest.mark.django_db


def both(office: Office, where: str, body: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the preview says of the event, which leaves nothing, and the event as it was recorded and approved."""
    before = left()
    shown = office.done("treasurer", f"{where}preview/", body, status=200)
    assert left() == before, where
    made = office.done("treasurer", where, body)
    for name in shown["event"]:
        assert shown["event"][name] == made[name], (where, name)
    if made["version_id"]:
        decided(office, made["version_id"])
    return shown, made


def test_unwinding_and_novation(office: Office) -> None:
    first, second = recorded(office), recorded(office, is_another=True)
    _, made = both(
        office, f"instruments/{first}/unwind/",
        {"event_date": str(NOW), "rate": "0.93", "discount_factor": "0.99", "reason": "Cancelled."},
    )  # fmt: skip
    assert (made["cash_amount"], made["cash_currency"], made["is_agreed"]) == ("-17820.00", "EUR", False)
    assert office.by("auditor").read(f"instruments/{first}/")["status"] == "UNWOUND"
    bank = book.counterparty()
    later = str(NOW + timedelta(7))
    shown, _ = both(
        office, f"instruments/{second}/novate/",
        {"event_date": later, "counterparty": bank.code, "cash_amount": "-100.00", "reason": "Limits."},
    )  # fmt: skip
    assert (shown["version"]["counterparty"], shown["hedges"]) == (bank.code, [])
    assert office.by("auditor").read(f"instruments/{second}/", as_of=later)["counterparty"] == bank.code


def test_exercise_lapse_and_fixing_take_the_rate_on_record(office: Office) -> None:
    """EURUSD of the day is on record: its inverse, at ten decimals, is the fixing where none is sent."""
    market.record(*[("FX_SPOT", "EURUSD", "SPOT", NOW, Decimal("1.25"), "TEST", False)])  # 0.8 EUR a dollar
    option, other, third = (lives.option(office.entity) for _ in range(3))
    ndf = lives.non_deliverable(office.entity)
    shown, made = both(
        office, f"instruments/{option.instrument_id}/exercise/", {"method": "CASH", "reason": "In the money."}
    )
    assert (made["rate"], made["rate_source"], made["cash_amount"]) == ("0.8", "TEST", "60000.00")
    _, made = both(
        office, f"instruments/{other.instrument_id}/exercise/",
        {"method": "PHYSICAL", "rate": "0.9", "rate_source": "BANK", "reason": "Delivered."},
    )  # fmt: skip
    assert made["successor_id"] and made["rate_source"] == "BANK"
    shown, made = both(office, f"instruments/{third.instrument_id}/lapse/", {"reason": "Forgotten."})
    assert "would pay" in shown["notes"][0] and made["cash_amount"] is None
    _, made = both(office, f"instruments/{ndf.instrument_id}/fix/", {"reason": "Fixed."})
    assert (made["rate"], made["cash_amount"]) == ("0.8", "-100000.00")


def test_rolls_of_a_non_deliverable_forward_and_of_a_future(office: Office) -> None:
    dates = {"fixing_date": NOW + timedelta(5), "settlement_date": NOW + timedelta(7)}
    ndf = lives.non_deliverable(office.entity, "USD", **dates)
    rates = {"event_date": str(NOW), "rate": "0.92", "far_rate": "0.926", "reason": "Later."}
    shown, made = both(
        office, f"instruments/{ndf.instrument_id}/roll/",
        rates | {"value_date": "2027-02-08", "fixing_date": "2027-02-03"},
    )  # fmt: skip
    assert (made["cash_amount"], made["cash_currency"], made["method"]) == ("21739.13", "USD", "AT_MARKET")
    assert (shown["successor"]["kind"], shown["successor"]["fixing_date"]) == (
        "NON_DELIVERABLE_FORWARD", "2027-02-03",
    )  # fmt: skip
    assert shown["near_leg"]["fixing_date"] == str(dates["fixing_date"])
    future = lives.future(office.entity)
    after = book.futures_contract(
        future.risk, last_trade_date=future.contract.last_trade_date + timedelta(31)
    )
    prices = {"event_date": str(NOW), "rate": "70.5", "far_rate": "71.1", "reason": "Next month."}
    where = f"instruments/{future.instrument_id}/roll/"
    shown, made = both(office, where, prices | {"contract": after.code, "contract_count": 4})
    assert (made["cash_amount"], made["cash_currency"]) == ("10000.00", "USD")  # (70.50 - 68.50) x 5,000
    new = shown["successor"]
    assert (new["contract"], new["contract_count"], new["entry_price"]) == (after.code, 4, "71.1")
    assert shown["notes"] and shown["near_leg"] is None
    back = f"instrument-events/{made['id']}/reverse/"
    shown, made = both(office, back, {"reason": "The wrong month."})
    assert (made["cash_amount"], shown["cancelled"]) == (
        "-10000.00", f"{future.instrument.external_reference}-R1",
    )  # fmt: skip


def test_a_roll_is_said_as_its_kind_is_rolled(office: Office) -> None:
    future, forward_ = lives.future(office.entity), recorded(office)
    option = lives.option(office.entity)
    usual = {"event_date": str(NOW), "rate": "0.92", "far_rate": "0.926", "reason": "x"}
    for trade, more, field in (
        (future.instrument_id, {}, "contract"),
        (future.instrument_id, {"contract": "NONE"}, "contract"),
        (future.instrument_id, {"contract": future.contract.code, "value_date": "3M"}, "value_date"),
        (future.instrument_id, {"contract": future.contract.code, "method": "HISTORIC_RATE"}, "method"),
        (forward_, {}, "value_date"),
        (forward_, {"value_date": "3M", "contract": future.contract.code}, "contract"),
        (forward_, {"value_date": "3M", "fixing_date": "2027-02-03"}, "fixing_date"),
    ):
        refused = office.refused("treasurer", f"instruments/{trade}/roll/", usual | more, status=400)
        assert refused["errors"][0]["field"] == field, refused
    refused = office.refused("treasurer", f"instruments/{option.instrument_id}/roll/", usual)
    assert "unwind it at its price, or exercise it or let it lapse" in refused["detail"]


def test_a_natural_offset_ends_and_trades_are_cancelled(office: Office) -> None:
    loan = book.exposure(-600_000, of=office.entity, kind="RECOGNISED_LIABILITY")
    offset = book.instrument("NATURAL_OFFSET", -600_000, of=office.entity, offset_exposure=loan.exposure)
    where = f"instruments/{offset.instrument_id}/"
    shown, made = both(office, f"{where}end/", {"event_date": str(NOW), "reason": "Repaid."})
    assert (shown["version"]["status"], made["kind"], made["cash_amount"]) == ("UNWOUND", "ENDING", None)
    both(office, f"instrument-events/{made['id']}/reverse/", {"reason": "Not repaid."})
    for trade in (offset.instrument_id, recorded(office)):
        where = f"instruments/{trade}/cancel/"
        shown, made = both(office, where, {"reason": "Recorded twice."})
        assert (shown["version"]["status"], made["kind"]) == ("CANCELLED", "CANCELLATION")
        assert office.by("auditor").read(f"instruments/{trade}/")["status"] == "CANCELLED"
        assert "has ended already" in office.refused("treasurer", where, {"reason": "x"})["detail"]


def test_the_days_that_come_are_read_with_what_is_missed(office: Office) -> None:
    option = lives.option(office.entity, expiry_date=NOW - timedelta(1))
    found = office.by("auditor").read("coming-days/", as_of=str(NOW))
    rows = {row["what"]: row for row in found["results"]}
    assert (rows["EXPIRY"]["day"], rows["EXPIRY"]["instrument_id"]) == ("2026-10-27", option.instrument_id)
    assert (rows["SETTLEMENT"]["notional_amount"], found["until"]) == ("-500000.00", "2026-11-27")
    assert office.by("stranger").read("coming-days/", as_of=str(NOW))["results"] == []
    for until in ("2026-10-27", "2027-10-30"):
        refused = office.by("auditor").refused("coming-days/", as_of=str(NOW), until=until)
        assert refused["errors"][0]["field"] == "until"


def test_what_happens_to_a_trade_happens_to_the_trade_that_was_seen(office: Office) -> None:
    trade = f"instruments/{recorded(office)}/"
    caller = office.by("treasurer")
    body = {"event_date": str(NOW), "amount": "100000.00", "rate": "0.9", "reason": "x"}
    tag = caller.tag_of(trade)
    before = left()
    without = caller.post(f"{trade}unwind/", body, headers={"If-Match": None})
    assert (without.status_code, left()) == (428, before)
    made = caller.post(f"{trade}unwind/", body, headers={"If-Match": tag})
    assert made.status_code == 201, made.content
    decided(office, made.json()["version_id"])
    before = left()
    late = caller.post(f"{trade}unwind/", body, headers={"If-Match": tag})
    assert (late.status_code, left()) == (412, before)
    unkeyed = caller.post("instruments/record/", forward(office), headers={"Idempotency-Key": None})
    assert (unkeyed.status_code, left()) == (400, before)


def test_margin_is_recorded_once(office: Office) -> None:
    future = lives.future(office.entity)
    market.record(
        *[("FUTURES_PRICE", future.contract.code, "SPOT", date(2026, 10, day), Decimal(price), "TEST", False)
          for day, price in ((26, "69.1"), (27, "68.8"))]
    )  # fmt: skip
    (due,) = office.done("treasurer", "instrument-events/record-margin/preview/", {}, status=200)["due"]
    assert (due["instrument_id"], due["days"], due["last_price"]) == (future.instrument_id, 2, "68.8")
    made = office.done("treasurer", "instrument-events/record-margin/", {"entity": office.entity.code})
    assert made == {"up_to": str(NOW), "recorded": 2}
    assert office.done("treasurer", "instrument-events/record-margin/", {})["recorded"] == 0
    paid = {row["event_date"]: row["cash_amount"] for row in office.by("auditor").rows("instrument-events/")}
    assert paid == {"2026-10-26": "3000.00", "2026-10-27": "-1500.00"}
    early = office.refused(
        "treasurer", "instrument-events/record-margin/", {"up_to": "2026-10-29"}, status=400
    )
    assert early["errors"][0]["field"] == "up_to"


def test_a_cross_that_no_rate_column_holds_is_no_fixing(office: Office) -> None:
    """EURUSD at the least and EURGBP at the most that is kept: their ratio has thirty digits."""
    quotes = (("EURUSD", "0.0000000001"), ("EURGBP", "9999999999.9999999999"))
    market.record(*[("FX_SPOT", pair, "SPOT", NOW, Decimal(value), "TEST", False) for pair, value in quotes])
    terms = {"risk": book.risk("USDGBP"), "counter_currency_id": "GBP"}
    trade = lives.non_deliverable(office.entity, "GBP", **terms)
    answer = office.by("treasurer").post(
        f"instruments/{trade.instrument_id}/fix/preview/", {"reason": "Fixed."}
    )
    assert answer.status_code == 400, answer.content
    assert answer.json()["errors"][0]["field"] == "rate"
