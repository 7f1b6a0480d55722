"""Forecasts and commitments that become recognised items while their hedge goes on."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.treasury.nightly import measured
from tests.treasury.nightly.by_hand import TODAY, weeks_ago
from tests.treasury.nightly.test_measurement_by_hand import DUE, amended, company, designated, holds, near

pytestmark = pytest.mark.django_db
BOOKED, PAID = weeks_ago(12), weeks_ago(2)
COST = {"release_pattern": "BASIS_ADJUSTMENT"}


def booked(entity, bank, *, due: date = DUE, day: date = BOOKED, **fields):
    """A hedge whose item is recognised on a day, long before it is paid."""
    version, _ = designated(entity, bank, due=due, **fields)
    amended(version.item_allocations.get().exposure_version, day, kind="RECOGNISED_ASSET")


def path(day: date) -> list[dict]:
    """The day before the item is recognised, that day, and a later one."""
    days = (BOOKED - timedelta(days=1), BOOKED, day)
    rows = [measured.on(one)[0] for one in days]
    for row in rows:
        holds(row)
    return rows


def test_the_cost_takes_what_there_is_on_the_day_of_the_invoice_and_no_more(entity, bank) -> None:
    booked(entity, bank, file=COST)
    before, then, now = path(TODAY)
    assert before["cumulative_basis_adjusted"] == 0
    assert then["cumulative_basis_adjusted"] == then["cumulative_recognised"] != 0
    assert now["cumulative_basis_adjusted"] == then["cumulative_basis_adjusted"]
    after = now["cumulative_recognised"] - then["cumulative_recognised"]
    assert now["cumulative_reclassified"] == after != 0
    assert [row["reserve_balance"] == 0 for row in (before, then, now)] == [False, True, True]


def test_what_goes_with_the_item_goes_on_the_day_of_the_invoice(entity, bank) -> None:
    booked(entity, bank)
    for row in path(TODAY)[1:]:
        assert row["cumulative_reclassified"] == row["cumulative_recognised"] != 0


@pytest.mark.parametrize("framework", ["ASC815", "IAS39"])
def test_where_the_cost_is_not_adjusted_the_share_waits_and_what_comes_after_does_not(
    entity, bank, framework
) -> None:
    lag = COST | {"earnings_lag_days": 28, "keeps_basis_in_reserve": True}
    booked(company(framework), bank, file=lag)
    _, then, waiting = path(BOOKED + timedelta(days=27))
    last = path(BOOKED + timedelta(days=28))[-1]
    assert then["cumulative_reclassified"] == then["cumulative_basis_adjusted"] == 0
    assert waiting["reserve_balance"] == then["cumulative_recognised"] != 0
    assert waiting["cumulative_reclassified"] != 0, "what the invoice's remeasurement is offset by"
    assert last["cumulative_reclassified"] == last["cumulative_recognised"]


def test_after_the_payment_nothing_moves(entity, bank) -> None:
    booked(entity, bank, due=PAID, file=COST)
    *_, paid = path(PAID)
    [now] = measured.on(TODAY)
    for name in ("cumulative_recognised", "cumulative_basis_adjusted", "cumulative_reclassified"):
        assert now[name] == paid[name] != 0, name
    assert now["reserve_balance"] == 0


def test_an_item_that_is_booked_after_its_date_or_never_has_happened_on_that_date(entity, bank) -> None:
    booked(entity, bank, due=PAID, day=weeks_ago(1), file=COST)
    [row] = measured.on(PAID)
    [now] = measured.on(TODAY)
    assert (
        row["cumulative_basis_adjusted"] == now["cumulative_basis_adjusted"] == row["cumulative_recognised"]
    )


def test_the_deferred_points_leave_with_the_invoice_and_are_not_deferred_afterwards(entity, bank) -> None:
    booked(entity, bank, designated_component="SPOT", file=COST | {"cost_relation": "TRANSACTION"})
    _, then, now = path(TODAY)
    for row in (then, now):
        assert row["cost_released"] == row["cost_recognised"] == then["cost_recognised"] != 0
    change = now["fair_value_change"] - now["cumulative_change_instrument"]
    assert now["excluded_in_profit_or_loss"] == change - then["cost_recognised"]
    assert now["excluded_in_profit_or_loss"] != then["excluded_in_profit_or_loss"]


def test_a_commitment_in_a_fair_value_hedge_is_adjusted_up_to_the_invoice(entity, bank) -> None:
    booked(entity, bank, kind="FIRM_COMMITMENT", hedge_type="FAIR_VALUE")
    before, then, now = path(TODAY)
    assert before["item_adjustment_amortised"] == 0
    for row in (then, now):
        assert row["item_adjustment_amortised"] == row["item_adjustment"] == then["item_adjustment"] != 0
    assert now["cumulative_change_instrument"] != then["cumulative_change_instrument"]


def test_an_invoice_over_half_of_it_takes_half_and_the_rest_is_not_expected(entity, bank) -> None:
    version, _ = designated(entity, bank, file=COST)
    item = version.item_allocations.get().exposure_version
    amended(item, BOOKED, kind="RECOGNISED_ASSET", exposure_amount=Decimal(300_000))
    _, then, now = path(TODAY)
    half = float(then["cumulative_recognised"]) / 2
    assert near(then["cumulative_basis_adjusted"], half) and near(then["cumulative_reclassified"], half)
    assert now["cumulative_basis_adjusted"] == then["cumulative_basis_adjusted"]
    assert now["reserve_balance"] == 0
