"""Reversals of journal entries that were proposed: what waits, and one with its decision."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import F, QuerySet

from hedges.models import JournalLine, JournalReversalVersion
from treasury.queries import access
from treasury.queries.rows import Row, listed, one

FIELDS = (
    "id", "entry_id", "version_number", "valid_from", "recorded_at", "author_id", "content_digest", "change_reason",
    "approval__decision", "approval__comment", "approval__decided_by__username",
)  # fmt: skip


def _rows(found: QuerySet) -> QuerySet:
    return found.values(
        *FIELDS, number=F("entry__number"), entity_id=F("entry__entity_id"), entity_code=F("entry__entity__code"),
        currency=F("entry__currency_id"), relationship_code=F("entry__relationship__code"), rule=F("entry__rule"),
        author_name=F("author__username"),
    )  # fmt: skip


def _waiting(entity_ids: list[int]) -> QuerySet[JournalReversalVersion]:
    return JournalReversalVersion.objects.filter(entry__entity_id__in=entity_ids, approval=None)


def waiting(entity_ids: list[int], *, limit: int = 200) -> list[Row]:
    """Those that nobody has decided on, the longest waiting first."""
    return listed(_rows(_waiting(entity_ids)).order_by("recorded_at", "id")[:limit])


def waiting_counts(entity_ids: list[int]) -> tuple[int, int, int, int, int]:
    """How many account maps, reversals, policies, losses and quotes by hand wait for a decision: one statement, as
    every page asks."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM hedges_accountmapversion v"
            " JOIN hedges_accountmap m ON m.id = v.account_map_id AND m.entity_id = ANY (%(entities)s)"
            " LEFT JOIN hedges_accountmapversionapproval a ON a.version_id = v.id WHERE a.id IS NULL),"
            " (SELECT count(*) FROM hedges_journalreversalversion v"
            " JOIN hedges_journalentry e ON e.id = v.entry_id AND e.entity_id = ANY (%(entities)s)"
            " LEFT JOIN hedges_journalreversalversionapproval a ON a.version_id = v.id WHERE a.id IS NULL),"
            " (SELECT count(*) FROM treasury_policyversion v"
            " JOIN treasury_policy p ON p.id = v.policy_id AND p.entity_id = ANY (%(entities)s)"
            " LEFT JOIN treasury_policyversionapproval a ON a.version_id = v.id WHERE a.id IS NULL),"
            " (SELECT count(*) FROM hedges_unrecoveredlossversion v"
            " JOIN hedges_hedgerelationship r ON r.id = v.relationship_id AND r.entity_id = ANY (%(entities)s)"
            " LEFT JOIN hedges_unrecoveredlossversionapproval a ON a.version_id = v.id WHERE a.id IS NULL),"
            " (SELECT count(*) FROM treasury_manualquoteversion v"
            " JOIN treasury_manualquote q ON q.id = v.manual_quote_id AND NOT (q.kind = 'CREDIT_SPREAD' AND EXISTS ("
            "SELECT FROM treasury_entity e WHERE e.code = q.symbol AND e.id <> ALL (%(entities)s)))"
            " LEFT JOIN treasury_manualquoteversionapproval a ON a.version_id = v.id WHERE a.id IS NULL)",
            {"entities": list(entity_ids)},
        )
        maps, reversals, policies, losses, quotes = cursor.fetchone()
    return int(maps), int(reversals), int(policies), int(losses), int(quotes)


def version(version_id: int, *, entity_ids: list[int]) -> Row | None:
    return one(_rows(JournalReversalVersion.objects.filter(pk=version_id, entry__entity_id__in=entity_ids)))


def newest_of(entry_id: int) -> Row | None:
    """What was last proposed about an entry."""
    return one(
        _rows(JournalReversalVersion.objects.filter(entry_id=entry_id)).order_by("-version_number")[:1]
    )


def lines(entry_id: int) -> list[Row]:
    """The lines of an entry with the sides changed: what its reversal would post."""
    found = JournalLine.objects.filter(entry_id=entry_id).order_by("line_number")
    return listed(
        found.values(
            "account_code", "account_name", "account_role", debit=F("credit_amount"), credit=F("debit_amount")
        )
    )


def visible(user: Any) -> QuerySet[JournalReversalVersion]:
    """Those of the entities that the user may see."""
    return access.scoped(
        JournalReversalVersion.objects.select_related("entry__entity"), user, entity="entry__entity"
    )
