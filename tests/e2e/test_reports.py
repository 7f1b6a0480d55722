"""The report pages in a browser: nothing wider than the screen, no breach of WCAG 2.2 AA, no complaint."""

from typing import Any

from django.urls import reverse

from tests.e2e import desk
from tests.e2e.test_accessibility import findings
from tests.factories import accounting, book
from tests.factories.hedge_year import MONTHS, relationship, three_months, under_two_frameworks

PAGES = ("journal", "roll-forward", "disclosures", "reconciliation")


def closed_quarter() -> dict[str, str]:
    """A quarter with every kind of figure; the addresses of its pages."""
    entity = book.entity()
    first, second = under_two_frameworks(entity)
    three_months(entity, relationship(entity), first, second)
    april = [
        accounting.remeasurement(first, 1_234_567, 1_200_000),
        accounting.remeasurement(second, 1_234_567, 1_234_567),
    ]
    posted = accounting.closed_month(entity, MONTHS[2].replace(month=4), april)
    addresses = {name: f"{reverse(name)}?entity={entity.code}&first=2026-01" for name in PAGES}
    return addresses | {"entry": reverse("journal-entry", args=[posted[0].pk])}


def test_the_reports_fit_narrow_and_wide_screens_and_break_no_rule(browser: Any, live_site: str) -> None:
    addresses = closed_quarter()
    desk.made_book()
    found: dict[str, Any] = {}
    for width in (390, 1280):
        context = browser.new_context(base_url=live_site, viewport={"width": width, "height": 860})
        page = context.new_page()
        complaints: list[str] = []
        page.on(
            "console",
            lambda message, said=complaints: said.append(message.text) if message.type == "error" else None,
        )
        desk.sign_in(page)
        for name, address in addresses.items():
            page.goto(address)
            across = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            found[f"{name} {width}"] = findings(page) + ([f"{across} too wide"] if across > 0 else [])
        found[f"console {width}"] = complaints
        context.close()
    assert {name: what for name, what in found.items() if what} == {}
