"""What holds in every life of a hedge that is closed month by month, whatever its prices and changes are."""

from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

import numpy as np
import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

from hedges.domain import closing
from hedges.domain.measurement import knots
from hedges.domain.measurement.book import read
from hedges.domain.measurement.measure import measure
from hedges.domain.sealed import Shard
from tests.factories import clock
from tests.workflow import ledger, lives
from tests.workflow.lives import Lived
from treasury.nightly.steps.context import sealed_inputs

pytestmark = pytest.mark.django_db
few = settings(
    max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture], print_blob=True,
    phases=[Phase.explicit, Phase.generate],
)  # fmt: skip
CUMULATIVE = (
    "opening_fair_value", "fair_value_change", "carrying_amount", "settled_amount", "no_longer_designated_amount",
    "cumulative_change_instrument", "cumulative_change_hypothetical", "cumulative_recognised",
    "cumulative_ineffectiveness", "cumulative_reclassified", "cumulative_basis_adjusted", "reserve_balance",
)  # fmt: skip


@contextmanager
def undone():
    """Nothing of an example is left for the next one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def within_the_smaller(row):
    """IFRS 9 6.5.11(a): on every day of the path, with the sign of the instrument's change, 0 where they differ."""
    for hedge, mirrored, kept in zip(
        row.knot_instrument_changes, row.knot_hypothetical_changes, row.knot_recognised, strict=True
    ):
        assert abs(kept) <= min(abs(hedge), abs(mirrored))
        assert kept * hedge >= 0
        assert kept == 0 or hedge * mirrored > 0


def measured_with_more_knots(row, every):
    """The same month measured with more days on its path."""
    months = knots._months

    def more(begun, last):
        days, of = months(begun, last)
        found = [np.arange(first, past + 1, every) for first, past in zip(begun, last, strict=True)]
        own = np.repeat(np.arange(begun.size), [part.size for part in found])
        return np.concatenate([days, *found]), np.concatenate([of, own])

    with patch.object(knots, "_months", more):
        shard = Shard(sealed_inputs(row.run_id), 0, 1)
        found = measure(shard.sealed, read(shard.at, run_id=row.run_id))
    assert found.known.all()
    assert found.knots.count[0] > len(row.knot_dates)
    return {name: found.amounts[name][0] for name in CUMULATIVE}


@few
@given(life=lives.lives())
def test_a_life_closed_month_by_month(life):
    with undone():
        lived = Lived(life)

        def each(row):
            ledger.holds(row)
            assert (
                row.reserve_balance + row.cumulative_reclassified + row.cumulative_basis_adjusted
                + row.cumulative_ineffectiveness
            ) == row.cumulative_change_instrument  # fmt: skip
            if life.framework == "IFRS9":
                within_the_smaller(row)
            split = measured_with_more_knots(row, 5)
            assert split == {name: int(getattr(row, name) * 100) for name in CUMULATIVE}

        last = lived.whole(each)
        ledger.balances_everywhere()
        ledger.rolls_forward(lived.of, lives.MONTHS[0], lives.MONTHS[-1])
        assert (last.reserve_balance, last.carrying_amount) == (0, 0)
        for role in (*ledger.RESERVES, "COST_OF_HEDGING_RESERVE", "DERIVATIVE"):
            assert ledger.posted(lived.version, role) == 0, role
        before = ledger.digests()
        assert before["hedges_measurementresult"][0] == len(lives.MONTHS)
        with clock.at(lives.MONTHS[-1] + timedelta(days=40)):
            for month in lives.MONTHS:
                again = closing.request(entity=lived.of, period=month, actor=None)
                assert again.is_closed and not again.is_new
        assert ledger.digests() == before


@settings(few, max_examples=3)
@given(life=lives.lives().filter(lambda life: life.framework == "IFRS9"))
def test_a_life_closed_at_once_comes_to_the_same(life):
    """Month by month, and again closed for the first time when the turn is over: the same ledger and measurement."""
    with undone():
        slow, quick = Lived(life), Lived(life)
        turned = life.day.replace(day=1)
        for month in lives.MONTHS[: lives.MONTHS.index(turned) + 1]:
            if month == turned:
                slow.turn()
                quick.turn()
            row = slow.close(month)
        again = quick.close(turned)
        for name in CUMULATIVE:
            assert getattr(row, name) == getattr(again, name), name
        for role in ledger.ROLES:
            assert ledger.posted(slow.version, role) == ledger.posted(quick.version, role), role
