"""A run of one's own that leaves something out, or whose amounts do not add up, closes no month.

Tried past the domain, by plain writes of the application's role in a preparer's action.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from hedges.models import AccountingPeriod
from tests.factories import accounting, clock, closable

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)
HUNDRED = {
    "fair_value_change": 100, "carrying_amount": 100, "cumulative_change_instrument": 100,
    "cumulative_change_hypothetical": 90, "cumulative_recognised": 90, "cumulative_ineffectiveness": 10,
    "reserve_balance": 90,
}  # fmt: skip


@pytest.fixture
def version() -> Any:
    (found,) = closable.versions(closable.hedges())
    return found


def forged(version: Any, *amounts: dict[str, Any], posted: bool = False, **how: Any) -> str:
    """What the database says to a close with these measurements; nothing where it takes them."""
    rows = [accounting.measurement(version, **one) for one in amounts]
    entries = [accounting.remeasurement(version, 100, 90)] if posted else []
    try:
        with transaction.atomic():
            accounting.closed_month(version.entity, SEPTEMBER, entries, rows, tied=False, **how)
    except DatabaseError as error:
        assert not AccountingPeriod.objects.filter(status="CLOSED").exists()
        return str(error)
    return ""


def test_what_is_whole_is_taken(version) -> None:
    assert forged(version, HUNDRED, posted=True) == ""
    assert AccountingPeriod.objects.get().status == "CLOSED"


def test_a_close_that_measured_nothing(version) -> None:
    assert f"has not measured {version.relationship.code}" in forged(version)


@pytest.mark.parametrize("step", ["EFFECTIVENESS", "MEASUREMENT"])
def test_a_close_without_one_of_its_steps(version, step) -> None:
    other = {"EFFECTIVENESS", "MEASUREMENT"} - {step}
    assert f"has not done its step {step}" in forged(version, {}, steps=tuple(other))


def test_a_close_of_half_its_shards(version) -> None:
    assert "has not done its step" in forged(version, {}, shard_count=2)


def test_a_month_that_is_not_over(version) -> None:
    with clock.at(date(2026, 9, 30)):
        assert "the month lasts until 2026-09-30" in forged(version, {})


@pytest.mark.parametrize(
    "fields",
    [{"functional_currency": "USD"}, {"status": "UNDEFINED", "reasons": ["rate_missing"]}],
)
def test_a_measurement_of_something_else(version, fields) -> None:
    assert "has not measured" in forged(version, fields)


@pytest.mark.parametrize(
    "fields", [{"framework": "ASC815"}, {"hedge_type": "NET_INVESTMENT"}, {"hedge_type": "FAIR_VALUE"}]
)
def test_a_measurement_as_another_hedge_than_the_designated_one(version, fields) -> None:
    assert f"{version.relationship.code} was measured as another hedge" in forged(version, fields)


def test_a_measurement_by_the_version_of_another_hedge(version) -> None:
    (other,) = closable.versions(closable.hedges())
    row = accounting.measurement(version)
    row.relationship_version = other
    with pytest.raises(DatabaseError, match="was measured as another hedge"), transaction.atomic():
        accounting.closed_month(version.entity, SEPTEMBER, [], [row], tied=False)


def test_a_loss_that_nobody_has_stated_or_not_as_much(version) -> None:
    loss = {
        "fair_value_change": -100, "carrying_amount": -100, "cumulative_change_instrument": -100,
        "cumulative_change_hypothetical": -100, "cumulative_recognised": -100, "loss_not_recovered": -60,
        "reserve_balance": -40,
    }  # fmt: skip
    said = f"of {version.relationship.code} more loss is taken out of the reserve than was stated"
    assert said in forged(version, loss)
    closable.loss_stated(version, amount=Decimal(59))
    assert said in forged(version, loss)
    closable.loss_stated(version, amount=Decimal(1))
    assert said not in forged(version, loss)


@pytest.mark.parametrize(
    "fields", [{"loss_not_recovered": 60, "reserve_balance": -60}, {"loss_not_recovered": -1}]
)
def test_what_is_not_recovered_is_a_loss_and_has_left_the_reserve(version, fields) -> None:
    assert "measurement_" in forged(version, fields)


def test_a_close_that_overlooks_a_loss(version) -> None:
    closable.loss_stated(version, amount=Decimal(5), approve=False)
    assert f"losses of {version.relationship.code} wait for a decision" in forged(
        version, HUNDRED, posted=True
    )


@pytest.mark.parametrize(
    ("name", "by", "said"),
    [
        ("fair_value_change", 7, "do not add up"),
        ("carrying_amount", 99, "do not add up"),
        ("settled_amount", 99, "do not add up"),
        ("cumulative_change_instrument", 1, "do not add up"),
        ("cumulative_change_hypothetical", -90, "is not the lower of"),
        ("reserve_balance", 1_000_000, "measurement_reserve"),
        ("cost_reserve_balance", 1, "measurement_cost_reserve"),
        ("item_adjustment", 1, "measurement_of_its_kind"),
        ("item_adjustment_amortised", 1, "measurement_of_its_kind"),
    ],
)
def test_an_amount_that_is_not_posted_and_doctored(version, name, by, said) -> None:
    assert said in forged(version, HUNDRED | {name: HUNDRED.get(name, 0) + by}, posted=True)


def test_ifrs_9_knows_no_period_that_does_not_qualify(version) -> None:
    assert "measurement_ifrs9_qualifies" in forged(version, HUNDRED | {"is_qualifying": False}, posted=True)


@pytest.mark.parametrize(
    ("name", "last"),
    [("knot_instrument_changes", 99), ("knot_hypothetical_changes", 0), ("knot_recognised", 100), ("knot_dates", None)],
)  # fmt: skip
def test_a_path_that_ends_elsewhere(version, name, last) -> None:
    path = {
        "knot_dates": [SEPTEMBER, date(2026, 9, 30)], "knot_qualifying": [True, True],
        "knot_instrument_changes": [Decimal(0), Decimal(100)], "knot_recognised": [Decimal(0), Decimal(90)],
        "knot_hypothetical_changes": [Decimal(0), Decimal(90)],
    }  # fmt: skip
    changed = path[name][:1] if last is None else [*path[name][:1], Decimal(last)]
    assert "measurement_path" in forged(version, HUNDRED | path | {name: changed}, posted=True)
    assert forged(version, HUNDRED | path, posted=True) == ""
