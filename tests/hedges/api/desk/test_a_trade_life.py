"""The life of trades over HTTP alone: recorded, approved, rolled, settled in part, taken back."""

from typing import Any

import pytest

from hedges.models import Instrument, InstrumentEvent
from tests.hedges.api.desk.trading import decided, forward, left, recorded
from tests.hedges.api.workflow.office import Office, seen

pytestmark = pytest.mark.django_db
ROLL = {
    "event_date": "2026-10-28", "value_date": "3M", "method": "AT_MARKET", "rate": "0.92", "far_rate": "0.926",
    "rate_source": "BANK", "reason": "The customer pays later.",
}  # fmt: skip


def test_a_forward_is_recorded_approved_rolled_settled_and_taken_back(office: Office) -> None:
    body = forward(office, source_system="DEALS", external_reference="4711")
    shown = office.done("treasurer", "instruments/record/preview/", body, status=200)
    (leg,) = shown["legs"]
    assert (leg["notional_amount"], leg["counter_amount"]) == ("-600000.00", "540000.00")
    assert (leg["settlement_date"], leg["external_reference"]) == ("2027-04-30", "4711")
    assert not Instrument.objects.filter(external_reference="4711").exists()

    made = office.done("treasurer", "instruments/record/", body)
    assert (made["external_reference"], made["again"]) == ("4711", False)
    (version,) = made["versions"]
    assert (version["decision"], version["source_system"]) == (None, "DEALS")
    assert version["author"] == office.people["treasurer"].username
    (waiting,) = office.by("auditor").rows("instrument-versions/", awaits="true")
    assert waiting == version
    own = office.refused(
        "treasurer", f"instrument-versions/{version['id']}/approve/", seen(version), status=403
    )
    assert own["code"] == "permission_denied"
    assert decided(office, version["id"])["decision"] == "APPROVED"
    trade = f"instruments/{made['instrument_id']}/"
    assert office.by("auditor").read(trade)["notional_amount"] == "-600000.00"

    plan = office.done("treasurer", f"{trade}roll/preview/", ROLL, status=200)
    assert (plan["event"]["cash_amount"], plan["event"]["cash_currency"]) == ("-12000.00", "EUR")
    assert plan["successor"]["settlement_date"] == "2027-07-30"
    near = plan["near_leg"]
    assert (near["notional_amount"], near["counter_amount"]) == ("600000.00", "-552000.00")
    assert (near["settlement_date"], near["external_reference"]) == ("2027-04-30", "4711-N1")
    assert not InstrumentEvent.objects.exists()
    event = office.done("treasurer", f"{trade}roll/", ROLL)
    assert (event["kind"], event["cash_amount"], event["rate_source"]) == ("ROLL", "-12000.00", "BANK")
    assert event["decision"] is None
    decided(office, event["version_id"])
    after = office.by("auditor").read(f"instruments/{event['successor_id']}/")
    assert (after["notional_amount"], after["strike_rate"]) == ("-600000.00", "0.926")

    near = f"instruments/{event['near_leg_id']}/"
    assert office.by("auditor").read(near)["notional_amount"] == "600000.00"
    closing = {"event_date": "2026-10-28", "rate": "0.93", "reason": "Not needed."}
    assert "near leg of the roll of 4711" in office.refused("treasurer", f"{near}unwind/", closing)["detail"]

    new = f"instruments/{event['successor_id']}/"
    part = {
        "event_date": "2026-10-28",
        "amount": "200000.00",
        "cash_amount": "-12.50",
        "reason": "Paid early.",
    }
    settled = office.done("treasurer", f"{new}settle-part/", part)
    assert (settled["amount"], settled["counter_amount"]) == ("-200000.00", "185200.00")
    decided(office, settled["version_id"])
    assert office.by("auditor").read(new)["notional_amount"] == "-400000.00"

    where = f"instrument-events/{settled['id']}/"
    plan = office.done("treasurer", f"{where}reverse/preview/", {"reason": "Wrong trade."}, status=200)
    assert plan["event"]["cash_amount"] == "12.50"
    taken = office.done("treasurer", f"{where}reverse/", {"reason": "Wrong trade."})
    assert (taken["kind"], taken["reverses_id"]) == ("REVERSAL", settled["id"])
    decided(office, taken["version_id"])
    assert office.by("auditor").read(new)["notional_amount"] == "-600000.00"
    kinds = [row["kind"] for row in office.by("auditor").rows("instrument-events/")]
    assert kinds == ["REVERSAL", "PARTIAL_SETTLEMENT", "ROLL"]


def test_a_trade_is_amended_and_the_new_terms_count_from_their_day(office: Office) -> None:
    trade = f"instruments/{recorded(office)}/"
    terms = {
        name: value for name, value in forward(office, rate="0.91").items() if name != "entity"
    } | {"counts_from": "2026-10-28", "reason": "The bank has confirmed 0.91."}  # fmt: skip
    shown = office.done("treasurer", f"{trade}amend/preview/", terms, status=200)
    assert (shown["version_number"], set(shown["differences"])) == (1, {"counter_amount", "strike_rate"})
    version = office.done("treasurer", f"{trade}amend/", terms)
    assert (version["version_number"], version["strike_rate"]) == (2, "0.91")
    assert office.by("auditor").read(trade)["strike_rate"] == "0.9"
    assert decided(office, version["id"], "reject")["decision"] == "REJECTED"
    assert office.by("auditor").read(trade)["strike_rate"] == "0.9"


def test_what_seems_to_be_recorded_is_recorded_again_only_when_that_is_said(office: Office) -> None:
    recorded(office)
    before = left()
    refused = office.refused("treasurer", "instruments/record/", forward(office))
    assert "may be recorded already" in refused["detail"]
    shown = office.done("treasurer", "instruments/record/preview/", forward(office), status=200)
    assert [one["notional_amount"] for one in shown["duplicates"]] == ["-600000.00"]
    assert left() == before
    office.done("treasurer", "instruments/record/", forward(office, is_another=True))


def test_a_reference_of_another_system_is_recorded_once_for_ever(office: Office) -> None:
    named = {"source_system": "DEALS", "external_reference": "1", "is_another": True}
    recorded(office, **named)
    refused = office.refused("treasurer", "instruments/record/", forward(office, **named))
    assert "already recorded; amend it" in refused["detail"]


def test_the_key_of_a_sending_is_one_trade(office: Office) -> None:
    body = forward(office, key="0b8f9f1e-5c0e-4f0e-9d5a-1f2e3d4c5b6a")
    made = office.done("treasurer", "instruments/record/", body)
    again = office.done("treasurer", "instruments/record/", body, status=200)
    assert (again["instrument_id"], again["again"]) == (made["instrument_id"], True)


REFUSED: list[tuple[str, dict[str, Any], int, str]] = [
    ("roll", ROLL | {"value_date": "2026-12-01"}, 400, "settlement_date"),
    ("roll", ROLL | {"rate": "-0.92"}, 400, "rate"),
    ("settle-part", {"event_date": "2026-10-29", "reason": "x"}, 409, "event_date: expected today"),
    ("settle-part", {"event_date": "2026-10-28", "amount": "600000.01", "reason": "x"}, 400, "amount"),
    ("settle-part", {"event_date": "2026-10-28", "cash_amount": "1.005", "reason": "x"}, 400, "cash_amount"),
    ("unwind", {"event_date": "2026-10-28", "reason": "x"}, 400, "rate"),
    ("novate", {"event_date": "2026-11-06", "counterparty": "NOBODY", "reason": "x"}, 400, "counterparty"),
    ("exercise", {"method": "CASH", "reason": "x"}, 409, "not an option"),
    ("lapse", {"reason": "x"}, 409, "not an option"),
    ("fix", {"rate": "0.9", "rate_source": "ECB", "reason": "x"}, 409, "not a non-deliverable forward"),
    ("unwind", {"event_date": "2026-10-28", "rate": "0.9", "reason": " "}, 400, "reason"),
    ("unwind", {"event_date": "2026-10-28", "rate": 0.9, "reason": "x"}, 400, "rate"),
    ("unwind", {"event_date": "2026-10-28", "rate": "0.9", "reason": "x", "shade": 1}, 400, "shade"),
]


def test_what_a_verb_refuses_leaves_nothing(office: Office) -> None:
    trade = f"instruments/{recorded(office)}/"
    before = left()
    for verb, body, status, says in REFUSED:
        for where in (f"{trade}{verb}/preview/", f"{trade}{verb}/"):
            refused = office.refused("treasurer", where, body, status=status)
            assert says in (refused["errors"][0]["field"] if status == 400 else refused["detail"]), refused
    assert left() == before
