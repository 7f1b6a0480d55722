"""The parts of a workbook's zip archive, bounded before anything is unpacked and counted again while it is.

A workbook of 246 kB can hold 96 MB of XML. The sizes that the archive states are looked at first; reading a part
stops at what was stated, so that a part that holds more than it says is refused as broken.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from treasury.domain.refusals import Refusal

MAX_PARTS = 500
MAX_UNPACKED = 64 * 1024 * 1024
#: Sheets of exposures unpack to about ten times their size.
MAX_RATIO, RATIO_COUNTS_FROM = 60, 4 * 1024 * 1024
_BLOCK = 64 * 1024

_REFUSED_PARTS = (
    ("xl/vbaProject", "The workbook has macros: save it as .xlsx without them."),
    ("xl/macrosheets/", "The workbook has macros: save it as .xlsx without them."),
    ("xl/externalLinks/", "The workbook has links to other files: save a copy with values only."),
    ("EncryptedPackage", "The workbook has a password: save it without one."),
)


class Archive:
    """A zip archive that has been looked at. Raises Refusal for one that is hostile, broken or no workbook."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError) as error:
            raise Refusal(f"The workbook is broken: {error}. Save it again.") from None
        parts = self._zip.infolist()
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > MAX_PARTS:
            raise Refusal(
                f"The workbook has {len(parts):,} parts; at most {MAX_PARTS} are read. Save it as CSV."
            )
        if unpacked > MAX_UNPACKED or (
            unpacked > RATIO_COUNTS_FROM and unpacked > MAX_RATIO * max(len(content), 1)
        ):
            raise Refusal(
                f"The workbook unpacks from {len(content):,} to {unpacked:,} bytes, more than is taken."
                " Save the sheet with the exposures as a workbook of its own, or as CSV."
            )
        if any(part.flag_bits & 0x1 for part in parts):
            raise Refusal("The workbook has a password: save it without one.")
        self._names = {part.filename for part in parts}
        if len(self._names) != len(parts):
            raise Refusal("The workbook is broken: it has two parts of one name. Save it again.")
        for beginning, words in _REFUSED_PARTS:
            if any(name.startswith(beginning) for name in self._names):
                raise Refusal(words)
        if "xl/workbook.xml" not in self._names:
            raise Refusal("The file is a zip archive and no .xlsx workbook: save it as .xlsx or CSV.")

    def has(self, name: str) -> bool:
        return name in self._names

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, block by block."""
        try:
            with self._zip.open(name) as part:
                while block := part.read(_BLOCK):
                    yield block
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            KeyError,
            OSError,
        ):
            raise Refusal(f"The workbook is broken at {name}. Save it again.") from None
