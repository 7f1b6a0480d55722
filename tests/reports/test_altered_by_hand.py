"""A ledger that is not what was measured: the application cannot make one; what the owner altered is found."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from reports.domain import roll_forward
from reports.queries import roll_forwards
from reports.queries.span import Span
from tests.factories import accounting, book
from tests.factories.hedge_year import MONTHS, relationship
from tests.factories.web import signed_in

pytestmark = pytest.mark.database


def rows(entity: Any) -> tuple[list, Any]:
    span = Span([entity.pk], date(2026, 1, 1), date(2026, 4, 1))
    return roll_forwards.roll_forward(span), roll_forward.proof(roll_forward.by_entity(span))


def test_a_line_that_was_not_measured_shows_as_a_difference(owner_connection: Any) -> None:
    accounting.untied(owner_connection)
    entity = book.entity()
    version = relationship(entity)
    measured = accounting.measurement(version, cumulative_recognised=39, reserve_balance=39)
    accounting.closed_month(
        entity, MONTHS[0], [accounting.remeasurement(version, 40, 40)], [measured], tied=False
    )
    found, proof = rows(entity)
    assert (found[0]["closing"], found[0]["measured"], found[0]["difference"]) == (40, 39, 1)
    assert (proof.differing, proof.holds) == (1, False)
    page = signed_in().get(reverse("roll-forward") + "?first=2026-01").content.decode()
    assert "differ from what the close has measured" in page


def test_a_measurement_that_was_not_posted_shows_as_a_difference(owner_connection: Any) -> None:
    accounting.untied(owner_connection)
    entity = book.entity()
    measured = accounting.measurement(relationship(entity), cumulative_recognised=7)
    accounting.closed_month(entity, MONTHS[0], [], [measured], tied=False)
    found, _ = rows(entity)
    assert (found[0]["closing"], found[0]["measured"], found[0]["difference"]) == (0, 7, -7)
