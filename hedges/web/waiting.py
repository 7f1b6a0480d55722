"""What waits among the hedges: instruments to approve, and what this person may decide on in hedge accounting."""

from __future__ import annotations

from django.urls import reverse

from hedges.queries import instrument_pages, relationship_pages, reversals
from treasury.web.scope import Scope


def waiting(scope: Scope) -> list[dict]:
    maps, taken_back, policies, losses, quotes = reversals.waiting_counts(scope.entity_ids)
    counted = [
        ("instrument", "instruments", instrument_pages.awaiting(scope.entity_ids)),
        ("relationship", "relationships", relationship_pages.awaiting(scope.entity_ids)),
        ("policy", "policies", policies),
        ("account map", "account maps", maps),
        ("reversal", "reversals", taken_back),
        ("loss", "losses", losses),
        ("quote", "quotes", quotes),
    ]
    return [
        {
            "count": count,
            "label": f"{one if count == 1 else many} to approve",
            "href": f"{scope.link(reverse('approvals'))}#{many.replace(' ', '-')}",
        }
        for one, many, count in counted
    ]
