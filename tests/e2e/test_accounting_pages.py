"""The accounting pages and the forms of changes: axe finds nothing, and none is wider than a narrow screen."""

from typing import Any

from django.urls import reverse

from tests.e2e import workflow
from tests.e2e.test_accessibility import both, findings
from tests.hedges.web.workflow.test_accounting_pages import accounts


def test_axe_finds_nothing_wide_and_narrow(browser: Any, live_site: str) -> None:
    desk = workflow.made()
    accounts(desk)
    hedge = desk.hedge().relationship_id
    code = desk.entity.code
    addresses = {
        "accounting": reverse("accounting"),
        "period": reverse("accounting-period", args=[code, "2026-01"]),
        "map": reverse("account-map", args=[code]),
        "map edit": reverse("account-map-edit", args=[code]),
        "corrections": reverse("accounting-corrections", args=[code]),
        "change": reverse("relationship-change", args=[hedge, "rebalance"]),
        "decide": reverse("assessment-decide", args=[hedge]),
        "relationship": reverse("relationship", args=[hedge]),
    }
    found: dict[str, list[str]] = {}
    for width in (1280, 390):
        context = browser.new_context(base_url=live_site, viewport={"width": width, "height": 860})
        page = context.new_page()
        workflow.sign_in(page, desk, "preparer")
        for name, address in addresses.items():
            page.goto(address)
            found[f"{name} {width}"] = both(page) if width == 1280 else findings(page)
            assert workflow.across(page) <= 0, f"{name} is wider than {width}"
        context.close()
    assert {name: what for name, what in found.items() if what} == {}
