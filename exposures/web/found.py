"""What search finds among the exposures."""

from __future__ import annotations

from django.urls import reverse

from exposures.queries import exposure_pages
from treasury.web.scope import Scope


def found(scope: Scope, words: str) -> list[dict]:
    return [
        {
            "name": row["external_reference"],
            "kind": "exposure",
            "entity": row["entity__code"],
            "href": scope.link(reverse("exposure", args=[row["id"]])),
        }
        for row in exposure_pages.found_by(words, entity_ids=scope.all_ids)
    ]
