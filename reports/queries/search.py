"""Journal entries that a search finds: by number, by what they say, by relationship, by the amount of a line."""

from __future__ import annotations

from django.db.models import F, Q

from hedges.models import JournalEntry, JournalLine
from treasury.queries.rows import Row, listed


def entries(meant: Q, of_lines: Q | None, *, entity_ids: list[int], limit: int) -> list[Row]:
    """`of_lines` says which lines an entry may be found by."""
    if of_lines is not None:
        meant |= Q(pk__in=JournalLine.objects.filter(of_lines).values("entry_id"))
    found = JournalEntry.objects.filter(meant, entity_id__in=entity_ids)
    return listed(
        found.order_by("-entry_date", "-id").values(
            "id", "number", "entry_date", "rule", "description", entity_code=F("entity__code"),
            relationship_code=F("relationship__code"),
        )[:limit]
    )  # fmt: skip
