"""Inputs of this moment: a run's market without a run, kept while nothing changes, provable when it is recorded."""

from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest

from hedges.domain import designation, unsealed
from hedges.domain.lookup import lookup
from hedges.domain.sealed import Shard, sealed_inputs
from hedges.queries import relationship_columns
from tests.factories import book, clock, hedged, market
from treasury.domain import audit, market_quotes
from treasury.models import MarketDataSnapshot, RateCurve
from treasury.queries.market import market_of

pytestmark = pytest.mark.django_db


def test_it_is_the_market_of_a_night_of_this_moment() -> None:
    market.record(*market.quotes(), *market.rates())
    hedged.hedged_book(1)
    run = hedged.night()
    sealed, now = sealed_inputs(run.pk), unsealed.inputs_now(book.TODAY)
    days = np.array([book.TODAY.toordinal() - 7 * week for week in range(20)])
    risk = np.zeros(days.size, dtype=np.int64) + sealed.lookup.position(book.risk().pk)
    target = days + 200
    for name in ("parity_forward", "factor"):
        assert (
            getattr(now.lookup, name)(risk, days, target) == getattr(sealed.lookup, name)(risk, days, target)
        ).all()
    found = relationship_columns.relationships(Shard(now, 0, 1).at, by="relationship_id")
    assert found["relationship_id"].size == 1


def test_it_is_kept_while_no_quote_is_added() -> None:
    market.record()
    first = unsealed.inputs_now(book.TODAY).lookup.market
    assert unsealed.inputs_now(book.TODAY).lookup.market is first
    added = ("ZERO_RATE", "CHF", "1Y", book.TODAY, Decimal("0.01"), "TEST", True)
    market_quotes.record(quotes=[added], actor=None)
    assert unsealed.inputs_now(book.TODAY).lookup.market is not first


def test_a_quote_that_was_not_known_then_is_not_there() -> None:
    before = unsealed.database_time()
    market.record()
    assert unsealed.inputs_now(book.TODAY, known_at=before).seen.quote_count == 0
    assert unsealed.inputs_now(book.TODAY).seen.quote_count > 0


def test_what_is_recorded_of_it_is_read_again_and_reused() -> None:
    book.risk()
    market.record(*market.quotes(), *market.rates(weeks=2))
    snapshots = []
    for _ in range(2):
        with audit.action("test.assessed", actor=None):
            sealed = unsealed.inputs_now(book.TODAY, known_at=unsealed.hold_quotes())
            snapshots.append(unsealed.recorded_snapshot(sealed))
    assert snapshots[0].pk == snapshots[1].pk
    assert RateCurve.objects.count() == len(sealed.seen.needs) > 0
    read = market_of(MarketDataSnapshot.objects.get(pk=snapshots[0].pk))
    day, target = np.array([book.TODAY.toordinal()]), np.array([book.TODAY.toordinal() + 400])
    risk = sealed.lookup.position([book.risk().pk])
    again = lookup(read, sealed.reference.risks)
    assert again.factor(risk, day, target) == sealed.lookup.factor(risk, day, target)


def test_a_draft_counts_before_it_is_approved() -> None:
    market.record()
    entity = book.entity()
    book.rule_pack()
    item, hedge = book.exposure(of=entity), book.forward(of=entity)
    version = book.relationship(
        of=entity, items=[(item, 600_000)], instruments=[(hedge, -600_000)], approve=False,
        designation_date=book.TODAY - timedelta(days=7),
    )  # fmt: skip
    for drafts, count in (((), 0), ((version.pk,), 1)):
        shard = Shard(unsealed.inputs_now(book.TODAY, drafts=drafts), 0, 1)
        for part in (
            relationship_columns.relationships,
            relationship_columns.items,
            relationship_columns.instruments,
        ):
            assert part(shard.at, by="relationship_id")["relationship_id"].size == count, (part, drafts)


def test_changes_begin_on_the_day_of_the_documentation() -> None:
    """Designated a week earlier by its own words, documented now: nothing counts before (6.4.1(b))."""
    entity = book.entity()
    item, hedge = book.exposure(of=entity), book.forward(of=entity)
    draft = book.unsaved_relationship(
        of=entity, items=[(item, 600_000)], instruments=[(hedge, -600_000)], late_reason="A strike.",
        designation_date=book.TODAY - timedelta(days=7),
    )  # fmt: skip
    with clock.at(book.TODAY):
        (version,) = designation.designate(
            designations=[draft], actor=book.user("HEDGE_ACCOUNTANT"), support=book.bare_support
        )
        shard = Shard(unsealed.inputs_now(book.TODAY, drafts=[version.pk]), 0, 1)
    found = relationship_columns.relationships(shard.at, by="relationship_id")
    assert found["accounting_from"].tolist() == [book.TODAY.toordinal()]
