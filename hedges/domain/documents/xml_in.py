"""XML from outside: read without DTD, entities or references, within limits, in one namespace and in UTF-8.

Anything that could make two readers see two documents is refused: another encoding, a foreign namespace, `xsi:type` and
`xsi:nil`, an id given twice, a reference to nothing, text between elements.
"""

import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from hedges.domain.documents.problems import DocumentRefused, Problem, Problems

MOST_BYTES = 256 * 1024
MOST_ELEMENTS = 5_000
MOST_LEVELS = 32
MOST_CHARACTERS = 400

_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_ATTRIBUTES = re.compile(r"id|href|fpmlVersion|actualBuild|[A-Za-z]+Scheme")
_HARMLESS = {f"{_XSI}schemaLocation", "{http://www.w3.org/XML/1998/namespace}lang"}


def document_text(content: bytes, problems: Problems) -> str:
    """The text of a document of any format. Raises DocumentRefused."""
    if not content.strip():
        raise problems.refuse("document", "empty", "a document")
    if len(content) > MOST_BYTES:
        raise problems.refuse("document", "too_large", f"at most {MOST_BYTES} bytes", len(content))
    if b"\x00" in content:
        raise problems.refuse("document", "nul", "text in UTF-8 without the character NUL")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise problems.refuse("document", "encoding", "UTF-8", f"byte at {error.start}") from None


def parsed(content: bytes, namespace: str, problems: Problems) -> Element:
    """The root element. Raises DocumentRefused for what is no such document."""
    document_text(content, problems)
    declared = _DECLARED.match(content.removeprefix(b"\xef\xbb\xbf"))
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii"):
        raise problems.refuse("document", "encoding", "UTF-8", declared[1].decode())
    parser = DefusedXMLParser(target=_Limited(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(content)
        root: Element = parser.close()
    except DocumentRefused:
        raise
    except DefusedXmlException:
        raise problems.refuse("document", "dtd", "XML without DTD, entities or external references") from None
    except (ParseError, ValueError, LookupError) as error:
        raise problems.refuse("document", "not_xml", "well-formed XML", str(error)) from None
    _check(root, namespace, problems)
    problems.raise_any()
    return root


class _Limited(TreeBuilder):
    """Stops while reading, before anything large is built."""

    def __init__(self) -> None:
        super().__init__()
        self.levels = self.elements = 0

    def start(self, tag: Any, attrs: Any, /) -> Element:
        self.levels += 1
        self.elements += 1
        if self.levels > MOST_LEVELS:
            raise DocumentRefused(
                [Problem("document", "too_deep", f"at most {MOST_LEVELS} levels of elements")]
            )
        if self.elements > MOST_ELEMENTS:
            raise DocumentRefused([Problem("document", "too_large", f"at most {MOST_ELEMENTS} elements")])
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self.levels -= 1
        return super().end(tag)


def _check(root: Element, namespace: str, problems: Problems) -> None:
    ids: set[str] = set()
    references: list[tuple[str, str]] = []
    for element in root.iter():
        space, _, name = element.tag.rpartition("}")
        if space != "{" + namespace:
            problems.add(
                name[:60], "namespace", f"elements of {namespace} alone", space.lstrip("{") or "none"
            )
            continue
        _check_attributes(element, name, ids, references, problems)
        loose = [element.text, *(child.tail for child in element)] if len(element) else []
        if any(text and text.strip() for text in loose):
            problems.add(name, "text_between_elements", "no text between elements")
        if not len(element) and len(element.text or "") > MOST_CHARACTERS:
            problems.add(name, "too_long", f"at most {MOST_CHARACTERS} characters", len(element.text or ""))
    for name, target in references:
        if target not in ids:
            problems.add(name, "reference", "a reference to an id of this document", target)


def _check_attributes(
    element: Element, name: str, ids: set[str], references: list[tuple[str, str]], problems: Problems
) -> None:
    for attribute, value in element.attrib.items():
        if attribute in _HARMLESS:
            continue
        if not _ATTRIBUTES.fullmatch(attribute):
            problems.add(name, "unsupported", f"no attribute {attribute.rpartition('}')[2][:40]}", value)
        elif attribute == "id":
            if value in ids:
                problems.add(name, "duplicate_id", "each id once", value)
            ids.add(value)
        elif attribute == "href":
            references.append((name, value))
