"""The demo company in a database of its own, made once for the tests that look at it."""

import os
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from treasury.demo.market.reference_rates import business_date

# Interrupted here: in the middle of the deals, before the first night.
INTERRUPTED_AT = 60


class PowerCutError(Exception):
    pass


def _interrupt(done: int, count: int, what: str) -> None:
    if done == INTERRUPTED_AT:
        raise PowerCutError


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, test_databases: Any, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """A database of this file's own with the whole history and the last of the past nights, written in two starts."""
    from tests.harness.databases import pointed_at
    from treasury.demo.nights import past_night
    from treasury.demo.seeding import people, progress
    from treasury.demo.seeding.timeline import past_nights

    nights: list[date] = []

    def run_night(day: date) -> None:
        nights.append(day)
        if day == past_nights()[-1]:
            past_night(day)

    with django_db_blocker.unblock():
        clone = test_databases.clone(f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_demo")
        with pointed_at(clone.name):
            users = people.ensure_people({person.username: "x" for person in people.PEOPLE})
            with pytest.raises(PowerCutError):
                progress.seed(people=users, run_night=run_night, tell=_interrupt)
            first = len(nights)
            rest = progress.seed(people=users, run_night=run_night)
            yield {
                "people": users,
                "nights": nights[first:],
                "rest": rest,
                "interrupted_at": INTERRUPTED_AT,
            }
        test_databases.drop(clone)


@pytest.fixture(scope="module")
def last_run(seeded: dict[str, Any]) -> Any:
    """The night of the business date, by the application's role at the time of the clock."""
    from treasury.demo.nights import past_night
    from treasury.models import CalculationRun

    past_night(business_date())
    return CalculationRun.objects.get(as_of_date=business_date())
