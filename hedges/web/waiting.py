"""What waits among the hedges: versions that nobody has decided on."""

from __future__ import annotations

from django.urls import reverse

from hedges.queries import instrument_pages, relationship_pages
from treasury.web.scope import Scope


def waiting(scope: Scope) -> list[dict]:
    counted = (
        (instrument_pages.awaiting(scope.entity_ids), "instruments to approve", "instruments"),
        (relationship_pages.awaiting(scope.entity_ids), "relationships to approve", "relationships"),
    )
    return [
        {"count": count, "label": words, "href": scope.link(reverse(name), show="awaiting")}
        for count, words, name in counted
    ]
