"""Hedge accounting of one relationship of each kind, worked out again from the quotes and the rules."""

from datetime import date, timedelta
from decimal import Decimal
from math import exp

import pytest

from exposures.domain import recording
from exposures.models import ExposureVersion, ExposureVersionApproval
from tests.factories import book, market
from tests.treasury.nightly import measured
from tests.treasury.nightly.by_hand import TODAY, cents, factor, forward, spot_of, weeks_ago, years
from treasury.domain import approval
from treasury.models import Entity

pytestmark = pytest.mark.django_db
START = weeks_ago(30)
DUE = date(2027, 4, 30)
NOTIONAL = 600_000


def designated(
    entity, bank, *, kind="HIGHLY_PROBABLE_FORECAST", due=DUE, item=NOTIONAL, strike=None, **fields
):
    """A receivable of dollars sold forward at the market's rate of that day, designated at once."""
    rate = strike or f"{forward(due, START, spot_of(30)):.6f}"
    exposure = book.exposure(item, of=entity, kind=kind, expected_date=due)
    hedge = book.forward(
        -NOTIONAL, of=entity, strike=rate, trade_date=START, settlement_date=due, counterparty=bank
    )
    fields = {"designation_date": START, "hedge_end_date": due} | fields
    version = book.relationship(
        of=entity, items=[(exposure, item)], instruments=[(hedge, -NOTIONAL)], **fields
    )
    return version, float(rate)


def company(framework: str) -> Entity:
    """One that reports under another framework."""
    book.rule_pack(framework)
    entity = book.entity(accounting_framework=framework)
    market.record_spreads(entity.code)
    return entity


def fair(value: float, day: date, due: date = DUE) -> float:
    """With the credit adjustments of a spread of 1 %."""
    share = 1 - exp(-0.01 * years(due, day))
    return value - max(value, 0) * share + max(-value, 0) * share


def whole(rate: float, day: date, spot: float, due: date = DUE) -> float:
    return -NOTIONAL * (forward(due, day, spot) - rate) * factor(due, day)


def near(amount: Decimal, value: float, units: int = 2) -> bool:
    return abs(amount - cents(value)) <= Decimal(units) / 100


def holds(row) -> None:
    """The identities of the model, to the cent."""
    change = row["fair_value_change"]
    assert row["opening_fair_value"] + change == (
        row["carrying_amount"] + row["settled_amount"] + row["no_longer_designated_amount"]
    )
    result = row["cumulative_ineffectiveness"] - row["item_adjustment"]
    assert change == (
        row["cumulative_recognised"] + result + row["cost_recognised"] + row["excluded_in_profit_or_loss"]
    )
    assert row["reserve_balance"] == (
        row["cumulative_recognised"] - row["cumulative_reclassified"] - row["cumulative_basis_adjusted"]
    )
    assert row["cost_reserve_balance"] == (
        row["cost_recognised"] + row["cost_amortised"] - row["cost_released"] - row["cost_lost"]
    )


def test_a_whole_forward(entity, bank) -> None:
    _, rate = designated(entity, bank)
    [row] = measured.on(TODAY)
    opening, now = fair(whole(rate, START, spot_of(30)), START), fair(whole(rate, TODAY, spot_of(0)), TODAY)
    hypothetical = (
        -NOTIONAL * (forward(DUE, TODAY, spot_of(0)) - forward(DUE, START, spot_of(30))) * factor(DUE)
    )
    assert near(row["opening_fair_value"], opening) and near(row["carrying_amount"], now)
    assert near(row["cumulative_change_instrument"], now - opening)
    assert near(row["cumulative_change_hypothetical"], hypothetical)
    expected = min(abs(now - opening), abs(hypothetical)) * (1 if hypothetical > 0 else -1)
    assert near(row["cumulative_recognised"], expected)
    assert (row["excluded_in_profit_or_loss"], row["cost_recognised"], row["life_stage"]) == (0, 0, "ACTIVE")
    assert measured.costs_on(TODAY) == []
    holds(row)


def test_more_of_the_item_than_of_the_instrument_leaves_the_whole_change_in_equity(entity, bank) -> None:
    designated(entity, bank, item=700_000)
    [row] = measured.on(TODAY)
    assert row["cumulative_recognised"] == row["cumulative_change_instrument"]
    holds(row)


@pytest.mark.parametrize("relation", ["TRANSACTION", "TIME_PERIOD"])
def test_a_designated_spot_element_defers_the_forward_points(entity, bank, relation) -> None:
    _, rate = designated(
        entity,
        bank,
        designated_component="SPOT",
        file={"cost_relation": relation, "excluded_treatment": "DEFERRED"},
    )
    [row], [cost] = measured.on(TODAY), measured.costs_on(TODAY)
    spot = -NOTIONAL * (spot_of(0) - spot_of(30))
    points = -NOTIONAL * (rate - spot_of(30))
    element = whole(rate, TODAY, spot_of(0)) - spot
    first = whole(rate, START, spot_of(30))
    assert near(row["cumulative_change_instrument"], fair(spot, TODAY))
    assert cost["element"] == "FORWARD_ELEMENT"
    assert near(cost["knot_actual_values"][0], points + first)
    assert near(cost["knot_actual_values"][-1], points + element)
    # Struck at the same forward rate but for its rounding, so that actual and aligned begin within a cent or two.
    assert abs(cost["knot_actual_values"][0] - cost["knot_aligned_values"][0]) < 1
    assert abs(cost["cost_recognised"] - (cost["knot_actual_values"][-1] - cost["knot_actual_values"][0])) < 1
    term = (cost["term_to"], cost["term_from"]) == (DUE.isoformat(), START.isoformat())
    assert term
    share = (TODAY - START).days / (DUE - START).days if relation == "TIME_PERIOD" else 0
    opening = min(cost["knot_actual_values"][0], cost["knot_aligned_values"][0], key=abs)
    assert near(cost["cost_amortised"], float(opening) * share)
    assert cost["cost_released"] == 0
    holds(row)


def test_on_the_day_of_the_sale_the_points_leave_with_it(entity, bank) -> None:
    due = weeks_ago(2)
    for relation in ("TRANSACTION", "TIME_PERIOD"):
        designated(entity, bank, due=due, designated_component="SPOT", file={"cost_relation": relation})
    for day in (due, TODAY):
        rows = measured.on(day)
        assert [row["reserve_balance"] for row in rows] == [0, 0]
        assert [row["cost_reserve_balance"] for row in rows] == [0, 0]
        for row in rows:
            holds(row)
            assert row["settled_amount"] == row["opening_fair_value"] + row["fair_value_change"]
        related, over_time = rows
        assert related["cost_released"] == related["cost_recognised"] != 0
        assert (
            abs(over_time["cost_amortised"] + over_time["cost_recognised"] - over_time["cost_released"]) == 0
        )
        # All of it is amortised but the points of the spot lag: the forward to that day is not its spot rate.
        assert abs(over_time["cost_released"]) < abs(over_time["cost_amortised"]) / 20
    assert {row["life_stage"] for row in rows} == {"MATURED"}


def option(entity, bank, due=DUE, strike="0.92"):
    return book.instrument(
        "OPTION", -NOTIONAL, of=entity, counterparty=bank, strike_rate=Decimal(strike), option_kind="PUT",
        option_side="BOUGHT", premium_amount=Decimal(-9000), premium_currency_id="EUR", trade_date=START,
        counter_amount=Decimal(NOTIONAL) * Decimal(strike), counter_currency_id="EUR", expiry_date=due,
        settlement_date=due,
    )  # fmt: skip


@pytest.mark.parametrize("due", [DUE, weeks_ago(2)])
def test_a_time_value_that_is_just_the_items_is_all_a_cost_of_hedging(entity, bank, due) -> None:
    item = book.exposure(NOTIONAL, of=entity, expected_date=due)
    book.relationship(
        of=entity, items=[(item, NOTIONAL)], instruments=[(option(entity, bank, due), -NOTIONAL)],
        designated_component="INTRINSIC", designation_date=START, hedge_end_date=due,
    )  # fmt: skip
    [row], [cost] = measured.on(TODAY), measured.costs_on(TODAY)
    assert (cost["element"], row["status"]) == ("TIME_VALUE", "OK")
    assert cost["knot_actual_values"] == cost["knot_aligned_values"]
    assert cost["knot_actual_values"][0] > 0
    assert cost["cost_recognised"] == cost["knot_actual_values"][-1] - cost["knot_actual_values"][0]
    if due < TODAY:
        assert cost["cost_recognised"] == -cost["knot_actual_values"][0], "no time value is left"
        assert row["cost_reserve_balance"] == row["reserve_balance"] == 0
    holds(row)


def test_ias_39_takes_excluded_components_to_profit_or_loss(entity, bank) -> None:
    entity = company("IAS39")
    designated(entity, bank, designated_component="SPOT")
    [row], [cost] = measured.on(TODAY), measured.costs_on(TODAY)
    assert row["cost_recognised"] == row["cost_reserve_balance"] == 0
    assert (
        cost["excluded_in_profit_or_loss"] == cost["knot_actual_values"][-1] - cost["knot_actual_values"][0]
    )
    holds(row)


def test_asc_815_keeps_the_whole_change_in_equity(entity, bank) -> None:
    entity = company("ASC815")
    designated(entity, bank, item=300_000)
    [row] = measured.on(TODAY)
    assert row["cumulative_recognised"] == row["cumulative_change_instrument"]
    assert row["cumulative_ineffectiveness"] == 0
    holds(row)


def test_purchases_go_into_their_cost_and_under_asc_815_later_to_profit_or_loss(entity, bank) -> None:
    due, pattern = weeks_ago(6), {"release_pattern": "BASIS_ADJUSTMENT"}
    designated(entity, bank, due=due, file=pattern)
    kept = pattern | {"earnings_lag_days": 28, "keeps_basis_in_reserve": True}
    designated(company("ASC815"), bank, due=due, file=kept)
    for day, waits in ((due, True), (due + timedelta(days=27), True), (due + timedelta(days=28), False)):
        ours, theirs = measured.on(day)
        assert ours["cumulative_basis_adjusted"] == ours["cumulative_recognised"] != 0
        assert (ours["cumulative_reclassified"], ours["reserve_balance"]) == (0, 0)
        assert theirs["cumulative_basis_adjusted"] == 0
        assert (theirs["reserve_balance"] != 0) == waits
        assert day == due or theirs["life_stage"] == ("WAITING" if waits else "MATURED")


def test_a_recognised_receivable_is_offset_as_it_is_remeasured(entity, bank) -> None:
    designated(entity, bank, kind="RECOGNISED_ASSET", file={"release_pattern": "AS_REMEASURED"})
    [row] = measured.on(TODAY)
    points = NOTIONAL * (forward(DUE, START, spot_of(30)) - spot_of(30))
    passed = (TODAY - START).days / (DUE - START).days
    assert near(row["cumulative_reclassified"], -NOTIONAL * (spot_of(0) - spot_of(30)) + points * passed)
    assert row["reserve_balance"] == row["cumulative_recognised"] - row["cumulative_reclassified"]
    assert abs(row["reserve_balance"]) < abs(row["cumulative_recognised"])
    holds(row)


def test_a_net_investment_stays_in_equity(entity, bank) -> None:
    designated(
        entity,
        bank,
        kind="NET_INVESTMENT",
        hedge_type="NET_INVESTMENT",
        designated_component="SPOT",
        due=weeks_ago(3),
    )
    [row] = measured.on(TODAY)
    assert row["cumulative_recognised"] == row["reserve_balance"] != 0
    assert row["cumulative_reclassified"] == 0
    assert near(row["cumulative_change_hypothetical"], -NOTIONAL * (spot_of(3) - spot_of(30)))
    assert row["life_stage"] == "WAITING"
    holds(row)


def test_net_assets_that_shrink_release_nothing_and_a_disposal_all(entity, bank) -> None:
    due = weeks_ago(6)
    version, _ = designated(
        entity, bank, kind="NET_INVESTMENT", hedge_type="NET_INVESTMENT", designated_component="SPOT", due=due
    )
    item = version.item_allocations.get().exposure_version
    amended(item, weeks_ago(12), exposure_amount=Decimal(500_000))
    amended(item, weeks_ago(3), status="SETTLED")
    [before], [after] = measured.on(weeks_ago(4)), measured.on(TODAY)
    assert before["reserve_balance"] == before["cumulative_recognised"] != 0
    # Of the months that begin with 500,000 only these count; they shrank on 7 August.
    first, rest = spot_of(9) - spot_of(30), spot_of(6) - spot_of(9)
    assert near(before["cumulative_change_hypothetical"], -NOTIONAL * first - 500_000 * rest)
    assert after["reserve_balance"] == 0
    assert after["cumulative_reclassified"] == before["cumulative_recognised"]


def amended(item: ExposureVersion, day: date, **fields) -> None:
    """A further approved version of an exposure from a day on."""
    terms = {
        name: getattr(item, name)
        for name in ("exposure", "risk", "kind", "exposure_amount", "exposure_currency", "expected_date")
    }
    version = ExposureVersion(valid_from=day, **(terms | fields))
    recorded = recording.amend(versions=[version], actor=book.user(), reason="as the business says")
    approval.decide(versions=recorded, approvals=ExposureVersionApproval, actor=book.user())


def test_a_firm_commitment_becomes_an_asset_or_a_liability_and_leaves_with_the_item(entity, bank) -> None:
    due = weeks_ago(2)
    designated(entity, bank, due=due, kind="FIRM_COMMITMENT", hedge_type="FAIR_VALUE")
    day = weeks_ago(10)
    [row], [last] = measured.on(day), measured.on(TODAY)
    change = NOTIONAL * (forward(due, day, spot_of(10)) - forward(due, START, spot_of(30))) * factor(due, day)
    assert near(row["item_adjustment"], change)
    assert row["cumulative_ineffectiveness"] == row["cumulative_change_instrument"] + row["item_adjustment"]
    assert row["cumulative_recognised"] == row["reserve_balance"] == row["item_adjustment_amortised"] == 0
    assert last["item_adjustment_amortised"] == last["item_adjustment"] != 0
    for one in (row, last):
        holds(one)


def test_a_forecast_that_is_cut_gives_its_share_to_profit_or_loss(entity, bank) -> None:
    version, _ = designated(entity, bank, due=weeks_ago(2), file={"release_pattern": "BASIS_ADJUSTMENT"})
    item = version.item_allocations.get().exposure_version
    cut = weeks_ago(12)
    amended(item, cut, exposure_amount=Decimal(450_000))
    [before], [on_the_day], [last] = (
        measured.on(cut - timedelta(days=1)),
        measured.on(cut),
        measured.on(TODAY),
    )
    assert before["cumulative_reclassified"] == 0
    assert abs(on_the_day["cumulative_reclassified"] * 4 - on_the_day["cumulative_recognised"]) <= Decimal(
        "0.02"
    )
    assert last["cumulative_reclassified"] == on_the_day["cumulative_reclassified"]
    assert last["reserve_balance"] == 0 != last["cumulative_basis_adjusted"]
    holds(last)


def test_the_cost_of_a_lost_transaction_stands_apart_from_that_of_one_that_happened(entity, bank) -> None:
    file = {"release_pattern": "BASIS_ADJUSTMENT", "cost_relation": "TRANSACTION"}
    version, _ = designated(entity, bank, due=weeks_ago(2), designated_component="SPOT", file=file)
    cut = weeks_ago(12)
    amended(version.item_allocations.get().exposure_version, cut, exposure_amount=Decimal(450_000))
    [before], [on_the_day], [last] = (measured.on(day) for day in (cut - timedelta(days=1), cut, TODAY))
    assert before["cost_lost"] == before["cost_released"] == on_the_day["cost_released"] == 0
    assert abs(on_the_day["cost_lost"] * 4 - on_the_day["cost_recognised"]) <= Decimal("0.02")
    assert last["cost_lost"] == on_the_day["cost_lost"] != 0
    assert last["cost_released"] == last["cost_recognised"] - last["cost_lost"] != 0
    for row in (before, on_the_day, last):
        holds(row)


def test_shards_change_no_digit(entity, bank) -> None:
    for _ in range(5):
        designated(entity, bank)
    key = lambda row: row["relationship_id"]  # noqa: E731
    assert sorted(measured.on(TODAY), key=key) == sorted(measured.on(TODAY, shards=3), key=key)
