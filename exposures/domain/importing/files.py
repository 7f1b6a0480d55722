"""What comes in as a file: bounded, named, told by its first bytes, and turned into a grid the way its kind is read."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from exposures.domain.importing import text_table, workbook
from exposures.domain.importing.grid import MAX_BYTES, Grid
from exposures.domain.importing.layout import Layout
from treasury.domain.refusals import Refusal

TEXT, WORKBOOK = "text", "workbook"
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Upload(NamedTuple):
    name: str
    content: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def kind_of(content: bytes) -> str:
    return WORKBOOK if content[:2] == _ZIP else TEXT


def accepted(name: str, content: bytes) -> Upload:
    """The upload, once it is seen to be a file that can be read. Raises Refusal that says what to save instead."""
    name = "".join(mark for mark in name if mark.isprintable()).strip()[-120:] or "pasted"
    if not content.strip():
        raise Refusal("The file is empty: nothing to import.")
    if len(content) > MAX_BYTES:
        raise Refusal(
            f"The file has {len(content):,} bytes; at most {MAX_BYTES:,} are taken. Split it into several files."
        )
    if content[:8] == _OLE:
        raise Refusal(
            "The file is an old .xls or has a password: save it as .xlsx without a password, or as CSV."
        )
    if name.lower().endswith((".xlsm", ".xlsb", ".xls", ".ods")) or (
        name.lower().endswith(".xlsx") and kind_of(content) != WORKBOOK
    ):
        raise Refusal(
            "Only .xlsx workbooks without macros and text files are taken: save it as .xlsx or CSV."
        )
    if kind_of(content) == WORKBOOK:
        workbook.sheets(content)
    return Upload(name, content)


def sheets(content: bytes) -> list[str]:
    """The names of a workbook's sheets; none of a text."""
    return workbook.sheets(content) if kind_of(content) == WORKBOOK else []


def read(content: bytes, layout: Layout, *, limit: int = 0) -> Grid:
    """The cells of the file. Raises Refusal where the file as a whole cannot be read as the person said."""
    if kind_of(content) == WORKBOOK:
        return workbook.read(content, layout, limit=limit)
    return text_table.read(content, layout, limit=limit)
