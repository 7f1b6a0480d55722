"""A period under IFRS 9 is closed only with a reserve that is the lower of the two cumulative changes."""

from typing import Any

import pytest

from hedges.models import AccountingPeriod, JournalEntry, MeasurementResult
from tests.factories import accounting, book, closable, market
from tests.factories.hedge_year import MONTHS, under_two_frameworks
from treasury.enums import RunStatus

pytestmark = pytest.mark.django_db


def closed(monkeypatch: pytest.MonkeyPatch, change: int, item: int, kept: int, **fields: Any) -> Any:
    """A close that measures this: everything adds up, and is posted as measured."""
    row = closable.whole(
        cumulative_change_instrument=change, cumulative_change_hypothetical=item, cumulative_recognised=kept,
        cumulative_ineffectiveness=change - kept, reserve_balance=kept,
    )  # fmt: skip
    closable.measures(monkeypatch, lambda version: row)
    market.record()
    entity = closable.ready_of(**fields) if fields else closable.hedges()
    return entity, closable.close(entity)


@pytest.mark.parametrize(
    ("change", "item", "kept"),
    [(40, 42, 40), (100, 90, 90), (-10, 5, 0), (-33, -30, -30), (60, -8, 0), (0, 7, 0), (0, 0, 0)],
)
def test_the_table_of_the_rules_is_taken(monkeypatch, change: int, item: int, kept: int) -> None:
    _, run = closed(monkeypatch, change, item, kept)
    assert run.status == RunStatus.PUBLISHED, run.status_reason


@pytest.mark.parametrize(
    ("change", "item", "kept"), [(100, 90, 100), (40, 42, 39), (-10, 5, -10), (-33, -30, 30), (60, -8, 60)]
)
def test_a_doctored_reserve_is_refused_and_leaves_nothing(
    monkeypatch, change: int, item: int, kept: int
) -> None:
    entity, run = closed(monkeypatch, change, item, kept)
    assert run.status == RunStatus.FAILED
    (version,) = closable.versions(entity)
    assert f"what {version.relationship.code} has in equity is not the lower" in run.status_reason
    assert not JournalEntry.objects.filter(entity=entity).exists()


@pytest.mark.parametrize("framework", ["IAS39", "ASC815"])
def test_other_frameworks_go_by_what_qualified_or_take_it_whole(framework: str) -> None:
    entity = book.entity()
    first, other = under_two_frameworks(entity, framework)
    entries = [accounting.remeasurement(one, 100, 100) for one in (first, other)]
    measured = [
        accounting.measurement(
            one, cumulative_change_instrument=100, cumulative_change_hypothetical=item, cumulative_recognised=100,
            fair_value_change=100, reserve_balance=100,
        )
        for one, item in ((first, 100), (other, 90))
    ]  # fmt: skip
    accounting.closed_month(entity, MONTHS[0], entries, measured)
    assert AccountingPeriod.objects.get(entity=entity).status == "CLOSED"


def test_a_net_investment_is_held_to_it_too(monkeypatch) -> None:
    _, run = closed(monkeypatch, 100, 90, 100, hedge_type="NET_INVESTMENT")
    assert run.status == RunStatus.FAILED
    assert "is not the lower of the two cumulative changes" in run.status_reason
    assert not MeasurementResult.objects.filter(run=run, run__status="PUBLISHED").exists()
