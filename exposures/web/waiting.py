"""What waits among the exposures: versions that nobody has decided on."""

from __future__ import annotations

from django.urls import reverse

from exposures.queries import exposure_pages
from treasury.web.scope import Scope


def waiting(scope: Scope) -> list[dict]:
    count = exposure_pages.awaiting(scope.entity_ids)
    return [
        {
            "count": count,
            "label": "exposures to approve",
            "href": scope.link(reverse("exposures"), show="awaiting"),
        }
    ]
