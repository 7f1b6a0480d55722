"""Trades in bulk over HTTP: told apart by their reference, held against the guards of the book row by row."""

from decimal import Decimal
from typing import Any

import pytest

from hedges.models import Instrument, InstrumentVersion
from tests.factories import api, book, swaps
from tests.factories.bulk import WRITERS, ndjson
from treasury.domain.bulk.rows import CSV, NDJSON
from treasury.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def trade() -> dict[str, Any]:
    book.risk()
    return {
        "external_reference": "FX-1", "entity": book.entity().code, "kind": "FORWARD", "risk": "USDEUR",
        "counterparty": book.counterparty().code, "trade_date": "2026-06-01", "settlement_date": "2027-03-31",
        "notional_amount": "-600000.00", "strike_rate": "0.9", "counter_amount": "540000.00",
    }  # fmt: skip


@pytest.fixture
def desk() -> api.Caller:
    return api.by_token("TREASURER")


def sent(
    caller: api.Caller, *rows: dict[str, Any], media_type: str = NDJSON, status: int = 200, **query: Any
) -> Any:
    asked = {"source_system": "TMS", "valid_from": "2026-06-01"} | query
    answer = caller.send(
        "POST", "instruments/bulk/", WRITERS[media_type](*rows), media_type=media_type, **asked
    )
    assert answer.status_code == status, answer.content
    return answer.json()


@pytest.mark.parametrize("media_type", [NDJSON, CSV])
def test_new_changed_and_unchanged(desk: api.Caller, trade: dict[str, Any], media_type: str) -> None:
    rows = [trade, trade | {"external_reference": "FX-2"}]
    assert sent(desk, *rows, media_type=media_type)["created"] == 2
    rows[1] |= {"strike_rate": "0.91", "counter_amount": "546000.00"}
    told = sent(desk, *rows, media_type=media_type, reason="Confirmed otherwise")
    assert [(row["outcome"], row["version_number"]) for row in told["results"]] == [
        ("unchanged", 1),
        ("amended", 2),
    ]
    version = InstrumentVersion.objects.get(pk=told["results"][1]["version_id"])
    assert (version.change_reason, version.instrument_id) == ("Confirmed otherwise", told["results"][1]["id"])
    before = AuditEvent.objects.count()
    assert sent(desk, *rows, media_type=media_type)["unchanged"] == 2
    assert AuditEvent.objects.count() == before


def test_other_kinds_come_with_their_terms(desk: api.Caller, trade: dict[str, Any]) -> None:
    option = trade | {
        "external_reference": "OP-1", "kind": "OPTION", "option_kind": "PUT", "option_side": "BOUGHT",
        "expiry_date": "2027-03-29", "premium_amount": "-9000.00", "premium_currency": "EUR",
    }  # fmt: skip
    swap = {name: value for name, value in trade.items() if name not in ("strike_rate", "counter_amount")} | {
        "external_reference": "FS-1", "kind": "FX_SWAP", "strike_rate": "0.9", "counter_amount": "540000.00",
        "near_settlement_date": "2026-07-01", "near_rate": "0.89", "near_counter_amount": "-534000.00",
    }  # fmt: skip
    told = sent(desk, option, swap)
    assert told["created"] == 2
    assert {one.kind for one in Instrument.objects.all()} == {"OPTION", "FX_SWAP"}


def test_the_legs_of_a_swap_come_as_they_are_agreed(desk: api.Caller, trade: dict[str, Any]) -> None:
    swaps.rate_index()
    swap = {
        name: trade[name] for name in ("entity", "counterparty", "trade_date")
    } | {
        "external_reference": "IRS-1", "kind": "INTEREST_RATE_SWAP", "risk": "EURIBOR6M", "start_date": "2026-06-03",
        "settlement_date": "2031-06-03", "notional_amount": "2000000.00", "fixed_rate": "0.0275", "spread_rate": "0",
        "pay_fixed": True, "payment_months": 12, "floating_payment_months": 6,
    }  # fmt: skip
    said = swap | {"external_reference": "IRS-2", "day_count": "30E/360", "floating_day_count": "ACT/365F"}
    assert sent(desk, swap, said)["created"] == 2
    one, other = InstrumentVersion.objects.order_by("pk")
    assert (one.day_count, one.floating_day_count) == ("30/360", "ACT/360")
    assert (other.day_count, other.floating_day_count) == ("30E/360", "ACT/365F")
    assert (len(one.flow_days), len(one.floating_flow_days)) == (5, 10)
    assert sent(desk, swap, said)["unchanged"] == 2
    wrong = said | {"external_reference": "IRS-3", "day_count": "ACT/ACT"}
    (problem,) = sent(desk, wrong, status=400)["errors"]
    assert (problem["field"].rpartition(".")[2], problem["code"]) == ("day_count", "unknown_day_count")


def test_a_wrong_row_hears_of_the_guard_that_refuses_it(desk: api.Caller, trade: dict[str, Any]) -> None:
    wrong = [
        trade | {"external_reference": "A", "fixing_date": "2027-03-29"},
        trade | {"external_reference": "B", "counterparty": "NOBANK"},
        trade | {"external_reference": "C", "notional_amount": "-600000.001"},
        trade | {"external_reference": "D", "settlement_date": "soon"},
        trade, trade,
    ]  # fmt: skip
    before = AuditEvent.objects.count()
    problem = sent(desk, *wrong, status=400)
    assert [(one["index"], one["code"]) for one in problem["errors"]] == [
        (0, "instrument_version_forward_terms"), (1, "unknown_counterparty"), (2, "too_many_decimals"),
        (3, "not_a_date"), (5, "duplicate_in_request"),
    ]  # fmt: skip
    assert (AuditEvent.objects.count(), Instrument.objects.count()) == (before, 0)
    told = sent(desk, *wrong, mode="row-wise")
    assert [row["outcome"] for row in told["results"]] == [
        "refused", "refused", "refused", "refused", "created", "refused",
    ]  # fmt: skip


def test_roles_and_entities(desk: api.Caller, trade: dict[str, Any]) -> None:
    sent(desk, trade)
    stranger = api.by_token("TREASURER", entity=book.entity())
    foreign = sent(stranger, trade | {"external_reference": "X"}, status=400)["errors"][0]
    missing = sent(stranger, trade | {"external_reference": "X", "entity": "NOSUCH"}, status=400)["errors"][0]
    assert foreign | {"got": ""} == missing | {"got": ""}
    other = trade | {"entity": book.entity().code}
    assert sent(desk, other, status=400)["errors"][0]["code"] == "reference_taken"
    for role, status in (("APPROVER", 403), ("AUDITOR", 403), ("HEDGE_ACCOUNTANT", 400)):
        answer = api.by_token(role).send("POST", "instruments/bulk/", ndjson(trade), media_type=NDJSON)
        assert answer.status_code == status, (role, answer.content)


@pytest.mark.parametrize(
    ("told", "field", "code"),
    [
        ({"dealt_pair": "EURUSD"}, "dealt_rate", "missing"),
        ({"dealt_rate": "1.1"}, "dealt_pair", "missing"),
        ({"dealt_pair": "EURUSD", "dealt_rate": "0"}, "dealt_rate", "not_positive"),
        ({"near_rate": "-0.9"}, "near_rate", "not_positive"),
        ({"payment_months": 30000}, "payment_months", "not_a_period"),
        ({"floating_payment_months": 0}, "floating_payment_months", "not_a_period"),
        ({"payment_months": -6}, "payment_months", "not_a_period"),
    ],
)
def test_a_rate_that_has_no_inverse_and_months_that_are_none_are_wrong_cells(
    desk: api.Caller, trade: dict[str, Any], told: dict[str, Any], field: str, code: str
) -> None:
    (problem,) = sent(desk, trade | told, status=400)["errors"]
    assert (problem["field"].rpartition(".")[2], problem["code"]) == (field, code)
    assert not Instrument.objects.exists()


@pytest.mark.parametrize("told", [{"dealt_rate": None}, {"dealt_rate": Decimal(0)}])
def test_a_trade_that_lacks_the_rate_it_was_dealt_at_is_not_exported_and_the_others_are(
    told: dict[str, Any],
) -> None:
    entity = book.entity()
    whole = book.forward(of=entity)
    lacks = book.forward(of=entity, dealt_pair="EURUSD", **told)
    caller = api.by_token("TREASURER")
    for form in ("mt300", "fpml"):
        answer = caller.get(f"instruments/{lacks.instrument_id}/{form}/")
        assert answer.status_code == 409, answer.content
        assert "was dealt as EURUSD, and not at which rates" in answer.json()["detail"]
    text = caller.get("portfolio/ore/").content.decode()
    assert whole.instrument.external_reference in text
