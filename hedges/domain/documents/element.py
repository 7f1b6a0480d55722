"""Elements to be written: a tree made in one expression, out as UTF-8 with a declaration, the same every time."""

from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element, indent, tostring

from treasury.kernel.money import plain


def element(name: str, *children: Any, **attributes: str) -> Element:
    """`children`: elements, None (left out), or one value, which becomes the text."""
    made = Element(name, attributes)
    for child in children:
        if isinstance(child, Element):
            made.append(child)
        elif child is not None:
            made.text = _text(child)
    return made


def document(root: Element) -> bytes:
    indent(root, "  ")
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return (
        written.replace(b"<?xml version='1.0' encoding='utf-8'?>", b'<?xml version="1.0" encoding="UTF-8"?>')
        + b"\n"
    )


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else str(value)
