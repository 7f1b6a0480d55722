"""What the settlement account takes of a matured hedge, held to the cash that its instrument pays, by the close."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import book, closable
from tests.treasury.nightly.by_hand import cents, forward, spot_date, spot_of, weeks_ago
from tests.treasury.nightly.test_measurement_by_hand import NOTIONAL, START, designated
from treasury.enums import RunStatus

pytestmark = pytest.mark.django_db
FIXED = weeks_ago(8)
PAID = spot_date(FIXED)
SPOT = spot_of(8)
STRIKE = Decimal("0.99")


def september(entity) -> dict[str, Decimal]:
    """Balances by role, debit +, once the month in which the hedge matured is closed."""
    closable.accounts(entity)
    run = closable.close(entity, date(2026, 9, 1))
    assert run.status == RunStatus.PUBLISHED, run.status_reason
    found = closable.balances(entity)
    assert "DERIVATIVE" not in found, "nothing is left on the account of the instruments"
    return found


def of_instrument(entity, bank, kind: str, **terms):
    item = book.exposure(NOTIONAL, of=entity, expected_date=PAID)
    hedge = book.instrument(
        kind, -NOTIONAL, of=entity, counterparty=bank, trade_date=START, settlement_date=PAID, strike_rate=STRIKE,
        counter_amount=STRIKE * NOTIONAL, counter_currency_id="EUR", **terms,
    )  # fmt: skip
    component = "INTRINSIC" if kind == "OPTION" else "WHOLE"
    return book.relationship(
        of=entity, items=[(item, NOTIONAL)], instruments=[(hedge, -NOTIONAL)], designation_date=START,
        hedge_end_date=PAID, designated_component=component, rationale="the same dollars on the same day",
    )  # fmt: skip


def test_what_is_paid_net_is_what_the_account_takes(entity, bank) -> None:
    """A non-deliverable forward pays amount × (contract rate − fixing): to the cent, no credit, no discount."""
    of_instrument(entity, bank, "NON_DELIVERABLE_FORWARD", fixing_date=FIXED, settlement_currency_id="EUR")
    assert september(entity)["SETTLEMENT"] == cents(NOTIONAL * (float(STRIKE) - SPOT))


def test_an_option_leaves_its_exercise_on_the_account(entity, bank) -> None:
    """Exercised at expiry against the spot rate, which is for the day of the payment."""
    of_instrument(
        entity, bank, "OPTION", expiry_date=FIXED, option_kind="PUT", option_side="BOUGHT",
        premium_currency_id="EUR", premium_amount=Decimal(-9000),
    )  # fmt: skip
    assert september(entity)["SETTLEMENT"] == cents(NOTIONAL * (float(STRIKE) - SPOT))


def test_a_delivered_forward_leaves_the_interest_of_the_spot_lag(entity, bank) -> None:
    """Dollars go at the contract rate; in the books they stand at the spot rate of the day, which is for two business
    days later. The account is left with amount × (spot rate − forward to the day), and with nothing else."""
    _, rate = designated(entity, bank, due=FIXED)
    taken = september(entity)["SETTLEMENT"]
    to_the_day = forward(FIXED, FIXED, SPOT)
    assert taken == cents(-NOTIONAL * (to_the_day - rate))
    cash_at_spot = cents(NOTIONAL * (rate - SPOT))
    left = cash_at_spot - taken
    assert abs(left - cents(-NOTIONAL * (SPOT - to_the_day))) <= Decimal("0.01"), "each side is rounded once"
    assert abs(left) > 50, "five days of two per cent: it is an amount, not a rounding"
