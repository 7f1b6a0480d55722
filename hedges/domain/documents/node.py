"""A place in an XML document that knows its path and what of it was read.

What nobody reads is a problem: a field that would change the trade is never dropped in silence. Fields that do not
change it are named by `ignore`.
"""

import re
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element

from hedges.domain.documents.problems import Problems
from treasury.kernel import dates
from treasury.kernel.money import QUANTITY_UNITS, exponent

_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?", re.ASCII)
_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(2119, 12, 31)
AMOUNT_DIGITS, RATE_DIGITS, RATE_PLACES = 13, 10, 10


class Node:
    def __init__(
        self, element: Element, path: str, problems: Problems, nodes: "list[Node] | None" = None
    ) -> None:
        self.element, self.path, self.problems = element, path, problems
        self.read: set[str] = set()
        self._made: dict[str, list[Node]] = {}
        self.nodes: list[Node] = [] if nodes is None else nodes
        self.nodes.append(self)

    @property
    def names(self) -> list[str]:
        return [_name(child) for child in self.element]

    def ignore(self, *names: str) -> None:
        self.read.update(names)

    def many(self, name: str) -> "list[Node]":
        """The same nodes whenever they are asked for, so that what was read of them is known once."""
        self.read.add(name)
        if name not in self._made:
            found = [child for child in self.element if _name(child) == name]
            several = len(found) > 1
            self._made[name] = [
                Node(
                    child,
                    f"{self.path}/{name}" + (f"[{place}]" if several else ""),
                    self.problems,
                    self.nodes,
                )
                for place, child in enumerate(found, start=1)
            ]
        return self._made[name]

    def maybe(self, name: str) -> "Node | None":
        found = self.many(name)
        if len(found) > 1:
            self.problems.add(f"{self.path}/{name}", "given_twice", "this once", len(found))
        return found[0] if found else None

    def one(self, name: str) -> "Node":
        """Raises DocumentRefused where a whole part is missing: what stands in it cannot be told."""
        found = self.maybe(name)
        if found is None:
            raise self.problems.refuse(f"{self.path}/{name}", "missing", "this element")
        return found

    def value(self) -> str:
        if len(self.element):
            self.problems.add(self.path, "not_a_value", "a value, not elements")
        return (self.element.text or "").strip()

    def text(self, name: str, *, required: bool = True) -> str:
        found = self.maybe(name)
        text = found.value() if found else ""
        if required and not text:
            self.problems.add(f"{self.path}/{name}", "missing", "a value")
        return text

    def word(self, name: str, *words: str) -> str:
        found = self.text(name)
        if found and found not in words:
            self.problems.add(f"{self.path}/{name}", "unsupported", " or ".join(words), found)
        return found

    def target(self, name: str) -> str:
        """The id that a reference points to."""
        return self.one(name).element.get("href", "")

    def currency(self, name: str = "currency") -> str:
        found = self.text(name)
        if found and not is_currency(found):
            self.problems.add(f"{self.path}/{name}", "not_a_currency", "a currency such as EUR", found)
        return found

    def day(self, name: str, *, required: bool = True) -> date | None:
        text = self.text(name, required=required)
        if not text:
            return None
        return day(text, f"{self.path}/{name}", self.problems)

    def number(self, name: str, *, required: bool = True) -> Decimal | None:
        text = self.text(name, required=required)
        return rate(text, f"{self.path}/{name}", self.problems) if text else None

    def money(self, unit: str, name: str = "amount") -> Decimal | None:
        """An amount above zero in a currency, with no more decimals than it has."""
        text = self.text(name)
        return amount(text, unit, f"{self.path}/{name}", self.problems) if text else None

    def finish(self) -> None:
        """Names everything in the document that was not read. Raises DocumentRefused if anything is wrong."""
        for node in self.nodes:
            for name in dict.fromkeys(node.names):
                if name not in node.read:
                    self.problems.add(
                        f"{node.path}/{name}",
                        "unsupported",
                        "nothing here: the book has no place for this term",
                    )
        self.problems.raise_any()


def is_currency(code: str) -> bool:
    return bool(_CURRENCY.fullmatch(code)) and code not in QUANTITY_UNITS


def day(text: str, path: str, problems: Problems) -> date | None:
    try:
        found = dates.day(text)
    except ValueError:
        problems.add(path, "not_a_date", "a date such as 2026-10-09", text)
        return None
    if not _FIRST_DAY <= found <= _LAST_DAY:
        problems.add(path, "not_a_date", f"a date from {_FIRST_DAY} to {_LAST_DAY}", text)
        return None
    return found


def rate(text: str, path: str, problems: Problems) -> Decimal | None:
    if not _NUMBER.fullmatch(text):
        problems.add(path, "not_a_number", "a decimal such as 1.0842", text)
        return None
    found = Decimal(text)
    if abs(found) >= 10**RATE_DIGITS or _places(found) > RATE_PLACES:
        problems.add(
            path, "too_many_digits", f"below 10^{RATE_DIGITS} with at most {RATE_PLACES} decimals", text
        )
        return None
    return found


def amount(text: str, unit: str, path: str, problems: Problems) -> Decimal | None:
    if not _NUMBER.fullmatch(text):
        problems.add(path, "not_a_number", "a decimal such as 1250000.00", text)
        return None
    found = Decimal(text)
    if not 0 < found < 10**AMOUNT_DIGITS:
        problems.add(path, "amount", f"an amount above zero, below 10^{AMOUNT_DIGITS}", text)
        return None
    if _CURRENCY.fullmatch(unit) and _places(found) > exponent(unit):
        problems.add(path, "too_many_digits", f"at most {exponent(unit)} decimals for {unit}", text)
        return None
    return found


def _places(number: Decimal) -> int:
    exponent_of = number.normalize().as_tuple().exponent
    return -exponent_of if isinstance(exponent_of, int) and exponent_of < 0 else 0


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
