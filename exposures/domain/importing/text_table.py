"""A CSV file or a pasted block as a grid: decoded as the person said, strictly, without a guess."""

from __future__ import annotations

import csv
import io

from exposures.domain.importing.grid import Grid, Reader
from exposures.domain.importing.layout import ENCODINGS, Layout
from treasury.domain.refusals import Refusal

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def decoded(content: bytes, encoding: str) -> str:
    """The text of the bytes without its byte-order mark. Raises Refusal naming the encoding, the byte and its line."""
    if content[:2] in _UTF_16:
        raise Refusal("The file is UTF-16: save it as UTF-8 (in Excel: “CSV UTF-8”) and upload it again.")
    named = ENCODINGS.get(encoding)
    if named is None:
        raise Refusal(f"Say first in which encoding the file is: {' or '.join(ENCODINGS.values())}.")
    try:
        text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        other = next(name for code, name in ENCODINGS.items() if code != encoding)
        line = content.count(b"\n", 0, error.start) + 1
        raise Refusal(
            f"The file is not {named}: byte 0x{content[error.start]:02x} in line {line}."
            f" Choose {other}, or save the file as UTF-8."
        ) from None
    at = text.find("\x00")
    if at >= 0:
        line = text.count("\n", 0, at) + 1
        raise Refusal(f"Line {line} has the character NUL in it: this is no text file. Save it as CSV again.")
    return text


def read(content: bytes, layout: Layout, *, limit: int = 0) -> Grid:
    """The grid of a text. Raises Refusal: encoding, no separator, a quotation mark that is never closed, the limits."""
    if not layout.separator:
        raise Refusal("Say first which separator stands between two cells.")
    text = decoded(content, layout.encoding)
    reader = Reader(layout.header_row, limit)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=layout.separator, strict=True)
    try:
        reader.take_all(rows)
    except csv.Error as error:
        raise Refusal(f"Line {rows.line_num} cannot be read: {_in_words(str(error))}.") from None
    return reader.grid()


def _in_words(said: str) -> str:
    if "field larger than" in said:
        return "a cell is longer than 131,072 characters; is a quotation mark missing?"
    if "unexpected end" in said:
        return "a quotation mark is opened and never closed"
    if "expected after" in said:
        return "after a closing quotation mark the separator is expected"
    return said
