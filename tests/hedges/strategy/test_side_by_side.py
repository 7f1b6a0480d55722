"""Strategies of any pages side by side: what they have in common, what they assume, and number by number."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hedges.models import HedgeProposal
from tests.factories import book, hedged
from tests.factories.web import signed_in
from tests.hedges.strategy.test_pages import a_night, tool
from tests.hedges.strategy.test_saving import save

pytestmark = pytest.mark.django_db
BESIDE = "strategy-beside"


def kept(client: Any, name: str, inputs: str, title: str) -> int:
    save(client, name, inputs, title=title)
    return int(HedgeProposal.objects.get(title=title).pk)


def table(answer: Any, title: str) -> dict[str, list[Any]]:
    """Values of the strategies by the words of the rows."""
    part = next(one.table for one in answer.context["sections"] if one.title == title)
    return {
        " ".join(filter(None, (row["name"], row["number"]))): [
            row[f"value{place}"] for place in range(len(answer.context["stood"]))
        ]
        for row in part.rows
    }


def shown(client: Any, *keys: object, **more: str) -> Any:
    answer = client.get(reverse(BESIDE), {"row": [str(key) for key in keys], **more})
    assert answer.status_code == 200
    return answer


def test_two_of_one_page_stand_number_by_number_with_what_differs_marked() -> None:
    entity, risk = a_night()
    client = signed_in("TREASURER")
    of = f"book={entity.code}:{risk.code}&kind=static"
    half = kept(client, "programme", f"{of}&ratio=50", "Half")
    more = kept(client, "programme", f"{of}&ratio=80&by=option", "More")
    answer = shown(client, half, more)
    few = table(answer, "Programmes in a few numbers")
    assert few["Covered after trading now Value"] == [0.5, 0.8]
    assert few["To trade now USD"] == [-2_600_000, -4_400_000]
    common = table(answer, "In common")
    assert common["Hedge ratio"] == [0.5, 0.8]
    assert common["Cost today, paid +"][0] == 0 < common["Cost today, paid +"][1]
    worst = few["Worst scenario EUR"]
    assert common["Worst case, gain +"] == worst
    assert worst[0] < common["Expected, gain +"][0]
    assert common["Its numbers are"] == ["the same as saved"] * 2
    rows = next(one.table.rows for one in answer.context["sections"] if one.title == "Assumptions")
    differs = {row["name"]: bool(row["differs"]) for row in rows}
    assert differs["Share (static, rolling) (%)"] and differs["By"]
    assert not (differs["Run"] or differs["Book, SHA-256"] or differs["Confidence (%)"])
    # The other order of the address is the other order of the columns.
    assert table(shown(client, more, half), "In common")["Hedge ratio"] == [0.8, 0.5]
    file = client.get(reverse(BESIDE), {"row": [half, more], "assumptions-format": "csv"})
    assert b"Share (static, rolling)" in b"".join(file.streaming_content)


def test_different_pages_are_compared_in_what_they_have_in_common() -> None:
    entity, risk = a_night()
    book.risk("GBPEUR")
    client = signed_in("TREASURER")
    of = f"book={entity.code}:{risk.code}"
    keys = [
        kept(client, "options", f"{of}&way=option", "Put"), kept(client, "frontier", f"{of}&hedged=80", "Eighty"),
        kept(client, "minimum-variance", f"{of}&hedge=GBPEUR", "Pounds"), kept(client, "compare", of, "Several"),
    ]  # fmt: skip
    answer = shown(client, *keys)
    titles = [one.title for one in answer.context["sections"]]
    assert titles == ["In common", "Assumptions"]
    text = answer.content.decode()
    assert "They come from different pages" in text
    assumed = next(one.table.rows for one in answer.context["sections"] if one.title == "Assumptions")
    inputs = {row["name"]: row for row in assumed}
    # An input of one page alone differs from nothing, and pages that call two things by one name are told apart.
    assert inputs["Rates shown"]["value0"] == "21" and not inputs["Rates shown"]["differs"]
    assert inputs["Look ahead (months)"]["value0"] is None
    common = table(answer, "In common")
    ratio = common["Hedge ratio"]
    assert ratio[0] == 1 and ratio[1] == 0.8 and ratio[2] is not None and ratio[3] is None
    assert common["Trades of today"] == [1, 1, 1, 0]
    assert common["Expected, gain +"][0] is None and "the rates shown have no probabilities" in text
    assert common["Worst case, gain +"][1] < common["Expected, gain +"][1]
    assert "there are several programmes in it" in text


def test_the_worst_of_a_frontier_and_of_an_option_are_the_formulas_of_their_pages() -> None:
    entity, risk = a_night()
    client = signed_in("TREASURER")
    of = f"book={entity.code}:{risk.code}"
    put = kept(client, "options", f"{of}&way=option", "Put")
    whole = kept(client, "frontier", f"{of}&hedged=100&cost=0.001", "Whole")
    answer = shown(client, put, whole)
    common = table(answer, "In common")
    page = client.get(tool("options"), {"book": of[5:]}).context["answer"]
    option = next(row for row in page.sections[0].table.rows if row["name"] == "Option")
    rates = page.sections[1].table.rows
    spot = next(row["rate"] for row in rates if abs(row["move"]) < 1e-12)
    assert common["Worst case, gain +"][0] == pytest.approx(option["worst"] - 1_000_000 * spot)
    # Hedged in full, every scenario is the same: the forward's difference less the cost.
    assert common["Expected, gain +"][1] == pytest.approx(common["Worst case, gain +"][1])
    assert common["Cost today, paid +"][1] == pytest.approx(4_000_000 * 0.001)


def test_an_answer_that_is_not_saved_stands_beside_saved_ones_of_older_nights() -> None:
    entity, risk = a_night()
    client = signed_in("TREASURER")
    of = f"book={entity.code}:{risk.code}&kind=static"
    half = kept(client, "programme", f"{of}&ratio=50", "Half")
    book.exposure(2_000_000, of=entity, risk=risk, expected_date=book.TODAY)
    hedged.night(new_revision=True)
    page = client.get(f"{tool('programme')}?{of}&ratio=70")
    beside = page.context["beside"]
    alone = client.get(beside).content.decode()
    assert "Two to four strategies stand side by side here." in alone
    assert 'name="answer"' in alone
    answer = client.get(f"{beside}&row={half}")
    assert [one["title"] for one in answer.context["stood"]] == ["Not saved yet", "Half"]
    assumed = table(answer, "Assumptions")
    assert assumed["Share (static, rolling) (%)"] == ["70", "50"]
    assert len(set(assumed["Run"])) == 2
    assert table(answer, "In common")["Its numbers are"] == ["not saved", "the same as saved"]


def test_what_is_not_there_or_too_much_is_said() -> None:
    entity, risk = a_night()
    client = signed_in("TREASURER")
    of = f"book={entity.code}:{risk.code}&kind=static"
    keys = [kept(client, "programme", f"{of}&ratio={ratio}", f"To {ratio}") for ratio in (10, 20, 30, 40, 50)]
    text = shown(client, *keys).content.decode()
    assert "4 stand side by side; the first 4" in text
    answer = shown(client, keys[0], 999_999, "x1", keys[1])
    assert "Not there, or of an entity that you do not see: 999999, x1." in answer.content.decode()
    assert len(answer.context["stood"]) == 2
    stranger = signed_in("TREASURER", entity=book.entity())
    empty = shown(stranger, *keys[:2]).content.decode()
    assert "Not there, or of an entity" in empty and "Two to four strategies" in empty
    listed = client.get(reverse("strategy")).content.decode()
    assert "Compare what is ticked" in listed and 'form="beside"' in listed


@pytest.mark.parametrize("size", [1, 3])
def test_it_asks_no_more_of_the_database_in_a_larger_book(size: int) -> None:
    entity, risk = a_night(size)
    client = signed_in("TREASURER")
    of = f"book={entity.code}:{risk.code}&kind=static"
    keys = [kept(client, "programme", f"{of}&ratio={ratio}", f"To {ratio}") for ratio in (10, 20)]
    auditor = signed_in("AUDITOR")
    shown(auditor, *keys)
    with CaptureQueriesContext(connection) as queries:
        shown(auditor, *keys)
    assert len(queries) == 16
