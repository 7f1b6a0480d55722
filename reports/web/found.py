"""What search finds in the journal."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from reports.queries import search
from treasury.web import words
from treasury.web.looked_for import MOST, LookedFor
from treasury.web.scope import Scope


def found(scope: Scope, asked: LookedFor) -> list[dict]:
    meant = asked.within("description", "relationship__code")
    if asked.number is not None:
        meant |= Q(number=asked.number)
    of_lines = asked.near("debit_amount", "credit_amount") if asked.amount is not None else None
    return [
        {
            "name": f"{row['entity_code']} {row['number']}",
            "kind": "journal entry",
            "entity": row["entity_code"],
            "says": f"{row['entry_date']}, {row['relationship_code']}, {words.label(row['rule'])}",
            "href": scope.link(reverse("journal-entry", args=[row["id"]])),
        }
        for row in search.entries(meant, of_lines, entity_ids=scope.all_ids, limit=MOST)
    ]
