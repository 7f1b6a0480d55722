"""Corrections of months that were closed before the database asked for a row of every hedge."""

import pytest

from hedges.domain.changes import corrections
from hedges.models import AccountingPeriod
from tests.factories import accounting
from tests.hedges.domain.changes.test_corrections import MONTH, dollars

pytestmark = pytest.mark.database


def test_what_was_not_published_is_none_and_not_zero(owner_connection):
    accounting.untied(owner_connection)
    version = dollars()
    accounting.closed_month(version.entity, MONTH, tied=False)
    run = AccountingPeriod.objects.get(entity=version.entity).run
    again = corrections._measured_again(version.entity, run, None)
    found = {one.field: (one.published, one.recomputed) for one in again}
    assert found["reserve_balance"] == (None, 200)
    assert "cumulative_reclassified" not in found
