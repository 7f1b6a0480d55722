"""Files that mean harm are refused in words and at once; nothing is unpacked, fetched or expanded."""

import time
from datetime import date
from pathlib import Path

import pytest

from exposures.domain.importing import archive, files, grid, text_table
from exposures.domain.importing.layout import Layout
from tests.exposures.domain.importing import hostile
from treasury.domain.refusals import Refusal

SHEET = Layout(sheet="Data", decimal=".", dates="ISO")
TEXT = Layout(encoding="utf-8", separator=",")
ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>Ref</t></is></c></row>'
DATA = '<row r="2"><c r="A2" t="inlineStr"><is><t>{}</t></is></c></row>'


def refused(content: bytes, layout: Layout, match: str, *, name: str = "book") -> None:
    with pytest.raises(Refusal, match=match):
        files.read(files.accepted(name, content).content, layout)


@pytest.mark.parametrize("make", [hostile.bomb, hostile.lying_bomb])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(make):
    content = make(96 * 1024 * 1024)
    assert len(content) < 250_000
    began = time.process_time()
    refused(content, SHEET, "unpacks from|is broken")
    assert time.process_time() - began < 1


def test_a_bomb_below_the_size_is_refused_by_its_ratio():
    refused(hostile.bomb(20 * 1024 * 1024), SHEET, "unpacks from")


def test_a_workbook_of_honest_cells_is_no_bomb():
    rows = [["Ref", "Amount"], *([f"R{n}", n] for n in range(2000))]
    assert len(files.read(hostile.workbook(rows), SHEET).rows) == 2000


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        "<!DOCTYPE x>",
    ],
)
def test_entities_and_document_types_are_refused(before):
    refused(
        hostile.sheet(ROW + DATA.format("&e;" if "ENTITY" in before else "x"), before), SHEET, "document type"
    )
    content = hostile.packed({"xl/workbook.xml": before + hostile.WORKBOOK})
    refused(content, SHEET, "document type")


@pytest.mark.parametrize(
    ("part", "match"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("xl/externalLinks/externalLink1.xml", "links to other files"),
        ("EncryptedPackage", "password"),
    ],
)
def test_what_no_table_needs_is_refused(part, match):
    refused(hostile.packed({part: "x"}), SHEET, match)


@pytest.mark.parametrize(
    ("name", "content", "match"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b" \r\n ", "empty"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old .xls or has a password"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old .xls or has a password"),
        ("a.xlsm", hostile.packed({}), "without macros"),
        ("a.xlsx", b"a,b\n1,2\n", "Only .xlsx workbooks"),
        ("a.xlsx", b"PK\x03\x04 not a zip", "is broken"),
        ("a.csv", b"x" * (grid.MAX_BYTES + 1), "at most 10,485,760"),
    ],
)
def test_what_is_no_file_of_rows_is_refused(name, content, match):
    refused(content, TEXT, match, name=name)


def test_a_zip_that_is_no_workbook_and_one_with_too_many_parts():
    with pytest.raises(Refusal, match=r"no \.xlsx workbook"):
        archive.Archive(hostile.packed({}).replace(b"xl/workbook.xml", b"xl/notebook.xml"))
    with pytest.raises(Refusal, match="parts; at most"):
        archive.Archive(hostile.packed({f"x{n}": "" for n in range(600)}))


@pytest.mark.parametrize(
    ("content", "layout", "match"),
    [
        ("Ref;Prix\nA;été\n".encode("cp1252"), Layout(encoding="utf-8", separator=";"),
         "not UTF-8: byte 0xe9 in line 2. Choose Windows-1252"),
        (b"Ref\nA\x81\n", Layout(encoding="cp1252", separator=";"), "not Windows-1252: byte 0x81 in line 2"),
        (b"Ref\n\xed\xa0\x80\n", TEXT, "not UTF-8: byte 0xed in line 2"),
        ("Ref\nA\n".encode("utf-16"), TEXT, "UTF-16"),
        (b"Ref\nA\x00B\n", TEXT, "Line 2 has the character NUL"),
        (b'Ref\n"A\n', TEXT, "a quotation mark is opened and never closed"),
        (b"Ref\n" + b"x" * 140_000 + b"\n", TEXT, "longer than 131,072"),
        (b"," * 1_000_000 + b"\n1\n", TEXT, "has 1000001 columns; at most 200"),
        (b"Ref\n" + b"A\n" * 50_001, TEXT, "more than 50000 rows"),
        (b"Ref\n", TEXT, "no row below the headings"),
        (b"\nA\n", TEXT, "Row 1 has no headings"),
        (b"Ref\nA\n", Layout(encoding="", separator=","), "Say first in which encoding"),
        (b"Ref\nA\n", Layout(encoding="utf-8"), "Say first which separator"),
    ],
)  # fmt: skip
def test_texts_that_cannot_be_read_are_refused_in_words(content, layout, match):
    began = time.process_time()
    refused(content, layout, match)
    assert time.process_time() - began < 2


def test_a_byte_order_mark_and_windows_1252_are_read_when_chosen():
    found = text_table.read("\ufeffRef;Text\nA;été\n".encode(), Layout(encoding="utf-8", separator=";"))
    assert (found.header, found.rows) == (["Ref", "Text"], [["A", "été"]])
    found = text_table.read("Ref;Text\nA;“é”\n".encode("cp1252"), Layout(encoding="cp1252", separator=";"))
    assert found.rows == [["A", "“é”"]]


@pytest.mark.parametrize(
    ("rows", "match"),
    [
        (ROW + '<row r="2"><c r="ZZZ2"><v>1</v></c></row>', "beyond the 200th"),
        (ROW + '<row r="9999999"><c r="A2"><v>1</v></c></row>', "row 9,999,999"),
        (ROW + '<row r="2"><c r="A2" t="s"><v>7</v></c></row>', "a text that is not there"),
        (ROW + DATA.format("x" * 40_000), "more than 32,767 characters"),
        (ROW + "<row><c></row>", "is broken"),
    ],
)
def test_sheets_that_no_spreadsheet_writes_are_refused(rows, match):
    refused(hostile.sheet(rows), SHEET, match)


def test_a_flood_of_elements_ends_at_the_bound(monkeypatch):
    monkeypatch.setattr("exposures.domain.importing.sheet_xml.MAX_ELEMENTS", 1000)
    refused(hostile.sheet(ROW + "<row/>" * 2000), SHEET, "more than 1,000 cells")


def test_formulas_count_by_their_stored_value_and_are_reported_without_one():
    content = hostile.workbook([["Ref", "Amount"], ["A", 1], ["B", 2]], formulas={(1, 1): ("=1+1", 2)})
    assert files.read(content, SHEET).rows[0] == ["A", "2"]
    found = files.read(hostile.sheet(ROW + '<row r="2"><c r="A2"><f>1+1</f></c></row>'), SHEET)
    assert found.flaws == {(2, 1): grid.FORMULA}
    found = files.read(hostile.sheet(ROW + '<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>'), SHEET)
    assert (found.flaws, found.rows) == ({(2, 1): grid.CELL_ERROR}, [["#REF!"]])


def test_numbers_and_dates_of_a_workbook_are_what_they_are_in_any_marks():
    content = hostile.workbook([["Amount", "Date", "Share"], [1234567.1, date(2027, 4, 30), 0.1 + 0.2]])
    comma = Layout(sheet="Data", decimal=",", thousands=".", dates="DMY")
    assert files.read(content, comma).rows == [["1234567,1", "30/04/2027", "0,3"]]
    assert files.read(content, SHEET).rows == [["1234567.1", "2027-04-30", "0.3"]]


def test_nothing_of_a_file_is_written_to_disk_or_fetched(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    content = hostile.packed({"../../escaped.txt": "x", "xl/worksheets/sheet1.xml": "<worksheet/>"})
    refused(content, SHEET, "no headings")
    assert list(tmp_path.iterdir()) == []
