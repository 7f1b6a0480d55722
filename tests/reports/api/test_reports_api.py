"""The reports in the API: amounts as texts, the same figures as the pages, nothing of foreign entities."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import accounting, api, book, two_frameworks
from tests.factories.hedge_year import MONTHS, relationship, three_months, under_two_frameworks
from tests.factories.two_frameworks import Told

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller() -> api.Caller:
    return api.by_token("AUDITOR")


def test_an_entry_has_its_lines(caller) -> None:
    entity = book.entity()
    version = relationship(entity)
    [posted] = accounting.closed_month(entity, MONTHS[0], [accounting.remeasurement(version, 100, 90)])
    row = caller.read(f"journal-entries/{posted.pk}/")
    assert (row["number"], row["period"], row["rule"], row["reversed_by_id"]) == (
        1,
        "2026-01-01",
        "REMEASUREMENT",
        None,
    )
    assert [(line["account_role"], line["debit_amount"], line["credit_amount"]) for line in row["lines"]] == [
        ("DERIVATIVE", "100.00", "0.00"), ("CASH_FLOW_HEDGE_RESERVE", "0.00", "90.00"),
        ("INEFFECTIVENESS", "0.00", "10.00"),
    ]  # fmt: skip
    assert caller.rows("journal-entries/", entity=entity.code, framework="IFRS9") == [row]
    assert caller.rows("journal-entries/", entry_date_to="2026-01-30") == []


def test_a_roll_forward_has_its_months(caller) -> None:
    entity = book.entity()
    version = relationship(entity)
    three_months(entity, version)
    found = caller.read("roll-forwards/", first="2026-01-15", last="2026-03-15")
    assert found["months"] == {"first": "2026-01-01", "last": "2026-03-01"}
    [row] = found["results"]
    assert [(one["opening"], one["recognised"], one["reclassified"], one["closing"], one["difference"])
            for one in row["months"]] == [
        ("0.00", "40.00", "0.00", "40.00", "0.00"), ("40.00", "50.00", "0.00", "90.00", "0.00"),
        ("90.00", "0.00", "-90.00", "0.00", "0.00"),
    ]  # fmt: skip
    assert caller.read(f"roll-forwards/{version.relationship_id}/")["months"] == row["months"][2:]


def test_disclosures_are_of_one_entity(caller) -> None:
    entity = book.entity()
    three_months(entity, relationship(entity))
    assert [row["id"] for row in caller.rows("disclosures/", entity=entity.code)] == [entity.pk]
    found = caller.read(f"disclosures/{entity.pk}/", first="2026-01-01", last="2026-02-28")
    tables = {table["code"]: table for table in found["tables"]}
    assert tables["reserves"]["rows"][0]["closing"] == "90.00"
    assert tables["reserves"]["totals"][0]["recognised"] == "90.00"
    assert tables["timing"]["rows"][0]["rate"] == "0.9"
    assert caller.get(f"disclosures/{entity.pk}/", framework="UK").status_code == 400
    assert caller.get("disclosures/999999/").status_code == 404


def test_a_reconciliation_has_parts_that_add_up(caller) -> None:
    entity = book.entity()
    first, second = under_two_frameworks(entity)
    two_frameworks.months(entity, (first, [Told(100, 90, 90)]), (second, [Told(100, 90, 100)]))
    [row] = caller.rows("reconciliations/")
    assert (row["id"], row["first_framework"], row["second_framework"]) == (
        second.relationship_id,
        "IFRS9",
        "ASC815",
    )
    parts = {part["part"]: part for part in row["period"]["parts"]}
    assert (parts["lower_of"]["profit_or_loss"], parts["lower_of"]["reserves"]) == ("10.00", "-10.00")
    assert parts["unexplained"]["profit_or_loss"] == "0.00"
    figures = {figure["figure"]: figure for figure in row["cumulative"]["figures"]}
    assert figures["profit_or_loss"]["difference"] == "10.00"


def test_another_entitys_reports_are_not_there() -> None:
    entity, own = book.entity(), book.entity()
    first, second = under_two_frameworks(entity)
    [posted] = accounting.closed_month(entity, MONTHS[0], [accounting.remeasurement(first, 100, 90)])
    caller = api.by_token("AUDITOR", entity=own)
    for family in ("journal-entries/", "roll-forwards/", "reconciliations/"):
        assert caller.rows(family) == []
    assert caller.get(f"journal-entries/{posted.pk}/").status_code == 404
    assert caller.get(f"roll-forwards/{first.relationship_id}/").status_code == 404
    assert caller.get(f"reconciliations/{second.relationship_id}/").status_code == 404
    assert caller.get(f"disclosures/{entity.pk}/").status_code == 404


@pytest.mark.parametrize("family", ["journal-entries/", "roll-forwards/", "reconciliations/"])
def test_a_page_costs_the_same_however_many_rows(caller, family: str) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as found:
            caller.read(family)
        return len(found)

    statements()  # the token's first use is a statement of its own
    counts = []
    for size in (1, 3):
        entity = book.entity()
        pairs = [under_two_frameworks(entity) for _ in range(size)]
        accounting.closed_month(
            entity, MONTHS[0], [accounting.remeasurement(one, 100, 90) for pair in pairs for one in pair]
        )
        counts.append(statements())
    assert counts[0] == counts[1]


@pytest.mark.parametrize("months", [{"last": "9999-12-31"}, {"last": "0001-01-01"}, {"first": "0001-01-01"}])
def test_months_without_any_beside_them_are_asked_back(months: dict[str, str]) -> None:
    entity = book.entity()
    caller = api.by_token("AUDITOR", entity=entity)
    for family in ("roll-forwards/", "reconciliations/", f"disclosures/{entity.pk}/"):
        assert caller.get(family, **months).status_code == 400, family
