"""A reference that another entity's trade has is taken, and nothing else of that trade is told."""

from datetime import date
from typing import Any

import pytest

from hedges.enums import InstrumentStatus
from hedges.models import Instrument, InstrumentVersion, InstrumentVersionApproval
from tests.factories import api, book
from tests.hedges.domain.bulk.test_trades_in_bulk import desk, sent, trade
from treasury.domain import approval, audit
from treasury.enums import Decision
from treasury.models import Entity

__all__ = ["desk", "trade"]
pytestmark = pytest.mark.django_db


def decided(reference: str, decision: Decision) -> None:
    versions = list(InstrumentVersion.objects.filter(instrument__external_reference=reference))
    approval.decide(
        versions=versions[-1:], approvals=InstrumentVersionApproval, actor=book.user(), decision=decision
    )


@pytest.fixture
def foreign(desk: api.Caller, trade: dict[str, Any]) -> dict[str, Any]:
    """Another entity's trades of every sort, by the sort's name; the fields of one of them."""
    book.risk("GBPEUR")
    sorts: dict[str, dict[str, Any]] = {
        "live": {}, "rejected": {}, "waiting": {}, "ended": {}, "later": {"settlement_date": "2031-03-31"},
        "of pounds": {"risk": "GBPEUR"}, "larger": {"notional_amount": "-9000000.00", "counter_amount": "8100000.00"},
        "an option": {
            "kind": "OPTION", "option_kind": "PUT", "option_side": "BOUGHT", "expiry_date": "2027-03-29",
            "premium_amount": "-9000.00", "premium_currency": "EUR",
        },
    }  # fmt: skip
    for name, told in sorts.items():
        sent(desk, trade | told | {"external_reference": name})
        if name != "waiting":
            decided(name, Decision.REJECTED if name == "rejected" else Decision.APPROVED)
    end_of("ended")
    return trade


def end_of(reference: str) -> None:
    last = InstrumentVersion.objects.get(instrument__external_reference=reference)
    made = ("id", "event", "recorded_at", "author", "content_digest")
    fields = [
        one for one in InstrumentVersion._meta.concrete_fields if not one.generated and one.name not in made
    ]
    terms = {one.attname: getattr(last, one.attname) for one in fields}
    with audit.action("test.trade.ended", actor=book.user()):
        InstrumentVersion.objects.create(
            **terms | {"status": InstrumentStatus.CANCELLED, "version_number": 2}
        )


@pytest.mark.parametrize("mode", ["all-or-nothing", "row-wise"])
def test_whatever_a_foreign_trade_is_the_answer_is_the_same(foreign: dict[str, Any], mode: str) -> None:
    home = book.entity()
    stranger = api.by_token("TREASURER", entity=home)
    told = {name: said(stranger, foreign, home, name, mode) for name in names()}
    assert set(told.values()) == {told["live"]}, told
    assert "reference_taken" in told["live"]
    assert "reference_taken" not in said(stranger, foreign, home, "free", mode)


def test_it_is_taken_in_the_words_of_ones_own(desk: api.Caller, foreign: dict[str, Any]) -> None:
    home = book.entity()
    assert said(desk, foreign, home, "live") == said(
        api.by_token("TREASURER", entity=home), foreign, home, "live"
    )


def test_who_names_the_foreign_entity_hears_what_who_names_none_hears(foreign: dict[str, Any]) -> None:
    stranger = api.by_token("TREASURER", entity=book.entity())
    told = {
        str(sent(stranger, foreign | {"external_reference": name, "entity": code}, status=400)).replace(
            repr(code), "."
        )
        for name in (*names(), "free")
        for code in (foreign["entity"], "NOSUCH")
    }
    assert len(told) == 1, told


def test_ones_own_rejected_trade_is_recorded_as_its_next_version(
    desk: api.Caller, foreign: dict[str, Any]
) -> None:
    told = sent(desk, foreign | {"external_reference": "rejected"})["results"][0]
    assert (told["outcome"], told["version_number"]) == ("amended", 2)
    assert InstrumentVersion.objects.get(pk=told["version_id"]).valid_from == date(2026, 6, 1)


def names() -> list[str]:
    found = Instrument.objects.filter(source_system="TMS").values_list("external_reference", flat=True)
    return sorted(found)


def said(
    caller: api.Caller, trade: dict[str, Any], home: Entity, name: str, mode: str = "all-or-nothing"
) -> str:
    row = trade | {"external_reference": name, "entity": home.code}
    status = 400 if mode == "all-or-nothing" and name != "free" else 200
    return str(sent(caller, row, status=status, mode=mode)).replace(repr(name), ".")
