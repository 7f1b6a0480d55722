"""WCAG 2.2 AA on every page, in light and dark, and nothing that a page complains about."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

from tests.e2e import desk

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def findings(page: Any) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def both(page: Any) -> list[str]:
    """In light and in dark: the colours of the same page."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {one}" for one in findings(page)]
    return found


def test_axe_finds_nothing_on_any_page_in_light_or_dark(browser: Any, live_site: str) -> None:
    made = desk.made_book()
    context = browser.new_context(base_url=live_site, viewport={"width": 1360, "height": 860})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto("/accounts/login/")
    found = {"sign-in": both(page)}
    desk.sign_in(page)
    for name, address in desk.addresses(made).items():
        page.goto(address)
        found[name] = both(page)
    context.close()
    assert {name: what for name, what in found.items() if what} == {}
    assert [text for text in complaints if "404" not in text] == []


def test_axe_finds_nothing_on_a_narrow_screen(browser: Any, live_site: str) -> None:
    made = desk.made_book()
    context = browser.new_context(base_url=live_site, viewport={"width": 390, "height": 844})
    page = context.new_page()
    desk.sign_in(page)
    found = {}
    for name in ("position", "horizon", "relationship", "effectiveness-of", "calculator"):
        page.goto(desk.addresses(made)[name])
        found[name] = findings(page)
        across = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert across <= 0, f"{name} is wider than the screen"
    context.close()
    assert {name: what for name, what in found.items() if what} == {}
