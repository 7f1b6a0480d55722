"""Files that mean harm, or that were made without care: built here, so that each says what it is."""

import io
import zipfile
from typing import Any

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
    '<sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="sheet" Target="worksheets/sheet1.xml"/></Relationships>'
)


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A workbook of these parts, with what makes it one where they leave it out."""
    file = io.BytesIO()
    basis: dict[str, Any] = {"xl/workbook.xml": WORKBOOK, "xl/_rels/workbook.xml.rels": RELATIONS}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (basis | parts).items():
            archive.writestr(name, content)
    return file.getvalue()


def sheet(rows: str, before: str = "") -> bytes:
    return packed(
        {
            "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        }
    )


def workbook(
    rows: list[list[Any]], *, formulas: dict[tuple[int, int], tuple[str, Any]] | None = None
) -> bytes:
    """A workbook as a spreadsheet program writes it; `formulas`: (row, column) from 0 -> formula and stored value."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet("Data")
    for number, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            page.write(number, column, cell)
    for (number, column), (formula, value) in (formulas or {}).items():
        page.write_formula(number, column, formula, None, value)
    book.close()
    return file.getvalue()


def bomb(size: int) -> bytes:
    """A small archive that holds `size` bytes of a sheet."""
    return packed({"xl/worksheets/sheet1.xml": b" " * size})


def lying_bomb(size: int) -> bytes:
    """The same, whose archive states that its sheet has a hundred bytes."""
    content = bytearray(bomb(size))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = -1
        while (at := content.find(signature, at + 1)) >= 0:
            if content[at + offset : at + offset + 4] == size.to_bytes(4, "little"):
                content[at + offset : at + offset + 4] = (100).to_bytes(4, "little")
    return bytes(content)
