"""What stands in the way of a close is named with what to do, in a fixed number of statements."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hedges.domain import closing
from hedges.domain.assessment import decisions
from hedges.queries import after_measurement, before_close
from tests.factories import book, changes, closable, market, night

pytestmark = pytest.mark.django_db
SEPTEMBER_END = date(2026, 9, 30)


def test_only_the_newest_version_waits_and_only_for_its_time() -> None:
    entity = book.entity()
    later = book.exposure(of=entity, approve=False, valid_from=date(2026, 10, 1))
    waiting = book.exposure(of=entity, approve=False)
    book.forward(of=entity, approve=False)
    names = before_close.waiting_versions(entity, SEPTEMBER_END)
    assert [name.split()[0] for name in names] == ["exposure", "instrument"]
    assert waiting.exposure.external_reference in names[0]
    assert later.exposure.external_reference not in " ".join(names)
    assert before_close.waiting_versions(book.entity(), SEPTEMBER_END) == []


def test_a_relationship_that_waits_for_approval_is_named() -> None:
    entity = book.entity()
    item, hedge = book.exposure(of=entity), book.forward(of=entity)
    version = book.relationship(
        of=entity, items=[(item, 600_000)], instruments=[(hedge, -600_000)], approve=False
    )
    found = closing.blockers(entity, closable.MONTH)
    texts = [one.text for one in found if one.code == "waiting"]
    assert texts == [
        f"relationship {version.relationship.code} version 1 waits for approval: approve or reject it."
    ]


def test_a_month_further_on_is_told_which_one_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    closable.measures(monkeypatch, lambda version: closable.whole())
    entity = closable.ready()
    closable.close(entity)
    monkeypatch.setattr("hedges.domain.before_close.today", lambda entity: date(2027, 3, 1))
    monkeypatch.setattr("hedges.domain.before_close._rates", lambda entity, end: [])
    found = [one for one in closing.blockers(entity, date(2026, 12, 1)) if one.code == "order"]
    assert [one.text for one in found] == ["2026-10 is open: close it first, periods are closed in order."]


def test_a_fact_that_demands_a_change_is_named() -> None:
    entity = closable.ready()
    version = closable.versions(entity)[0]
    code = version.relationship.code
    changes.exposure_says(changes.items(version)[0], on=date(2026, 9, 14), status="CANCELLED")
    (found,) = closing.blockers(entity, closable.MONTH)
    assert (found.code, found.subject) == ("demanded", code)
    assert found.text.startswith(f"{code} has to change: ")
    assert "2026-09-14" in found.text
    assert found.text.endswith(": propose it and have it approved.")


def test_a_failed_credit_criterion_waits_for_a_person() -> None:
    made = night.small_book()
    version = made["relationships"][0]
    run = night.published(
        [night.effectiveness(version, credit_risk_status="NOT_EFFECTIVE")], as_of=SEPTEMBER_END
    )
    code = version.relationship.code
    assert after_measurement.undecided_credit(run.pk, SEPTEMBER_END) == [code]
    assert [one.code for one in closing.measured(run)] == ["credit"]
    decisions.decide(
        relationship=version.relationship,
        subject="CREDIT_RISK",
        as_of_date=SEPTEMBER_END,
        status="EFFECTIVE",
        reason="the bank was rescued",
        actor=book.user("APPROVER"),
    )
    assert closing.measured(run) == []


def statements(entity: Any) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert closing.blockers(entity, closable.MONTH) == []
    return len(seen)


def test_the_book_s_size_costs_no_statement() -> None:
    market.record()
    small, large = closable.hedges(1), closable.hedges(5)
    statements(small)  # the market is read once
    assert statements(small) == statements(large)
