"""What search finds among instruments and relationships."""

from __future__ import annotations

from django.urls import reverse

from hedges.queries import instrument_pages, relationship_pages
from treasury.web.scope import Scope


def found(scope: Scope, words: str) -> list[dict]:
    instruments = [
        {
            "name": row["external_reference"],
            "kind": "instrument",
            "entity": row["entity__code"],
            "href": scope.link(reverse("instrument", args=[row["id"]])),
        }
        for row in instrument_pages.found_by(words, entity_ids=scope.all_ids)
    ]
    relationships = [
        {
            "name": row["code"],
            "kind": "hedge relationship",
            "entity": row["entity__code"],
            "href": scope.link(reverse("relationship", args=[row["id"]])),
        }
        for row in relationship_pages.found_by(words, entity_ids=scope.all_ids)
    ]
    return instruments + relationships
