"""What the desk works out is read by API: the grid, the parts of a move, strategies and their saving."""

from datetime import date, timedelta

import pytest

from tests.factories import api, book, night
from tests.hedges.api.desk.trading import left
from tests.hedges.strategy.test_pages import a_night

pytestmark = pytest.mark.django_db
EARLIER = book.TODAY - timedelta(days=7)
DUE = date(2027, 5, 20)


def published(entity, risk, day: date, hedge: int):
    ratio = hedge / -1_000_000
    return night.published(
        [
            night.ratio(entity, risk, hedge_ratio=ratio, hedge_amount=hedge),
            night.bucket(
                entity, risk, 6, 9, coverage_ratio=ratio, flags=["under_hedged"], hedge_amount=hedge
            ),
            night.bucket(entity, risk, 9, 12, coverage_ratio=0.6, flags=[]),
        ],
        day,
    )


def test_the_grid_has_a_line_an_entity_and_risk_with_its_breaches() -> None:
    entity, risk = book.entity(), book.risk("USDEUR")
    run = published(entity, risk, book.TODAY, -100_000)
    found = api.by_token("AUDITOR", entity=entity).read("position/")
    assert found["run"]["id"] == run.pk
    (line,) = found["results"]
    assert (line["entity"], line["risk"], line["breaches"]) == (entity.code, "USDEUR", 1)
    assert [one["standing"] for one in line["buckets"]] == ["UNDER_HEDGED", "IN_BAND"]
    assert (line["buckets"][0]["hedge_amount"], line["hedge_ratio"]) == ("-100000.00", 0.1)
    stranger = api.by_token("AUDITOR", entity=book.entity())
    assert stranger.read("position/")["results"] == []
    assert stranger.read("position/", entity=entity.code)["results"] == []


def test_why_a_ratio_moved_is_said_in_parts_that_sum_to_the_difference() -> None:
    entity, risk = book.entity(), book.risk("USDEUR")
    book.exposure(of=entity, expected_date=DUE)
    book.forward(-500_000, of=entity, settlement_date=DUE)
    published(entity, risk, EARLIER, -500_000)
    caller = api.by_token("AUDITOR", entity=entity)
    where = f"entities/{entity.pk}/why-moved/"
    alone = caller.read(where, risk="USDEUR")
    assert (alone["causes"], alone["first"]) == ([], None)
    assert "No earlier night" in alone["reason"]
    book.forward(-100_000, of=entity, settlement_date=DUE, valid_from=book.TODAY, trade_date=book.TODAY)
    published(entity, risk, book.TODAY, -600_000)
    for more in ({}, {"month": 6}):
        found = caller.read(where, risk="USDEUR", **more)
        assert (found["first"]["ratio"], found["last"]["ratio"], found["reason"]) == (0.5, 0.6, "")
        assert found["causes"] == [
            {"cause": "NEW_TRADE", "points": "10.0", "ratio_then": 0.6, "exposure_amount": "0.00",
             "hedge_amount": "-100000.00", "things": 1}
        ]  # fmt: skip
    assert "no amounts" in caller.read(where, risk="USDEUR", month=36)["reason"]
    assert caller.refused(where, month=6)["errors"][0]["field"] == "risk"
    assert caller.refused(where, risk="NONE")["status"] == 404
    assert api.by_token("AUDITOR", entity=book.entity()).refused(where)["status"] == 404


def test_strategies_are_worked_out_saved_and_opened_with_the_same_numbers() -> None:
    empty = api.by_token("AUDITOR").read("strategies/programme/")
    assert empty["name"] is None and "no published night" in empty["note"]
    entity = a_night()[0]
    caller = api.by_token("TREASURER", entity=entity)
    tools = [row["tool"] for row in caller.read("strategies/")]
    asked = {"kind": "static", "ratio": "60"}
    shown = caller.read("strategies/programme/", **asked)
    assert (shown["inputs"]["ratio"], shown["inputs"]["steps"]) == ("60", "12")
    (few,) = [one["table"] for one in shown["sections"] if one["title"] == "In a few numbers"]
    assert few["columns"][0]["key"] == "name" and few["rows"]
    assert sum(float(trade["notional_amount"]) for trade in shown["trades"]) == -3_200_000
    for tool in tools:
        found = caller.read(
            f"strategies/{tool}/", **({"hedge": "GBPEUR"} if tool == "minimum-variance" else {})
        )
        assert found["sections"] and found["numbers_digest"], tool
    moved = caller.read("strategies/what-if/", all="0", moves="USD:10")
    assert moved["name"] == "What if: USD +10 %"
    assert caller.refused("strategies/what-if/", moves="XYZ:10")["errors"][0]["field"] == "moves"
    assert caller.refused("strategies/programme/", ratio="lots")["errors"][0]["field"] == "ratio"
    assert caller.refused("strategies/programme/", shade="x")["errors"][0]["field"] == "shade"
    assert caller.refused("strategies/programme/", entity="NOSUCH")["status"] == 404

    body = {
        "tool": "programme", "title": "Cover the year", "entity": entity.code, "seen_run": shown["run"]["id"],
        "inputs": [{"name": name, "value": value} for name, value in asked.items()],
        "key": "0b8f9f1e-5c0e-4f0e-9d5a-1f2e3d4c5b6a",
    }  # fmt: skip
    before = left()
    for changed, status in (
        ({"seen_run": 999_999}, 409), ({"inputs": [{"name": "shade", "value": "x"}]}, 400), ({"title": " "}, 400),
        ({"inputs": [{"name": "ratio", "value": "lots"}]}, 400), ({"entity": "NOSUCH"}, 404),
    ):  # fmt: skip
        refused = caller.post("strategies/save/", body | changed)
        assert refused.status_code == status, refused.content
    assert left() == before
    made = caller.post("strategies/save/", body)
    assert made.status_code == 201, made.content
    proposal = made.json()
    assert (proposal["kind"], len(proposal["lines"])) == ("STRATEGY", len(shown["trades"]))
    assert caller.post("strategies/save/", body).json()["id"] == proposal["id"]
    again = caller.read(f"strategies/saved/{proposal['id']}/")
    assert (again["differs"], again["numbers_digest"]) == ("", shown["numbers_digest"])
    stranger = api.by_token("TREASURER", entity=book.entity())
    assert stranger.refused(f"strategies/saved/{proposal['id']}/")["status"] == 404


def test_saved_strategies_are_a_list_and_stand_side_by_side() -> None:
    entity = a_night()[0]
    caller = api.by_token("TREASURER", entity=entity)
    run = caller.read("strategies/programme/")["run"]["id"]
    keys = []
    for title, tool, inputs in (
        ("Half", "programme", {"kind": "static", "ratio": "50"}),
        ("More", "programme", {"kind": "static", "ratio": "80", "by": "option"}),
        ("Put", "options", {"way": "option"}),
    ):
        body = {"tool": tool, "title": title, "entity": entity.code, "seen_run": run,
                "inputs": [{"name": name, "value": value} for name, value in inputs.items()]}  # fmt: skip
        keys.append(caller.post("strategies/save/", body).json()["id"])
    listed = caller.read("strategies/saved/")["results"]
    assert [(row["title"], row["tool"], row["entity"]) for row in listed] == [
        ("Put", "options", entity.code), ("More", "programme", entity.code), ("Half", "programme", entity.code),
    ]  # fmt: skip
    assert listed[0]["trades"] == 1 < listed[1]["trades"]
    assert [row["id"] for row in caller.read("strategies/saved/", tool="options")["results"]] == keys[2:]
    found = caller.read("strategies/saved/compare/", ids=f"{keys[0]},{keys[1]}")
    assert [one["hedge_ratio"] for one in found["strategies"]] == [0.5, 0.8]
    assert [one["differs"] for one in found["strategies"]] == ["", ""]
    ratio = next(one for one in found["assumptions"] if one["name"].startswith("Share"))
    assert (ratio["values"], ratio["differs"]) == (["50", "80"], True)
    few = next(one for one in found["tables"] if one["caption"] == "Programmes in a few numbers")
    assert [0.5, 0.8] in [line["values"] for line in few["lines"]]
    mixed = caller.read("strategies/saved/compare/", ids=",".join(map(str, reversed(keys))))
    assert [one["proposal_id"] for one in mixed["strategies"]] == keys[::-1]
    assert mixed["tables"] == [] and "expected" in mixed["strategies"][0]["why_none"]
    assert caller.read("strategies/saved/compare/")["strategies"] == []
    for ids, status in (
        ("x", 400),
        (f"{keys[0]}", 400),
        (f"{keys[0]},{keys[0]}", 400),
        (f"{keys[0]},999999", 404),
    ):
        assert caller.refused("strategies/saved/compare/", ids=ids)["status"] == status, ids
    stranger = api.by_token("TREASURER", entity=book.entity())
    assert stranger.read("strategies/saved/")["results"] == []
    assert stranger.refused("strategies/saved/compare/", ids=f"{keys[0]},{keys[1]}")["status"] == 404
