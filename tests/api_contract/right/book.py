"""The book that is walked: one thing of everything that a list or an address shows."""

from __future__ import annotations

from typing import Any

from tests.api_contract.right.asked import OF_A_NIGHT, Walk
from tests.api_contract.right.own import HOST
from tests.factories import api, clock
from tests.hedges.api.desk.trading import NOW
from tests.hedges.api.workflow.office import Office
from tests.treasury.api.test_every_route_by_entity import Book


def walked(person: Any, settings: Any) -> Walk:
    """A book with everything, and the person who walks it."""
    settings.HEDGEBOOK_WEBHOOK_HOSTS = [HOST]
    office = Office()
    with clock.at(NOW):
        whole = Book(office)
    [newest, *_] = whole.group.rows("runs/", kind="NIGHTLY", page_size=1)
    for name in OF_A_NIGHT:
        whole.key(name)
    return Walk(office, api.by_token(user=person), person, {"whole": whole, "night": newest["id"]})
