"""What search finds among the exposures and their imports."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from exposures.queries import search
from treasury.web import formats, words
from treasury.web.looked_for import MOST, LookedFor
from treasury.web.scope import Scope


def found(scope: Scope, asked: LookedFor) -> list[dict]:
    return _exposures(scope, asked) + _imports(scope, asked)


def _exposures(scope: Scope, asked: LookedFor) -> list[dict]:
    meant = asked.within("exposure__external_reference", "description") | asked.near("exposure_amount")
    return [
        {
            "name": row["reference"],
            "kind": "exposure",
            "entity": row["entity_code"],
            "says": f"{formats.number(row['exposure_amount'])} {row['unit']}, {row['expected_date']}"
            + (f", {row['description']}" if row["description"] else ""),
            "href": scope.link(reverse("exposure", args=[row["thing_id"]])),
        }
        for row in search.exposures(meant, entity_ids=scope.all_ids, limit=MOST)
    ]


def _imports(scope: Scope, asked: LookedFor) -> list[dict]:
    """By a part of the file's name or of the source's, or by number."""
    meant = asked.within("file_name", "source_system")
    if asked.number is not None:
        meant |= Q(pk=asked.number)
    rows = search.imports(meant, entity_ids=scope.all_ids, user_id=scope.person.user_id, limit=MOST)
    return [
        {
            "name": f"Import {row['id']}",
            "kind": "import",
            "entity": "",
            "says": f"{row['file_name']}, {row['source_system']}, {row['row_count']} rows,"
            f" {words.state('IMPORT_' + row['status'])[0].lower()}, {row['recorded_at']:%Y-%m-%d}",
            "href": scope.link(reverse("import", args=[row["id"]])),
        }
        for row in rows
    ]
