"""The desk of the workflow's tests."""

import pytest

from tests.hedges.web.workflow.desk import Desk


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()
