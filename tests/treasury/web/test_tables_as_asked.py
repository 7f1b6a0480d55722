"""Every table does what its address says: order, columns, CSV and XLSX of all its rows, texts that run nothing."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.test import RequestFactory
from django.urls import reverse

from exposures.domain import recording
from exposures.models import ExposureVersion
from tests.factories import book, night
from tests.factories.web import signed_in
from treasury.web.asked import as_asked, raw
from treasury.web.formats import state, why
from treasury.web.table_files import lines, write_workbook
from treasury.web.tables import Column, Table, link_cell

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(content: bytes) -> list[list[object]]:
    """The cells of the first sheet as they are typed: texts, and numbers (a day is the number of days since 1900)."""
    tree = ElementTree.fromstring(ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml"))
    return [
        [
            "".join(cell.itertext()) if cell.get("t") == "inlineStr" else float(cell.findtext(f"{MAIN}v"))
            for cell in row.iter(f"{MAIN}c")
        ]
        for row in tree.iter(f"{MAIN}row")
    ]


def serial(text: str) -> float:
    return (datetime.fromisoformat(text) - datetime.fromisoformat("1899-12-30")).total_seconds() / 86400


COLUMNS = [
    Column("name", "Name"),
    Column(
        "amount", "Amount", "amount", cell=lambda row: why("no_positions") if row["amount"] is None else "x"
    ),
    Column("on", "On", "day"),
    Column("at", "At", "moment"),
    Column("status", "Status", cell=lambda row: state(row["status"])),
]
ROWS = [
    {"name": "b", "amount": Decimal("-2.50"), "on": date(2026, 10, 9), "at": None, "status": "IN_BAND"},
    {
        "name": "=1+1",
        "amount": None,
        "on": None,
        "at": datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
        "status": "FAILED",
    },
    {"name": "a", "amount": Decimal(10), "on": date(2025, 1, 1), "at": None, "status": "IN_BAND"},
]


def asked(query: str = "", **more: Any) -> Table:
    return as_asked(
        Table(COLUMNS, list(ROWS), caption="Some rows", **more), RequestFactory().get(f"/?{query}")
    )


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("amount", ["b", "a", "=1+1"]),
        ("-amount", ["a", "b", "=1+1"]),  # what is not known stands last either way
        ("on", ["a", "b", "=1+1"]),
        ("nothing", ["b", "=1+1", "a"]),
    ],
)
def test_rows_in_memory_are_sorted_by_what_is_behind_the_cell(sort: str, names: list[str]) -> None:
    assert [row["name"] for row in asked(f"some-rows-sort={sort}").rows] == names


def test_another_tables_order_is_not_this_ones() -> None:
    assert [row["name"] for row in asked("sort=amount&other-sort=amount").rows] == ["b", "=1+1", "a"]


def test_two_tables_of_one_name_are_told_apart() -> None:
    request = RequestFactory().get("/?some-rows-2-sort=-amount")
    first, second = (as_asked(Table(COLUMNS, list(ROWS), caption="Some rows"), request) for _ in range(2))
    assert [first.rows[0]["name"], second.rows[0]["name"]] == ["b", "a"]


@pytest.mark.parametrize(
    "query", ["some-rows-columns=on,status", "some-rows-columns=on&some-rows-columns=status"]
)
def test_columns_are_chosen_and_the_first_one_stays(query: str) -> None:
    table = asked(query)
    assert [column.key for column in table.columns] == ["name", "on", "status"]
    assert len(table.heads) == 3
    assert len(next(iter(table.body))["cells"]) == 3


def test_columns_that_do_not_exist_change_nothing() -> None:
    assert len(asked("some-rows-columns=zzz").columns) == len(COLUMNS)


def test_a_csv_has_codes_and_plain_numbers_and_runs_nothing() -> None:
    said = "".join(lines(asked())).splitlines()
    assert said[0] == "name,amount,on,at,status"
    assert said[1] == "b,-2.5,2026-10-09,,In band"
    assert said[2] == "'=1+1,,,2026-01-02T03:04:00+00:00,Failed"


def test_a_workbook_has_typed_cells_and_a_formula_stays_a_text() -> None:
    file = BytesIO()
    write_workbook(asked(), file)
    head, first, second, _ = cells(file.getvalue())
    assert head == ["Name", "Amount", "On", "At", "Status"]
    assert first == ["b", -2.5, serial("2026-10-09"), "In band"]
    assert second == ["=1+1", pytest.approx(serial("2026-01-02T03:04:00")), "Failed"]
    assert b"<f>" not in ZipFile(file).read("xl/worksheets/sheet1.xml")
    assert b'quotePrefix="1"' in ZipFile(file).read("xl/styles.xml")
    again = BytesIO()
    write_workbook(asked(), again)
    assert again.getvalue() == file.getvalue()


def test_what_stands_behind_a_cell_is_not_its_markup() -> None:
    assert raw(COLUMNS[4], ROWS[0]) == "In band"
    assert raw(COLUMNS[1], ROWS[1]) is None


@pytest.mark.parametrize(
    ("word", "names"), [("BAND", ["b", "a"]), ("2026-10", ["b"]), ("zzz", []), ("", ["b", "=1+1", "a"])]
)
def test_rows_in_memory_are_found_by_a_word_in_any_cell(word: str, names: list[str]) -> None:
    assert [row["name"] for row in asked(f"some-rows-find={word}").rows] == names


def test_rows_stay_where_totals_over_all_of_them_come_along() -> None:
    assert len(asked("some-rows-find=zzz", findable=False).rows) == len(ROWS)


def test_a_total_is_the_sum_of_the_rows_that_are_shown() -> None:
    columns = [Column("name", "Name"), Column("amount", "Amount", "money", total=True)]
    rows = [{"name": "one", "amount": Decimal(1)}, {"name": "two", "amount": Decimal(2)}]
    request = RequestFactory().get("/?rows-find=two")
    assert as_asked(Table(columns, rows, caption="Rows"), request).totals[1] == ("num", "2.00")


@pytest.mark.django_db
def test_the_change_log_of_a_thing_says_old_and_new() -> None:
    version = book.exposure(1_000_000, of=book.entity())
    amended = ExposureVersion(
        exposure=version.exposure, valid_from=version.valid_from, risk=version.risk, kind=version.kind,
        exposure_amount=Decimal(900_000), exposure_currency=version.exposure_currency,
        expected_date=version.expected_date,
    )  # fmt: skip
    recording.amend(versions=[amended], actor=book.user(), reason="the order shrank")
    text = signed_in("AUDITOR").get(reverse("exposure", args=[version.exposure_id])).content.decode()
    assert "Amount: 1,000,000 → 900,000" in text
    assert "first version" in text


@pytest.mark.django_db
def test_a_list_is_sent_whole_and_not_only_its_page() -> None:
    entity, risk = book.entity(), book.risk()
    for _ in range(53):
        book.exposure(of=entity, risk=risk)
    client = signed_in()
    page = client.get(reverse("exposures"))
    assert "1 to 50 of 53" in page.content.decode()
    csv = (
        b"".join(client.get(reverse("exposures"), {"format": "csv"}).streaming_content).decode().splitlines()
    )
    assert len(csv) == 54
    answer = client.get(reverse("exposures"), {"format": "xlsx", "columns": "expected_date,exposure_amount"})
    rows = cells(b"".join(answer.streaming_content))
    assert len(rows) == 54
    assert [type(cell) for cell in rows[1]] == [str, float, float]


@pytest.mark.django_db
def test_a_file_says_what_the_page_says_about_each_row_of_another_read() -> None:
    """The value of an instrument comes from the run: read for a page of rows and, in a file, for all of them."""
    made = night.small_book(2)
    answer = signed_in().get(reverse("instruments"), {"format": "csv", "columns": "fair_value"})
    said = b"".join(answer.streaming_content).decode().splitlines()
    assert said[0] == "reference,fair_value"
    assert all(float(line.split(",")[1]) for line in said[1:])
    assert len(said) == 1 + len(made["forwards"])


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", ["csv", "xlsx"])
def test_any_table_of_a_page_is_a_file(wanted: str) -> None:
    made = night.small_book(1)
    address = reverse("exposure", args=[made["exposures"][0].exposure_id])
    answer = signed_in("AUDITOR").get(address, {"change-log-format": wanted})
    assert answer["Content-Disposition"] == f'attachment; filename="change-log.{wanted}"'
    assert b"".join(answer.streaming_content)


def test_an_optional_column_is_shown_when_it_is_chosen_and_stands_in_a_file_of_all() -> None:
    columns = [Column("name", "Name"), Column("on", "On", "day", optional=True)]

    def keys(query: str) -> list[str]:
        request = RequestFactory().get(f"/?{query}")
        return [
            column.key for column in as_asked(Table(columns, list(ROWS), caption="Rows"), request).columns
        ]

    assert keys("") == ["name"]
    assert keys("rows-columns=on") == ["name", "on"]
    assert keys("rows-format=csv") == ["name", "on"]


def test_a_file_says_names_as_they_are_written() -> None:
    """Neither the escapes of a page nor what only looks like a tag."""
    linked = Column("name", "Name", cell=lambda row: link_cell(row["name"], "/x/"))
    plain = Column("name", "Name", cell=lambda row: row["name"])
    for name in ("Müller & Söhne <AG>", "a < b"):
        assert raw(linked, {"name": name}) == name
        assert raw(plain, {"name": name}) == name
