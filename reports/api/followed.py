"""How changes of the ledger are shown in the feed."""

from reports.api.journal_entries import JournalEntries
from reports.api.reversals import JournalReversals

BODIES = {"journal-entries": JournalEntries, "journal-reversals": JournalReversals}
