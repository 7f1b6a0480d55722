"""What axe finds on a page at WCAG 2.2 AA, in light, dark and narrow; each rule once wherever its answer can differ."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Another scheme has other colours and nothing else; another width has other places and the same colours.
OF_COLOUR = ["color-contrast", "link-in-text-block"]
FIND = """async options => (await axe.run({...options, resultTypes: ["violations"]})).violations.flatMap(
    one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 160)}`))"""


def findings(page: Any, *, only: list[str] = RULES, without: list[str] | None = None) -> list[str]:
    """Each rule that is broken with the element that breaks it; axe itself is brought in once a page."""
    page.wait_for_load_state()  # a click does not wait for the page and its stylesheet
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    rules = {name: {"enabled": False} for name in without or ()}
    found: list[str] = page.evaluate(FIND, {"runOnly": only, "rules": rules})
    return found


def both(page: Any) -> list[str]:
    """In light by every rule, in dark by those of colour."""
    page.emulate_media(color_scheme="light")
    found = [f"light: {one}" for one in findings(page)]
    page.emulate_media(color_scheme="dark")
    return found + [f"dark: {one}" for one in findings(page, only=OF_COLOUR)]


def everywhere(page: Any) -> list[str]:
    """On a wide screen in light and dark and on a narrow one, without loading the page again; no page is too wide."""
    page.set_viewport_size(WIDE)
    found = both(page)
    page.set_viewport_size(NARROW)
    found += [f"narrow: {one}" for one in findings(page, without=OF_COLOUR)]
    wide = across(page)
    return [*found, f"{wide} pixels wider than a narrow screen"] if wide > 0 else found


def across(page: Any) -> int:
    """By how many pixels the page is wider than the screen."""
    page.wait_for_load_state()
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide
