"""Of several who have seen the same state and change it at once, one does; the others are told that it has changed."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection

from hedges.models import AccountMap, AccountMapVersion
from tests.factories import api
from tests.treasury.api.test_idempotency import Place
from treasury.api import tags
from treasury.models import Draft

MANY = 4


def at_once(change: Callable[[int], int]) -> list[int]:
    """The statuses of MANY requests that begin together."""
    together, answers = Barrier(MANY), []

    def one(number: int) -> None:
        try:
            together.wait(30)
            answers.append(change(number))
        finally:
            connection.close()

    threads = [Thread(target=one, args=[number]) for number in range(2, 2 + MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return sorted(answers)


def test_one_of_many_at_once_is_done(committed_db: Any) -> None:
    place = Place()
    assert place.post().status_code == 201
    current = f'"{tags.state(AccountMap.objects.get())}"'
    assert (
        at_once(lambda number: place.post(key=f"k-{number}", If_Match=current).status_code)
        == [201] + [412] * 3
    )
    assert AccountMapVersion.objects.count() == 2


def test_of_those_who_keep_a_first_draft_under_one_key_at_once_one_does(committed_db: Any) -> None:
    caller = api.by_token("TREASURER")
    body = {"key": "0b8f9f1e-5c0e-4f0e-9d5a-1f2e3d4c5b6a"}

    def keep(number: int) -> int:
        fields = [{"name": "amount", "value": f"{number}m"}]
        return caller.post(
            "trade-drafts/keep/", body | {"fields": fields}, headers={"If-Match": None}
        ).status_code

    assert at_once(keep) == [201] + [428] * 3
    assert Draft.objects.get().revision == 1
