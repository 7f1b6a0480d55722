"""Every table of rows can be had as CSV and XLSX: a `<table>` of a template comes with its files or has its reason."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse

from hedges.domain.ticket import send
from tests.factories import book, night
from tests.factories.web import signed_in
from tests.treasury.web.test_tables_as_asked import cells
from treasury.domain import drafts
from treasury.quant import catalogue

FILES = ("treasury/components/table_tools.html", "treasury/components/table_files.html")
#: Tables without files: each is a form, whose cells are fields.
FORMS = {
    "exposures/change.html": "the parts to split into, typed",
    "exposures/import.html": "wrong cells, typed anew; the list of all of them above it has its files",
    "exposures/import_columns.html": "which column is which, chosen; the rows beside it are the uploaded file's",
    "hedges/account_map_edit.html": "accounts, typed",
    "hedges/change.html": "amounts, typed",
    "hedges/parts/candidates.html": "amounts to designate, typed",
    "hedges/policy_edit.html": "bands, typed",
}


def test_every_table_of_a_template_has_its_files_or_its_reason() -> None:
    found = {}
    for folder in [Path(settings.BASE_DIR) / "templates"]:
        for file in folder.rglob("*.html"):
            text = file.read_text()
            if "<table" in text and not any(name in text for name in FILES):
                found[str(file.relative_to(folder))] = bool(re.search(r"\bfield\b|typed|<input", text))
    assert found == dict.fromkeys(FORMS, True)


def test_no_table_is_made_outside_of_the_templates() -> None:
    source = (
        file
        for app in ("treasury", "exposures", "hedges", "reports")
        for file in (Path(settings.BASE_DIR) / app / "web").rglob("*.py")
    )
    assert [str(file) for file in source if "<table" in file.read_text()] == []


def lines(answer) -> list[list[str]]:
    return [line.split(",") for line in b"".join(answer.streaming_content).decode().splitlines()]


@pytest.fixture
def entity():
    entity, risk = book.entity(), book.risk()
    under = {
        "hedge_amount": -200_000,
        "net_open_amount": 800_000,
        "coverage_ratio": 0.2,
        "flags": ["under_hedged"],
    }
    night.published(
        [
            night.ratio(entity, risk),
            night.bucket(entity, risk, 0, 3, flags=[]),
            night.bucket(entity, risk, 3, 6, **under),
        ]
    )
    return entity


@pytest.mark.django_db
def test_the_position_grid_is_a_file_as_it_is_shown(entity) -> None:
    client = signed_in("AUDITOR", entity=entity)
    assert "position-grid-format=csv" in client.get(reverse("position")).content.decode()
    head, row = lines(client.get(reverse("position"), {"position-grid-format": "csv"}))
    assert head == [
        "line", "unit", "in_all",
        "0m_covered", "0m_before", "0m_after", "0m_state", "3m_covered", "3m_before", "3m_after", "3m_state",
    ]  # fmt: skip
    assert row[:2] == [f"{entity.code} USDEUR", "USD"]
    assert row[-4:] == ["0.2", "1000000", "800000", "UNDER_HEDGED"]
    amounts = lines(client.get(reverse("position"), {"position-grid-format": "csv", "show": "amounts"}))
    assert amounts[1][amounts[0].index("3m_hedged")] == "-200000"


@pytest.mark.django_db
def test_swapped_rows_are_swapped_in_the_file(entity) -> None:
    asked = {"position-grid-format": "xlsx", "rows": "bucket"}
    answer = signed_in("AUDITOR", entity=entity).get(reverse("position"), asked)
    head, first, second = cells(b"".join(answer.streaming_content))
    name = f"{entity.code} USDEUR"
    assert head == [
        "Months ahead", f"{name}, covered", f"{name}, before hedging, USD", f"{name}, after hedging, USD",
        f"{name}, stands",
    ]  # fmt: skip
    assert (first[0], second) == ("0–3 M", ["3–6 M", 0.2, 1_000_000, 800_000, "Under-hedged"])


@pytest.mark.django_db
def test_the_lists_of_calculators_and_of_strategy_are_files() -> None:
    client = signed_in("AUDITOR")
    assert len(lines(client.get(reverse("calculators"), {"measures-format": "csv"}))) == 1 + len(
        catalogue.MEASURES
    )
    assert lines(client.get(reverse("strategy"), {"pages-of-strategy-format": "csv"}))[1][0] == "Programme"


@pytest.mark.django_db
def test_ones_own_drafts_are_a_file() -> None:
    person = book.user("TREASURER", entity=book.entity())
    drafts.keep(owner=person, form_name=send.FORM, client_key=uuid4(), fields={}, title="Sell dollars")
    drafts.keep(owner=book.user(), form_name=send.FORM, client_key=uuid4(), fields={}, title="Another's")
    said = lines(signed_in(user=person).get(reverse("ticket-drafts"), {"drafts-of-trades-format": "csv"}))
    assert [line[0] for line in said] == ["title", "Sell dollars"]
