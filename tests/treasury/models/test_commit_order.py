"""Changes are numbered in the order in which their commits can be seen: whoever reads up to a number misses none."""

import random
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories import book
from treasury.domain import audit
from treasury.models import Commit, Counterparty
from treasury.queries import changes
from treasury.queries.changes import Place


def in_a_thread(work: Callable[[], Any]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def follow(since: Place) -> tuple[list[int], Place]:
    """The counterparties that were made since."""
    found: list[int] = []
    while True:
        page = changes.after(since, entity_ids=[], size=7, only=["counterparties"])
        found += [change.id for change in page.changes]
        since = page.upto
        if not page.has_more:
            return found, since


def test_a_transaction_that_commits_late_is_told_late_and_not_missed(committed_db: Any) -> None:
    start, named, may_commit = changes.end(), threading.Event(), threading.Event()

    def late() -> None:
        with transaction.atomic():
            book.counterparty(code="LATE")
            named.set()
            may_commit.wait(10)

    thread = in_a_thread(late)
    assert named.wait(10)
    early = Counterparty.objects.get(pk=book.counterparty().pk)
    seen, upto = follow(start)
    assert seen == [early.pk]
    may_commit.set()
    thread.join()
    late_one = Counterparty.objects.get(code="LATE")
    assert late_one.event_id < early.event_id
    assert follow(upto)[0] == [late_one.pk]


def test_nobody_commits_between_a_number_and_its_commit(committed_db: Any) -> None:
    """The moment between the two, held open: the next commit waits for it."""
    numbered, may_commit = threading.Event(), threading.Event()

    def first() -> None:
        with transaction.atomic():
            book.counterparty(code="FIRST")
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            numbered.set()
            may_commit.wait(10)

    one = in_a_thread(first)
    assert numbered.wait(10)
    other = in_a_thread(lambda: book.counterparty(code="SECOND"))
    other.join(0.5)
    assert other.is_alive()
    assert not Counterparty.objects.filter(code="SECOND").exists()
    may_commit.set()
    one.join()
    other.join()
    order = Commit.objects.filter(event__in=Counterparty.objects.values("event")).order_by("number")
    made = [Counterparty.objects.get(event=commit.event_id).code for commit in order]
    assert made[-2:] == ["FIRST", "SECOND"]


def test_readers_beside_writers_miss_nothing_and_read_nothing_twice(committed_db: Any) -> None:
    start, done, read = changes.end(), threading.Event(), [[], []]

    def write(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(12):
            with transaction.atomic():
                book.counterparty()
                time.sleep(chance.random() / 50)

    def reader(place: int) -> None:
        since = start
        while True:
            last = done.is_set()
            found, since = follow(since)
            read[place] += found
            if last:
                return

    readers = [in_a_thread(lambda place=place: reader(place)) for place in range(2)]
    writers = [in_a_thread(lambda seed=seed: write(seed)) for seed in range(6)]
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert read[0] == read[1]
    assert sorted(read[0]) == sorted(Counterparty.objects.values_list("pk", flat=True))
    assert len(read[0]) == 72


def test_what_is_rolled_back_has_no_number_and_leaves_the_feed_as_it_was(committed_db: Any) -> None:
    start = changes.end()
    with pytest.raises(RuntimeError), transaction.atomic():
        book.counterparty()
        raise RuntimeError
    assert changes.end() == start
    assert not Commit.objects.filter(number=None).exists()


@pytest.mark.django_db
def test_the_application_writes_no_number() -> None:
    with audit.action("test.numbered", actor=None):
        pass
    for statement in (
        "INSERT INTO treasury_commit (event_id, recorded_at) SELECT id, now() FROM treasury_auditevent LIMIT 1",
        "UPDATE treasury_commit SET number = 1",
        "SELECT nextval('treasury_commit_order')",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_a_number_stays_for_the_owner_too(owner_connection: Any) -> None:
    book.counterparty()
    for statement in ("UPDATE treasury_commit SET number = number + 100", "DELETE FROM treasury_commit"):
        with pytest.raises(DatabaseError, match="is refused"), transaction.atomic(using="owner"):
            owner_connection.cursor().execute(statement)
