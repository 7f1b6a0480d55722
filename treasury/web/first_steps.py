"""What to do first, for somebody who has never seen the program: until they hide it, on the pages where days begin."""

from __future__ import annotations

from treasury.web.menu import ACTIONS, address, first_address
from treasury.web.scope import Scope

#: The pages that show the steps.
PAGES = ("position", "home")


def steps(scope: Scope) -> list[dict[str, str]]:
    """Words with one link each. Who only reads is told where to read."""
    trade = first_address(next(names for key, _, _, names in ACTIONS if key == "n"))
    exposure = first_address(next(names for key, _, _, names in ACTIONS if key == "x"))
    found = []
    if scope.may_write and exposure:
        found.append(
            _step("What is to be protected: ", exposure, "record an exposure", ", or paste and import many.")
        )
    if scope.may_write and trade:
        found.append(
            _step(
                "What protects it: ",
                trade,
                "record a forward",
                ", or another trade; the key n does the same.",
            )
        )
    if scope.may_write:
        found.append(
            _step(
                "A second person decides on it under ",
                address("approvals"),
                "Approvals",
                "; until then it counts nowhere.",
            )
        )
    found.append(
        _step(
            "Each night values what is approved: ",
            address("runs"),
            "Runs",
            " shows the nights, and starts one by hand.",
        )
    )
    found.append(
        _step("How much is hedged is on the ", address("position"), "Position",
              ": the row of the risk, the column of the months ahead. Click the ratio to see the trades behind it.")
    )  # fmt: skip
    return [step for step in found if step["href"]]


def _step(before: str, href: str, words: str, after: str) -> dict[str, str]:
    return {"before": before, "href": href, "words": words, "after": after}
