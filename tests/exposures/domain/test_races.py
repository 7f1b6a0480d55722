"""Two people at once: the second version is refused, and a split and a designation never take the same units."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from exposures.domain import lifecycle, splitting
from exposures.domain.next_version import Change
from exposures.domain.splitting import Part, Split
from exposures.models import ExposureVersionApproval
from tests.factories import book
from tests.factories.exposure_life import DAY
from treasury.domain import approval
from treasury.domain.refusals import Refusal


def at_once(*calls):
    """What came of each: None, or the refusal."""
    start = Barrier(len(calls))

    def run(call):
        try:
            start.wait(timeout=60)
            call()
        except Refusal as refusal:
            return str(refusal)
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_of_two_changes_of_one_version_one_is_refused(committed_db):
    version = book.exposure(of=book.entity())
    authors = [book.user(), book.user()]

    def change(verb, author, **terms):
        seen = Change(version.exposure_id, DAY, terms, 1)
        return lambda: verb(changes=[seen], actor=author, reason="at once")

    answers = at_once(
        change(lifecycle.settle, authors[0]), change(lifecycle.amend, authors[1], exposure_amount=Decimal(5))
    )
    assert sorted(answer is None for answer in answers) == [False, True]
    assert "changed meanwhile" in next(answer for answer in answers if answer)
    assert version.exposure.versions.count() == 2


def test_a_split_and_a_designation_never_take_the_same_units(committed_db):
    of = book.entity()
    item, forward = book.exposure(1_000_000, of=of), book.forward(-600_000, of=of)
    approver = book.user()
    versions = splitting.split(
        splits=[Split(item.exposure_id, DAY, [Part(Decimal(500_000))])],
        actor=book.user(),
        reason="two orders",
    )
    answers = at_once(
        lambda: approval.decide(versions=versions, approvals=ExposureVersionApproval, actor=approver),
        lambda: book.relationship(of=of, items=[(item, 600_000)], instruments=[(forward, -600_000)]),
    )
    assert any(answers), "both took the units"
    words = "has hedged items in the part|only the newest approved version can be designated"
    assert any(part in next(answer for answer in answers if answer) for part in words.split("|"))


@pytest.fixture(autouse=True)
def _risk(committed_db):
    book.risk()
