"""What waits among the hedges: instruments to approve, and what this person may decide on in hedge accounting."""

from __future__ import annotations

from django.urls import reverse

from hedges.queries import decisions, instrument_pages, relationship_pages
from treasury.web.scope import Scope


def waiting(scope: Scope) -> list[dict]:
    return [
        {
            "count": instrument_pages.awaiting(scope.entity_ids),
            "label": "instruments to approve",
            "href": scope.link(reverse("approvals")),
        },
        {
            "count": relationship_pages.awaiting(scope.entity_ids),
            "label": "relationships to approve",
            "href": scope.link(reverse("approvals")),
        },
        {
            "count": decisions.waiting_map_count(scope.entity_ids),
            "label": "account maps to approve",
            "href": scope.link(reverse("approvals")),
        },
    ]
