"""The pages of strategy on a real night: they stand, say their numbers, ask no more at a larger size."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import book, hedged, market, night
from tests.factories.web import signed_in

pytestmark = pytest.mark.django_db
TOOLS = ("programme", "compare", "options", "frontier", "minimum-variance", "what-if")


def a_night(size: int = 1):
    """Exposures over a year and a half, a forward for some of them, a policy, a published night."""
    book.rule_pack()
    market.record()
    entity, risk = book.entity(), book.risk()
    book.risk("GBPEUR")
    for _ in range(size):
        for month in range(1, 18, 3):
            due = book.TODAY + timedelta(days=30 * month + 5)
            book.exposure(1_000_000, of=entity, risk=risk, expected_date=due)
        book.forward(-400_000, of=entity, risk=risk, settlement_date=book.TODAY + timedelta(days=35))
    book.policy(of=entity, risk=risk, bands=[(0, 6, "0.7", "0.8", "0.9"), (6, 18, "0.2", "0.4", "0.6")])
    hedged.night()
    return entity, risk


def tool(name: str) -> str:
    return reverse("strategy-tool", args=[name])


QUERIES = {
    "programme": 11, "compare": 11, "options": 12, "frontier": 11, "minimum-variance": 11, "what-if": 11, "": 11,
}  # fmt: skip


@pytest.mark.parametrize("size", [1, 3])
def test_no_page_asks_more_of_the_database_when_there_is_more_to_show(size: int) -> None:
    a_night(size)
    client = signed_in("AUDITOR")
    asked = {name: tool(name) for name in TOOLS} | {"": reverse("strategy")}
    asked["minimum-variance"] += "?hedge=GBPEUR"
    client.get(asked["what-if"])  # the market of the run comes into the process
    found = {}
    for name, address in asked.items():
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.status_code == 200, address
        assert "Not worked out" not in answer.content.decode(), address
        found[name] = len(queries)
    assert found == QUERIES


def test_without_a_night_and_without_a_position_a_page_says_the_next_step() -> None:
    client = signed_in("TREASURER")
    for name in TOOLS:
        assert "Start one under Runs" in client.get(tool(name)).content.decode(), name
    assert "No strategy has been saved yet." in client.get(reverse("strategy")).content.decode()
    a_night()
    other = signed_in(entity=book.entity())
    assert "no exposures or hedges" in other.get(tool("programme")).content.decode()
    assert client.get(tool("nothing")).status_code == 404


def test_what_is_refused_stands_beside_its_field() -> None:
    entity, _ = a_night()
    client = signed_in()
    wrong = {
        "programme": {"layers": "80x6 50x3"}, "compare": {"a": "static-900"}, "frontier": {"first": "6", "past": "3"},
        "minimum-variance": {"hedge": "GBPEUR", "window": "two"}, "what-if": {"spot_USD": "-100"},
        "options": {"reach": "1e9"},
    }  # fmt: skip
    said = {
        "programme": "the months of layers rise", "compare": "is no ratio", "frontier": "Expected more than 6",
        "minimum-variance": "Expected a number, got", "what-if": "Expected a number from -90 to 500",
        "options": "Expected a number from 1 to 90",
    }  # fmt: skip
    for name, inputs in wrong.items():
        text = client.get(tool(name), inputs).content.decode()
        assert "Not worked out." in text, name
        assert said[name] in text, name
    strange = client.get(tool("programme"), {"book": f"{entity.code}:NOPE"})
    assert "Not worked out." in strange.content.decode()
    assert (
        "There is no open exposure 999000999"
        in client.get(tool("options"), {"exposure": "999000999"}).content.decode()
    )


def test_tables_come_as_files_and_pictures_have_their_tables() -> None:
    a_night()
    client = signed_in()
    page = client.get(tool("programme"))
    assert "<svg" in page.content.decode()
    file = client.get(tool("programme"), {"ladder-what-to-trade-each-month-format": "csv"})
    assert file["Content-Type"].startswith("text/csv")
    first = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()[:2]
    assert first[0].startswith("day,layer0,")
    assert first[1].startswith(book.TODAY.isoformat())
    xlsx = client.get(tool("compare"), {"programmes-in-a-few-numbers-format": "xlsx"})
    assert b"".join(xlsx.streaming_content)[:2] == b"PK"


def test_a_risk_without_rates_leaves_its_numbers_undefined_and_every_page_stands() -> None:
    entity, _ = a_night()
    franc = book.risk("CHFEUR")
    book.exposure(9_000, of=entity, risk=franc, expected_date=book.TODAY + timedelta(days=100))
    hedged.night(new_revision=True)
    client = signed_in()
    reasons = {
        "programme": "too few points", "compare": "too few points", "options": "a rate is missing",
        "frontier": "a rate is missing", "minimum-variance": "too few points", "what-if": "1 without a value",
    }  # fmt: skip
    for name, reason in reasons.items():
        text = client.get(tool(name), {"book": f"{entity.code}:CHFEUR", "hedge": "USDEUR"}).content.decode()
        assert reason in text, name
        assert ">nan" not in text, name


def test_a_run_whose_quotes_are_not_the_sealed_ones_is_not_worked_from() -> None:
    night.small_book(1)
    for name in TOOLS:
        answer = signed_in().get(tool(name))
        assert (answer.status_code, "are not those that were sealed" in answer.content.decode()) == (
            200,
            True,
        ), name
