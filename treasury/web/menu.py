"""The side bar: what there is, by group, in the order of a treasurer's day; what is not there yet is left out."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

#: Who is offered an address: everybody, who may change something, or an administrator.
ALL, WRITERS, ADMINISTRATORS = "all", "writers", "administrators"

MENU: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    # group, then its pages: address name, label, for whom
    ("Position", (("position", "Position", ALL), ("horizon", "Horizon profile", ALL))),
    (
        "Exposures",
        (
            ("exposures", "Exposures", ALL),
            ("imports", "Imports", ALL),
            ("waterfall", "What changed", ALL),
            ("forecast-accuracy", "Forecast accuracy", ALL),
        ),
    ),
    (
        "Hedges",
        (
            ("instruments", "Instruments", ALL),
            ("coming-days", "Coming days", ALL),
            ("proposals", "Proposals", ALL),
            ("approvals", "Approvals", ALL),
        ),
    ),
    ("Relationships", (("relationships", "Relationships", ALL), ("effectiveness", "Effectiveness", ALL))),
    ("Accounting", (("accounting", "Accounting", ALL), ("journal", "Journal", ALL))),
    (
        "Strategy",
        (("strategy", "Strategy", ALL), ("policies", "Policy", ALL), ("calculators", "Calculators", ALL)),
    ),
    (
        "Reports",
        (
            ("roll-forward", "Roll-forward", ALL),
            ("disclosures", "Disclosures", ALL),
            ("reconciliation", "Reconciliation", ALL),
        ),
    ),
    ("Market", (("market", "Market", ALL),)),
    ("Runs", (("runs", "Runs", ALL),)),
    (
        "Admin",
        (
            ("people", "People", ADMINISTRATORS),
            ("keys", "API keys", ALL),
            ("changes", "Change log", ALL),
            ("help", "Help", ALL),
        ),
    ),
)
PAGES_OF = {
    "exposures": ("exposure-new", "exposure-change", "exposure-compare"),
    "imports": ("import-new", "import-layout", "import-columns"),
    "instruments": (
        "ticket",
        "ticket-drafts",
        "instrument-life",
        "instrument-life-take-back",
        "instrument-amend",
    ),
    "strategy": ("strategy-tool", "strategy-saved", "strategy-beside"),
    "position": ("why-moved",),
    "policies": ("policy", "policy-edit"),
    "proposals": ("propose", "proposal-line-dismiss"),
    "market": ("credit-facts", "credit-fact-record", "quote-new", "manual-quote", "market-needs", "calendar"),
    "journal": ("journal-entry",),
    "relationships": ("relationship-designate", "relationship-change", "assessment-decide"),
    "approvals": (
        "relationship-decision",
        "relationship-decide",
        "account-map-decision",
        "account-map-decide",
        "policy-decision",
        "policy-decide",
        "reversal-decision",
        "reversal-decide",
    ),
    "accounting": ("accounting-period", "account-map", "account-map-edit", "accounting-corrections"),
    "keys": ("key-new", "client-new", "key-revoke"),
    "help": ("keyboard",),
}
#: Keys that go to a page: `g` and then the letter.
KEYS = {
    "position": "g p", "horizon": "g h", "exposures": "g e", "instruments": "g i", "approvals": "g a",
    "relationships": "g r", "effectiveness": "g f", "accounting": "g c", "journal": "g j", "policies": "g y",
    "market": "g m", "runs": "g n", "changes": "g l",
}  # fmt: skip

#: Keys of one letter that do something: who is offered it, and the first of the names that this version has.
ACTIONS = (
    ("n", "New trade", WRITERS, ("trade-new", "ticket-new", "ticket", "trade", "instrument-new")),
    ("x", "New exposure", WRITERS, ("exposure-new", "exposure-record")),
)


@cache
def address(name: str) -> str:
    """The address of a page without parameters; empty where this version has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def first_address(names: tuple[str, ...]) -> str:
    return next((address(name) for name in names if address(name)), "")


def keys(roles: frozenset[str], *, may_write: bool) -> list[dict]:
    """Every key with where it leads and in words, those that do something first."""
    offered = {ALL: True, WRITERS: may_write, ADMINISTRATORS: "ADMINISTRATOR" in roles}
    found = [
        {"key": key, "words": words, "href": first_address(names)}
        for key, words, whom, names in ACTIONS
        if offered[whom] and first_address(names)
    ]
    labels = {name: label for _, pages in MENU for name, label, whom in pages if offered[whom]}
    return found + [
        {"key": key, "words": labels[name], "href": address(name)}
        for name, key in KEYS.items()
        if name in labels and address(name)
    ]


def pages(roles: frozenset[str], *, may_write: bool) -> list[dict]:
    """Every page of the side bar that somebody is offered, with the group that it is in."""
    offered = {ALL: True, WRITERS: may_write, ADMINISTRATORS: "ADMINISTRATOR" in roles}
    return [
        {"href": address(name), "label": words, "group": group}
        for group, entries in MENU
        for name, words, whom in entries
        if offered[whom] and address(name)
    ]


def menu(request: HttpRequest, roles: frozenset[str] = frozenset(), *, may_write: bool = False) -> list[dict]:
    match = request.resolver_match
    here = (match.url_name if match else "") or ""
    offered = {ALL: True, WRITERS: may_write, ADMINISTRATORS: "ADMINISTRATOR" in roles}
    found = []
    for label, pages in MENU:
        items = [
            {"href": address(name), "label": words, "here": _is_here(name, here), "key": KEYS.get(name, "")}
            for name, words, whom in pages
            if offered[whom] and address(name)
        ]
        if items:
            found.append(
                {"label": label, "items": items, "alone": len(items) == 1 and items[0]["label"] == label}
            )
    return found


def _is_here(name: str, here: str) -> bool:
    # `exposure` is a page of `exposures`, `policy` of `policies`, and so on
    one = f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")
    return here in (name, one) or here in PAGES_OF.get(name, ())
