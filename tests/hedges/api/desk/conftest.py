"""The office of the desk's tests: the same people and market as those of hedge accounting."""

from collections.abc import Iterator

import pytest

from tests.factories import clock
from tests.hedges.api.desk.trading import NOW
from tests.hedges.api.workflow.office import Office


@pytest.fixture
def office(db: None) -> Iterator[Office]:
    made = Office()
    with clock.at(NOW):
        yield made
