"""The office of the workflow's tests."""

import pytest

from tests.hedges.api.workflow.office import Office


@pytest.fixture
def office(db: None) -> Office:
    return Office()
