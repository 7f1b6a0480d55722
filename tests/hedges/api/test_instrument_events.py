"""The events of trades over the API: with their money, their decision, and nobody else's."""

from decimal import Decimal

import pytest

from hedges.domain.trade_life import partial_settlement, unwinding
from tests.factories import api, book, clock
from tests.hedges.domain.trade_life import lives

pytestmark = pytest.mark.django_db


def test_an_event_is_read_with_its_money_and_its_decision() -> None:
    with clock.at(lives.NOW):
        forward = book.forward(-600_000, of=book.entity())
        part = partial_settlement.plan(lives.stands(forward), on=lives.NOW, amount=Decimal(200_000))
        lives.both(part)
        lives.done(unwinding.plan(lives.stands(forward), on=lives.NOW, rate=Decimal("0.93")))
    caller = api.by_token("AUDITOR")
    newest, oldest = caller.rows(
        "instrument-events/", external_reference=forward.instrument.external_reference
    )
    assert (newest["kind"], newest["decision"], newest["cash_amount"], newest["cash_currency"]) == (
        "UNWINDING", None, "-12000.00", "EUR",
    )  # fmt: skip
    assert (oldest["kind"], oldest["decision"], oldest["amount"], oldest["cash_amount"]) == (
        "PARTIAL_SETTLEMENT", "APPROVED", "-200000.00", None,
    )  # fmt: skip
    assert caller.read(f"instrument-events/{newest['id']}/") == newest
    assert [row["id"] for row in caller.rows("instrument-events/", decision="APPROVED")] == [oldest["id"]]


def test_events_of_another_entity_are_not_there() -> None:
    with clock.at(lives.NOW):
        forward = book.forward(-600_000, of=book.entity())
        event = lives.both(unwinding.plan(lives.stands(forward), on=lives.NOW, rate=Decimal("0.93")))
    stranger = api.by_token("TREASURER", entity=book.entity())
    assert stranger.rows("instrument-events/") == []
    assert stranger.get(f"instrument-events/{event.pk}/").status_code == 404
