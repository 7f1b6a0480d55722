"""Reports as files: numbers as numbers, nothing that a spreadsheet would run, the same bytes every time."""

import csv
import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from reports.domain.files import csv_file, xlsx_file
from reports.domain.journal_export import journal
from reports.domain.table import Field, ReportTable
from reports.queries.journal_entries import Asked
from tests.factories import accounting, book
from tests.factories.hedge_year import MONTHS, relationship

FIELDS = [Field("name", "Name"), Field("amount", "Amount", "amount"), Field("currency", "In")]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]


def table(*rows: tuple) -> ReportTable:
    found = [dict(zip(("name", "amount", "currency"), row, strict=True)) for row in rows]
    return ReportTable("t", "A table", FIELDS, found, "IFRS 7", totals=[])


def xlsx(*tables: ReportTable) -> bytes:
    file = io.BytesIO()
    xlsx_file.write(tables, file)
    return file.getvalue()


def sheet(content: bytes, number: int = 1) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book_:
        return book_.read(f"xl/worksheets/sheet{number}.xml").decode()


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_is_inert(text: str) -> None:
    made = table((text, Decimal(1), "EUR"))
    assert list(csv.reader(csv_file.lines(made)))[1][0] == f"'{text}".replace("\r", "\r")
    found = sheet(xlsx(made))
    assert "<f>" not in found
    assert re.search(r'<c r="A2" s="\d+" t="inlineStr">', found)


def test_amounts_have_the_decimals_of_their_unit_and_are_numbers() -> None:
    made = table(("a", Decimal("1250000.5000"), "EUR"), ("b", Decimal("-7.0000"), "JPY"), ("c", None, "EUR"))
    assert list(csv.reader(csv_file.lines(made)))[1:] == [
        ["a", "1250000.50", "EUR"],
        ["b", "-7", "JPY"],
        ["c", "", "EUR"],
    ]
    found = sheet(xlsx(made))
    assert "<v>1250000.50</v>" in found
    assert "<v>-7</v>" in found
    with zipfile.ZipFile(io.BytesIO(xlsx(made))) as content:
        styles = content.read("xl/styles.xml").decode()
    assert 'numFmtId="4"' in styles or "#,##0.00" in styles


def test_a_full_sheet_goes_on_in_the_next(monkeypatch) -> None:
    monkeypatch.setattr(xlsx_file, "ROWS_A_SHEET", 3)
    content = xlsx(table(*[(str(number), Decimal(number), "EUR") for number in range(5)]))
    assert sheet(content, 1).count("<row") == 3
    assert sheet(content, 3).count("<row") == 2
    assert 'name="IFRS 7 A table 2"' in zipfile.ZipFile(io.BytesIO(content)).read("xl/workbook.xml").decode()


@pytest.fixture
def posted():
    entity = book.entity()
    version = relationship(entity)
    accounting.closed_month(entity, MONTHS[0], [
        accounting.remeasurement(version, 100, 90), accounting.reclassification(version, "30.05"),
    ])  # fmt: skip
    accounting.closed_month(entity, MONTHS[1], [accounting.remeasurement(version, "-12.34", -12)])
    return entity


@pytest.mark.django_db
def test_the_journal_is_the_same_bytes_on_repeat_and_never_negative(posted) -> None:
    asked = Asked([posted.pk])
    first = "".join(csv_file.lines(journal(asked)))
    assert first == "".join(csv_file.lines(journal(asked)))
    assert xlsx(journal(asked)) == xlsx(journal(asked))
    rows = list(csv.DictReader(io.StringIO(first)))
    lines, total = rows, journal(asked).totals[0]
    assert len(lines) == 8
    for name in ("debit_amount", "credit_amount"):
        assert all(re.fullmatch(r"\d+\.\d\d", row[name]) for row in rows)
        assert sum(Decimal(row[name]) for row in lines) == total[name] == Decimal("142.39")
    assert (total["entity_code"], total["currency"]) == ("Total", "EUR")


@pytest.mark.django_db
def test_the_journal_is_filtered(posted) -> None:
    def count(**more) -> int:
        return len(list(journal(Asked(**({"entity_ids": [posted.pk]} | more))).rows))

    assert count() == 8
    assert count(first=MONTHS[1]) == count(last=MONTHS[0], rule="REMEASUREMENT") == 3
    assert count(framework="ASC815") == count(entity_ids=[]) == count(relationship="NONE") == 0


def test_days_are_dates_and_totals_stand_apart() -> None:
    days = ReportTable("x", "Days", [Field("day", "Day", "day")], [{"day": date(2026, 3, 31)}])
    days.totals = [{"day": "Total"}]
    content = xlsx(days)
    assert "<v>46112</v>" in sheet(content, 1)
    assert '<row r="3"' not in sheet(content, 1)
    assert '<row r="4"' in sheet(content, 1)
    assert "Total" not in "".join(csv_file.lines(days))
