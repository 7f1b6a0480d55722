"""Lists and answers of the desk ask the database a fixed number of times, however many rows there are."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import book
from tests.hedges.api.desk.subjects import outside_its_band
from tests.hedges.api.desk.trading import NOW, forward, policy, recorded
from tests.hedges.api.workflow.office import Office

pytestmark = pytest.mark.django_db
#: Reads besides those that know the caller, measured on `entities/`.
LISTS = {
    "instrument-versions/": 1, "instrument-events/": 1, "policy-versions/": 2, "proposals/": 1, "proposal-lines/": 4,
    "saved-views/": 1, "trade-drafts/": 1, "position/": 4,
}  # fmt: skip
#: Statements of a preview and of a recording, those that know the caller and keep the answer included.
PREVIEW, RECORD = 13, 27


def count(office: Office, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        office.by("treasurer").read(path)
    return len(seen)


def more(office: Office, number: int) -> None:
    """One more of each."""
    risk = ("USDEUR", "GBPEUR", "JPYEUR")[number]
    trade = recorded(office, is_another=True)
    body = {"event_date": str(NOW), "rate": "0.9", "reason": "x"}
    office.done("treasurer", f"instruments/{trade}/unwind/", body)
    office.done("treasurer", "policies/record/", policy(office, risk=risk))
    office.done("treasurer", "saved-views/keep/", {"name": f"Mine {number}", "path": "/instruments/"})
    key = f"0b8f9f1e-5c0e-4f0e-9d5a-1f2e3d4c5b6{number}"
    office.done(
        "treasurer", "trade-drafts/keep/", {"key": key, "fields": [{"name": "kind", "value": "OPTION"}]}
    )


def test_lists_ask_the_same_for_one_and_for_three(office: Office) -> None:
    for code in ("GBPEUR", "JPYEUR"):
        book.risk(code)
    asked = outside_its_band(office)
    counted: list[dict[str, int]] = []
    for number in range(3):
        more(office, number)
        office.done("treasurer", "proposals/into-band/", asked | {"step": f"{1000 * (number + 1)}"})
        if number in (0, 2):
            usual = count(office, "entities/")
            counted.append({path: count(office, path) - usual + 1 for path in LISTS})
    assert counted[0] == counted[1] == LISTS


def test_a_trade_is_recorded_in_a_fixed_number_of_statements(office: Office) -> None:
    """The same for the first and for a later one: nothing grows with the book."""
    office.done("treasurer", "instruments/record/preview/", forward(office), status=200)
    counts: list[tuple[int, int]] = []
    for _ in range(3):
        body: dict[str, Any] = forward(office, is_another=True)
        with CaptureQueriesContext(connection) as shown:
            office.done("treasurer", "instruments/record/preview/", body, status=200)
        with CaptureQueriesContext(connection) as made:
            office.done("treasurer", "instruments/record/", body)
        counts.append((len(shown), len(made)))
    assert len(set(counts)) == 1, counts
    assert counts[0] == (PREVIEW, RECORD)
