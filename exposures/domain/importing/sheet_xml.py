"""The XML of a workbook's parts, streamed: no document type, no entity, and a bound on how many elements there are."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from treasury.domain.refusals import Refusal

MAX_ELEMENTS = 3_000_000


class Enough(Exception):
    """The part has said all that was wanted of it."""


class Handler:
    """Elements by their name without prefix: subclasses have `begin` and `end`, and read `text` at an end."""

    def __init__(self) -> None:
        self.elements = 0
        self.parts: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str, text: str) -> None: ...

    def start_element(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise Refusal(
                f"The workbook has more than {MAX_ELEMENTS:,} cells and parts of cells: save it as CSV."
            )
        self.parts.clear()
        self.begin(name.rpartition(":")[2] if ":" in name else name, attributes)

    def end_element(self, name: str) -> None:
        self.end(name.rpartition(":")[2] if ":" in name else name, "".join(self.parts))
        self.parts.clear()


class _Parser(DefusedExpatParser):
    """Elements go to the handler as expat has them, without the objects that SAX would make of each."""

    def __init__(self, handler: Handler) -> None:
        super().__init__(forbid_dtd=True)
        self.start_element = handler.start_element
        self.end_element = handler.end_element
        texts = ContentHandler()
        texts.characters = handler.parts.append  # type: ignore[method-assign, assignment]
        self.setContentHandler(texts)


def parse(blocks: Iterable[bytes], handler: Handler) -> None:
    """Raises Refusal for XML that is broken or has a document type, which no workbook has."""
    parser = _Parser(handler)
    try:
        for block in blocks:
            parser.feed(block)
        parser.close()
    except Enough:
        return
    except DefusedXmlException:
        raise Refusal(
            "The workbook defines entities or a document type, which no workbook does: refused."
        ) from None
    except SAXParseException as error:
        raise Refusal(f"The workbook is broken: {error.getMessage()}. Save it again.") from None


class Book(Handler):
    """Names of the sheets with the keys of their parts, and from which year days are counted."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: dict[str, str] = {}
        self.from_1904 = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            key = next((attributes[at] for at in attributes if at.rpartition(":")[2] == "id"), "")
            self.sheets[attributes.get("name", "")] = key
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in ("1", "true")


class Relations(Handler):
    """Key of a part -> its name in the archive."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode", "") != "External":
            target = attributes.get("Target", "")
            self.targets[attributes.get("Id", "")] = target[1:] if target.startswith("/") else f"xl/{target}"


class Strings(Handler):
    """The shared texts; what stands in a phonetic run is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._now: list[str] = []
        self._phonetic = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._now = []
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str, text: str) -> None:
        if name == "t" and not self._phonetic:
            self._now.append(text)
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.texts.append("".join(self._now))


class Styles(Handler):
    """Which cell formats show a number as a date."""

    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[int, str] = {}
        self._formats: list[int] = []
        self._in_cells = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self._formats.append(_whole(attributes.get("numFmtId")))

    def end(self, name: str, text: str) -> None:
        if name == "cellXfs":
            self._in_cells = False

    def dates(self) -> frozenset[str]:
        return frozenset(str(at) for at, code in enumerate(self._formats) if self._is_date(code))

    def _is_date(self, number: int) -> bool:
        if number in self._codes:
            return shows_a_date(self._codes[number])
        return 14 <= number <= 22 or 27 <= number <= 36 or 45 <= number <= 47 or 50 <= number <= 58


def shows_a_date(code: str) -> bool:
    """Whether a format has day, month or year outside of quotation marks, brackets and escapes."""
    shown, skip, until = [], False, ""
    for mark in code.split(";")[0]:
        if skip:
            skip = False
        elif until:
            until = "" if mark == until else until
        elif mark == "\\" or mark in "_*":
            skip = True
        elif mark in '"[':
            until = '"' if mark == '"' else "]"
        else:
            shown.append(mark.lower())
    return any(mark in "dmyh" for mark in shown)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1
