"""What a page shows has an address: contracts, limits, the content of a cell, instruments one by one, earlier files."""

import base64
from datetime import date

import pytest

from hedges.models import FuturesContract
from reports.domain.disclosures.instruments_held import instruments_held
from reports.queries.span import Span
from tests.exposures.api.test_imports import HOW, done, received
from tests.factories import accounting, api, book, feed, importing, night
from tests.factories.hedge_year import MONTHS, relationship, three_months
from treasury.models import RulePack
from treasury.queries import changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller() -> api.Caller:
    return api.by_token("AUDITOR")


def test_a_futures_contract_is_looked_up_by_the_code_in_a_trade(caller: api.Caller) -> None:
    feed.numbered()
    start = str(changes.end())
    risk = book.risk("USDEUR")
    made = book.futures_contract(risk, last_trade_date=date(2027, 3, 19))
    other = book.futures_contract(book.risk("GBPEUR"), last_trade_date=date(2027, 6, 18))
    [row] = caller.rows("futures-contracts/", code=made.code)
    assert row == caller.read(f"futures-contracts/{made.pk}/")
    assert row == {
        "id": made.pk, "code": made.code, "name": made.name, "exchange": "TEST", "risk_id": risk.pk, "risk": "USDEUR",
        "contract_multiplier": "1000", "tick_size": "0.01", "price_currency": made.price_currency_id,
        "last_trade_date": "2027-03-19", "recorded_at": row["recorded_at"],
    }  # fmt: skip
    traded = caller.rows("futures-contracts/", last_trade_date_from="2027-04-01")
    assert [one["id"] for one in traded] == [other.pk]
    assert caller.rows("futures-contracts/", risk="GBPEUR") == traded
    assert caller.rows("futures-contracts/", known_at="2020-01-01T00:00:00Z") == []
    feed.numbered()
    found, _ = feed.read_all(caller, start, resources="futures-contracts", bodies="full")
    assert [(one["id"], one["kind"]) for one in found] == [(made.pk, "CREATED"), (other.pk, "CREATED")]
    assert found[0]["body"] == row
    assert FuturesContract.objects.count() == 2


def test_the_limits_of_a_rule_pack_are_all_there(caller: api.Caller) -> None:
    rows = caller.rows("rule-packs/", framework="IFRS9")
    assert {row["framework"] for row in rows} == {"IFRS9"}
    pack = RulePack.objects.get(pk=rows[0]["id"])
    row = caller.read(f"rule-packs/{pack.pk}/")
    assert (row["code"], row["dollar_offset_lower"], row["r_squared_minimum"]) == (
        pack.code, f"{pack.dollar_offset_lower.normalize():f}", f"{pack.r_squared_minimum.normalize():f}",
    )  # fmt: skip
    told = {field.name for field in RulePack._meta.concrete_fields} - {"event"}
    assert set(row) == told
    assert caller.rows("rule-packs/", as_of="1990-01-01") == []


def test_a_cell_has_the_exposures_and_hedges_that_its_run_counted(caller: api.Caller) -> None:
    entity, risk = book.entity(), book.risk("USDEUR")
    item = book.exposure("1000000", of=entity, risk=risk)
    hedge = book.forward(-600_000, of=entity, risk=risk)
    later = book.exposure("5", of=entity, risk=risk, expected_date=date(2028, 6, 30))
    run = night.published([night.bucket(entity, risk, 0, 12), night.bucket(entity, risk, 12, 24)])
    book.exposure("7", of=entity, risk=risk)
    where = f"horizon-profiles/{entity.pk}.{risk.pk}/content/"
    found = caller.read(where)
    assert (found["run"]["id"], found["entity"], found["risk"]) == (run.pk, entity.code, "USDEUR")
    assert [one["exposure_id"] for one in found["exposures"]] == [item.exposure_id]
    assert [one["instrument_id"] for one in found["instruments"]] == [hedge.instrument_id]
    assert found["exposures"][0]["exposure_amount"] == "1000000.00"
    assert found["instruments"][0]["notional_amount"] == "-600000.00"
    assert (found["month_to"], found["first_date"] <= str(item.expected_date) < found["end_date"]) == (
        12,
        True,
    )
    second = caller.read(where, month_from=12, run=run.pk)
    assert [one["exposure_id"] for one in second["exposures"]] == [later.exposure_id]
    assert caller.refused(where, month_from=24)["status"] == 404
    assert caller.refused(where, known_at="2020-01-01T00:00:00Z")["status"] == 404
    stranger = api.by_token("AUDITOR", entity=book.entity())
    assert stranger.refused(where) == stranger.refused("horizon-profiles/999999.999999/content/")


def test_hedging_instruments_one_by_one_add_up_to_the_page(caller: api.Caller) -> None:
    entity = book.entity()
    version = relationship(entity)
    three_months(entity, version)
    told = {"first": "2026-01-01", "last": "2026-02-28"}
    found = caller.read(f"disclosures/{entity.pk}/instruments/", **told)
    table = instruments_held(Span([entity.pk], MONTHS[0], MONTHS[1], entity.accounting_framework))
    [row], [shown] = found["results"], list(table.rows)
    assert (row["relationship_id"], row["relationship"]) == (
        version.relationship_id,
        shown["relationship_code"],
    )
    held = version.instrument_allocations.values_list("instrument_id", flat=True)
    assert row["instrument_ids"] == sorted(held)
    for name in ("asset", "liability", "change"):
        assert row[name] == found["totals"][0][name] == f"{shown[name]:.2f}"
    assert row["change"] != "0.00"
    assert (row["nominal"], row["unit"]) == (f"{shown['nominal']:.2f}", shown["unit"])
    assert found["disclosed"] == {
        "first": "2026-01-01", "last": "2026-02-01", "framework": entity.accounting_framework, "known_at": None,
    }  # fmt: skip
    assert (
        caller.read(f"disclosures/{entity.pk}/instruments/", **told, hedge_type="FAIR_VALUE")["results"] == []
    )
    then = caller.read(f"disclosures/{entity.pk}/instruments/", **told, known_at="2020-01-01T00:00:00Z")
    assert then["results"] == []
    stranger = api.by_token("AUDITOR", entity=book.entity())
    assert stranger.refused(f"disclosures/{entity.pk}/instruments/")["status"] == 404


def test_instruments_without_any_relationship_are_no_rows(caller: api.Caller) -> None:
    entity = book.entity()
    accounting.closed_month(entity, MONTHS[0], [])
    found = caller.read(f"disclosures/{entity.pk}/instruments/", last="2026-01-31")
    assert (found["results"], found["totals"]) == ([], [])


def test_the_file_before_the_mended_one_is_still_read(caller: api.Caller) -> None:
    book.risk()
    entity, desk = book.entity(), api.by_token("TREASURER")
    wrong, right = (importing.csv(importing.row("A", entity, amount)) for amount in ("x", "5"))
    made = received(desk, wrong)
    done(desk, f"imports/{made['id']}/describe/", HOW)
    done(desk, f"imports/{made['id']}/check/")
    done(
        desk,
        f"imports/{made['id']}/mend/",
        {"file_name": "b.csv", "content": base64.b64encode(right).decode()},
    )
    newest, first = desk.rows(f"imports/{made['id']}/files/")
    assert (newest["file_name"], first["file_name"]) == ("b.csv", "a.csv")
    where = f"imports/{made['id']}/original/"
    contents = [base64.b64decode(desk.read(where, file=one["id"])["content"]) for one in (newest, first)]
    assert contents == [right, wrong]
    assert base64.b64decode(desk.read(where)["content"]) == right
    another = received(desk, importing.csv(importing.row("B", entity)))
    assert desk.refused(f"imports/{another['id']}/original/", file=first["id"])["status"] == 404
    stranger = api.by_token("TREASURER", entity=book.entity())
    assert stranger.refused(f"imports/{made['id']}/files/")["status"] == 404


def test_an_import_that_is_given_up_is_a_tombstone(caller: api.Caller) -> None:
    book.risk()
    entity, desk = book.entity(), api.by_token("TREASURER")
    feed.numbered()
    start = str(changes.end())
    kept, given_up = (received(desk, importing.csv(importing.row(name, entity))) for name in "AB")
    for one in (kept, given_up):
        done(desk, f"imports/{one['id']}/describe/", HOW)
        done(desk, f"imports/{one['id']}/check/")
    done(desk, f"imports/{given_up['id']}/discard/")
    feed.numbered()
    found, _ = feed.read_all(caller, start, resources="imports", bodies="full")
    last = {one["id"]: one for one in found}
    assert {one["tombstone"] for one in found if one["id"] == kept["id"]} == {False}
    gone = last[given_up["id"]]
    assert (gone["kind"], gone["tombstone"], gone["body"]["status"]) == ("WITHDRAWN", True, "DISCARDED")
