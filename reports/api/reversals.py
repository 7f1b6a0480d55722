"""Taking a journal entry back: by a new one with the sides changed, never by deleting."""

from typing import Any

from rest_framework.response import Response

from hedges.domain import journal
from hedges.models import JournalEntry
from reports.api.journal_entries import JournalEntries, JournalEntrySerializer
from reports.queries import journal_entries
from treasury.api.bodies import Input, body
from treasury.api.writing import PREPARERS, Action, address, read_back, seen


class ReverseEntry(Action):
    """Posts the entry that takes this one back, into the entity's open period; the next close posts anew."""

    operation = "journal_entries_reverse"
    response_schema = JournalEntrySerializer
    roles = PREPARERS
    body = body(
        Input("reason", "Why the entry is taken back.", limit=160),
        Input("entry_date", "In the open period; without it today, or its last day where that is past.", "date", False),
        example={"reason": "The rate of the last day was corrected."},
    )  # fmt: skip

    def found(self, where: dict[str, Any]) -> JournalEntry:
        entries = journal_entries.visible(self.request.user).select_related("entity")
        return seen(entries.filter(pk=where["key"]))

    def act(self, subject: JournalEntry, told: dict[str, Any]) -> Response:
        made = journal.reverse(
            entry=subject, actor=self.request.user, reason=told["reason"], entry_date=told["entry_date"]
        )
        row = read_back(JournalEntries, self.request.user, made.pk)
        return self.made(row, address=address("journal-entries", made.pk))
