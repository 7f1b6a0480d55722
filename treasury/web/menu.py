"""The side bar: what there is, in the order of a treasurer's day."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

MENU = (
    # address name, label, stands apart from what is above
    ("position", "Position", False),
    ("horizon", "Horizon profile", False),
    ("exposures", "Exposures", True),
    ("instruments", "Instruments", False),
    ("relationships", "Relationships", False),
    ("effectiveness", "Effectiveness", False),
    ("accounting", "Accounting", True),
    ("journal", "Journal", False),
    ("approvals", "Approvals", False),
    ("roll-forward", "Roll-forward", True),
    ("disclosures", "Disclosures", False),
    ("reconciliation", "Reconciliation", False),
    ("policies", "Policy", True),
    ("market", "Market", False),
    ("runs", "Runs", False),
    ("calculators", "Calculators", True),
    ("changes", "Change log", False),
    ("help", "Help", False),
)
PAGES_OF = {
    "journal": ("journal-entry",),
    "relationships": ("relationship-designate", "relationship-change", "assessment-decide"),
    "approvals": (
        "relationship-decision",
        "relationship-decide",
        "account-map-decision",
        "account-map-decide",
    ),
    "accounting": ("accounting-period", "account-map", "account-map-edit", "accounting-corrections"),
}


def menu(request: HttpRequest) -> list[dict]:
    match = request.resolver_match
    here = match.url_name if match else ""
    return [
        {"href": reverse(name), "label": label, "apart": apart, "here": _is_here(name, here or "")}
        for name, label, apart in MENU
    ]


def _is_here(name: str, here: str) -> bool:
    # `exposure` is a page of `exposures`, `policy` of `policies`, and so on
    one = f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")
    return here in (name, one) or here in PAGES_OF.get(name, ())
