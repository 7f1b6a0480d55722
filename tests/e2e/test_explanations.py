"""Explanations in the browser: reached from a number by keyboard, readable in light and dark and on a narrow screen."""

from typing import Any

import pytest

from hedges.models import EffectivenessResult, HedgeRatioResult, HorizonBucketResult, ValuationResult
from tests.e2e import desk
from tests.e2e.test_accessibility import both, findings
from tests.factories import book, every_kind, hedged


@pytest.fixture
def night(live_site: str) -> Any:
    every_kind.every_kind()
    run = hedged.night()
    book.user("AUDITOR")
    return run


def addresses(run: Any) -> dict[str, str]:
    def of(family: str, key: object, field: str) -> str:
        return f"/numbers/{family}/{run.pk}/{key}/{field}/"

    value = {row.kind: row.instrument_id for row in ValuationResult.objects.order_by("-instrument_id")}
    first = min(ValuationResult.objects.values_list("instrument_id", flat=True))
    bucket = HorizonBucketResult.objects.filter(coverage_ratio__isnull=False).first()
    ratio = HedgeRatioResult.objects.get(subject="ENTITY")
    relationship = EffectivenessResult.objects.first().relationship_id
    return {
        "forward": of(
            "valuations",
            first,
            "forward_element",
        ),
        "swap": of("valuations", value["INTEREST_RATE_SWAP"], "clean_value"),
        "bucket": of(
            "horizon-profiles", f"{bucket.entity_id}.{bucket.risk_id}.{bucket.month_from}", "coverage_ratio"
        ),
        "ratio": of("hedge-ratios", f"ENTITY.{ratio.entity_id}.0", "hedge_ratio"),
        "effectiveness": of("effectiveness-results", relationship, "offset_slope"),
        "measure": "/calculators/fx_forward_value/",
    }


def test_explanations_are_readable_in_light_and_dark_and_on_a_narrow_screen(
    browser: Any, live_site: str, night: Any
) -> None:
    found: dict[str, list[str]] = {}
    for width in (1280, 390):
        context = browser.new_context(base_url=live_site, viewport={"width": width, "height": 860})
        page = context.new_page()
        desk.sign_in(page)
        for name, address in addresses(night).items():
            page.goto(address)
            found[f"{name} {width}"] = both(page) if width == 1280 else findings(page)
            across = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert across <= 0, f"{name} is wider than {width}"
        context.close()
    assert {name: what for name, what in found.items() if what} == {}


def test_a_number_leads_to_its_explanation_and_on_to_the_calculator_by_keyboard(
    browser_page: Any, night: Any
) -> None:
    desk.sign_in(browser_page)
    pk = min(ValuationResult.objects.values_list("instrument_id", flat=True))
    browser_page.goto(f"/instruments/{pk}/")
    browser_page.locator("a.how").first.focus()
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url("**/numbers/valuations/**")
    assert browser_page.get_by_text("They agree").count() == 2
    browser_page.get_by_role("link", name="Open in the calculator").focus()
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url("**/calculators/fx_forward_value/**")
    assert browser_page.get_by_role("region", name="Answer").count() == 1
    assert browser_page.problems == []
