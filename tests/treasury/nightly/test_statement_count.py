"""No query and no save per row: the number of statements is the same for a small book and a larger one."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from tests.factories import hedged, market
from treasury.models import CalculationRun

pytestmark = pytest.mark.django_db
SHARDS = 2


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every statement that goes to the database, COPY included, wherever in the process it comes from."""
    seen: list[str] = []
    with monkeypatch.context() as patch:
        for name in ("execute", "executemany", "copy"):
            plain = getattr(psycopg.Cursor, name)

            def spy(
                self: Any, statement: Any, *args: Any, plain: Any = plain, name: str = name, **kwargs: Any
            ) -> Any:
                seen.append(f"{name} {re.sub(r'[0-9]+', '', str(statement))[:60]}")
                return plain(self, statement, *args, **kwargs)

            patch.setattr(psycopg.Cursor, name, spy)
        yield seen


def night_of(size: int, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], CalculationRun]:
    hedged.hedged_book(size)
    with counted(monkeypatch) as seen:
        run = hedged.night(shard_count=SHARDS, new_revision=True)
    return seen, run


def test_the_night_issues_the_same_number_of_statements_at_two_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    market.record()
    market.record(*market.rates("EUR"), *market.rates("USD"))
    # The first night of a process reads what it keeps, so the two that are compared come after it.
    hedged.hedged_book(1)
    hedged.night(shard_count=SHARDS)
    small, run = night_of(2, monkeypatch)
    large, larger_run = night_of(14, monkeypatch)
    assert larger_run.book_snapshot.relationship_count == run.book_snapshot.relationship_count + 14
    assert sum(statement.startswith("copy") for statement in small) > 20
    assert large == small
