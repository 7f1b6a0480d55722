"""The people and the small book of the workflow's pages: one who prepares, one who approves, a third, an auditor."""

from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import book, clock, market
from tests.factories.web import signed_in
from treasury.models import Entity

#: The market is known from here on, up to the day of the clock: tests stand at days between, and at that day.
KNOWN = date(2025, 5, 1)


@dataclass
class Desk:
    #: In UTC: its day is that of the clock in the last hour of it too.
    entity: Entity = field(default_factory=lambda: book.entity(time_zone="UTC"))

    def __post_init__(self) -> None:
        self.last = timezone.now().date()
        book.rule_pack(self.entity.accounting_framework)
        self.bank = book.counterparty()
        with clock.at(KNOWN):
            market.record(
                *market.quotes(until=self.last),
                *market.spreads(self.bank.code, self.entity.code, until=self.last),
            )
        self.people = {
            name: book.user(role, entity=self.entity)
            for name, role in (
                ("preparer", "HEDGE_ACCOUNTANT"), ("approver", "APPROVER"), ("third", "HEDGE_ACCOUNTANT"),
                ("treasurer", "TREASURER"), ("auditor", "AUDITOR"),
            )
        }  # fmt: skip
        self.people["stranger"] = book.user("HEDGE_ACCOUNTANT", entity=book.entity())

    def by(self, name: str) -> Client:
        return signed_in(user=self.people[name])

    def forward(self, notional: int = -600_000) -> Any:
        return book.forward(notional, of=self.entity, counterparty=self.bank)

    def hedge(self, amount: int = 600_000, **fields: Any) -> Any:
        """An item, a forward and a relationship of them."""
        item, forward = book.exposure(of=self.entity), self.forward(-amount)
        return book.relationship(
            of=self.entity, items=[(item, amount)], instruments=[(forward, -amount)],
            author=self.people["preparer"], **fields,
        )  # fmt: skip


class _Fields(HTMLParser):
    def __init__(self, button: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        at = dict(attributes)
        name = at.get("name", "")
        if tag == "input" and name and at.get("type") not in ("checkbox", "radio", "search"):
            self.found.setdefault(name, at.get("value", ""))
        elif tag == "input" and at.get("type") == "checkbox" and "checked" in at:
            self.found[name] = "on"
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in at or self._select not in self.found:
                self.found[self._select] = at.get("value", "")
        elif tag == "textarea":
            self._area = name
            self.found[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area] += data


def fields_of(html: str) -> dict[str, str]:
    """What a browser would send of the forms of a page as they stand there."""
    parser = _Fields("")
    parser.feed(html[html.index("<main") :])
    return {name: value.strip() for name, value in parser.found.items() if name != "csrfmiddlewaretoken"}


def designate_address(entity: Entity, **changed: Any) -> str:
    basis = {
        "entity": entity.code, "framework": entity.accounting_framework, "hedge_type": "CASH_FLOW",
        "risk": "USDEUR", "component": "WHOLE", "designation_date": timezone.now().date().isoformat(),
        "hedge_end_date": "2027-04-30",
    } | changed  # fmt: skip
    return (
        reverse("relationship-designate") + "?" + "&".join(f"{name}={value}" for name, value in basis.items())
    )
