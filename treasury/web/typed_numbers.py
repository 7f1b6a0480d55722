"""Numbers as people type them into a form: lists and tables are split, and what is no number gets its remedy.

Nothing is read more loosely than the catalogue reads it: `95%`, `1,05` and `1 000` stay texts, which it refuses,
and `remedy` says what to write instead. `1.05, 1.08` are two numbers; `1.05,1.08` is refused, since a comma
between two digits may be a decimal one.
"""

from __future__ import annotations

import re
from decimal import Decimal

BETWEEN = re.compile(r"\s*(?:;|,(?=\s|$))\s*")
#: `1 000`, `12 050`: a group of three that begins with 0 is no number of its own.
GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})* 0\d\d(?![\d.,])")
PERCENT = re.compile(r"(.*?)\s*(?:%|per ?cent|pct)", re.IGNORECASE)
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.ASCII | re.IGNORECASE)
SIGNED = re.compile(r"([-+\u2212]?)\s*(.*)", re.DOTALL)
#: What was typed -> the marks to leave out; a comma that stays is a decimal one.
THOUSANDS = (
    (re.compile(r"\d{1,3}(?:([\s_'\u2019])\d{3})(?:\1\d{3})*(?:[.,]\d+)?"), r"[\s_'\u2019]"),
    (re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}"), ","),
    (re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}"), r"\."),
)


def numbers(text: str) -> list[str]:
    """The texts of a list: a line break, a tab, `;`, a comma with a space after it, or spaces stand between two."""
    return [part for line in re.split(r"[\n\r\t]+", text) for part in _parts(line)]


def table(text: str) -> list[list[str]]:
    """The texts of a table, one row a line."""
    return [parts for line in text.splitlines() if (parts := _parts(line.replace("\t", "  ")))]


def _parts(line: str) -> list[str]:
    line = re.sub(r"\s+%", "%", line.strip())
    if not line:
        return []
    parts = BETWEEN.split(line)
    if (
        len(parts) > 1
    ):  # spaces beside commas are then no separators: `1 000, 2 000` is refused, not four numbers
        return parts if parts[-1] else parts[:-1]
    return [line] if GROUPED.search(line) else line.split()


def remedy(text: str, in_list: bool = False) -> str:
    """What to write instead of a text that is no number; empty if it is one, or if that cannot be told."""
    text = text.strip()
    if NUMBER.fullmatch(text):  # refused for its size, not for how it is written
        return ""
    if not text:
        return "write a number between the two separators" if in_list else ""
    percent = PERCENT.fullmatch(text)
    if percent:
        number = meant(percent[1])
        return f"write {Decimal(number) / 100:f}" if number else "write a fraction, e.g. 0.95"
    number = meant(text)
    if number and re.fullmatch(r"\D*[1-9]\d{0,2},\d{3}", text):
        return f"write {number.replace('.', '')}, or {number} if the comma is a decimal one"
    if number and in_list and re.fullmatch(r"\d+,\d+", text):
        return f"write {number}, or put a space after the comma if these are two numbers"
    if number:
        return f"write {number}"
    if not in_list or not re.search(r"\d", text):
        return ""
    if re.search(r"\d\s+-?[\d.]", text):
        return "put the same separator between all numbers, and none inside a number, e.g. 1000000 0.5"
    if "," in text:
        return "put a space or a line break between two numbers, with a decimal point in them, e.g. 1.05 1.08"
    return ""


def meant(text: str) -> str:
    """The number that a text with a percent sign taken off, separators or a decimal comma stands for, or empty."""
    sign, body = SIGNED.fullmatch(text.strip()).groups()  # type: ignore[union-attr]
    for written, marks in THOUSANDS:
        if written.fullmatch(body):
            body = re.sub(marks, "", body)
            break
    body = body.replace(",", ".")
    if not re.fullmatch(r"\d+(?:\.\d*)?|\.\d+", body, re.ASCII):
        return ""
    body = f"0{body}" if body.startswith(".") else body.removesuffix(".")
    return body if sign in ("", "+") else f"-{body}"
