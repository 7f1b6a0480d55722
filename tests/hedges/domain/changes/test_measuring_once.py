"""Two persons ask at the same time for the closed months of one entity to be measured: it is asked for once."""

from threading import Thread
from typing import Any

from django.db import connections, transaction

from exposures.models import BulkJob
from hedges.domain.changes import measuring_again
from tests.factories import book
from treasury.domain.refusals import Refusal


def test_who_asks_second_waits_and_is_refused(committed_db: Any, queue: str) -> None:
    entity = book.entity()
    people = [book.user("HEDGE_ACCOUNTANT", entity=entity) for _ in range(2)]
    said: list[str] = []

    def second() -> None:
        try:
            measuring_again.ask(entity=entity, actor=people[1])
        except Refusal as refusal:
            said.append(str(refusal))
        finally:
            connections.close_all()

    other = Thread(target=second)
    with transaction.atomic():
        measuring_again.ask(entity=entity, actor=people[0])
        other.start()
        other.join(1)
        assert other.is_alive(), "it does not wait for the one before"
    other.join(60)
    assert ["being measured already" in words for words in said] == [True]
    assert BulkJob.objects.count() == 1
