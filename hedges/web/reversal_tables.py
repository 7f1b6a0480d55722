"""What a second person is shown of a journal entry that is to be taken back."""

from __future__ import annotations

from django.urls import reverse

from hedges.web.decision_tables import turn
from treasury.kernel.money import exponent
from treasury.web import formats, words
from treasury.web.scope import Scope
from treasury.web.tables import Column, Table


def waiting(scope: Scope, rows: list[dict], person_id: int) -> Table:
    def address(row: dict) -> str:
        return scope.link(reverse("reversal-decision", args=[row["id"]]))

    columns = [
        Column("number", "Entry to take back", "count", link=address),
        Column("entity_code", "Entity"),
        Column("relationship_code", "Relationship"),
        Column("rule", "Rule", "label"),
        Column("valid_from", "Dated", "day"),
        Column("author_name", "Proposed by", cell=lambda row: row["author_name"] or "system"),
        Column("recorded_at", "At (UTC)", "moment"),
        Column("whose", "Whose turn", cell=lambda row: turn(row, person_id)),
    ]
    return Table(columns, rows, caption="Reversals", short=True, empty="No reversal waits.",
                 next_step="An entry is taken back on its own page; another person decides here.",
                 row_link=address)  # fmt: skip


def lines(row: dict, found: list[dict]) -> Table:
    places, currency = exponent(row["currency"]), row["currency"]
    columns = [
        Column("account_code", "Account"),
        Column("account_name", "Name"),
        Column("account_role", "For", "label"),
        Column("debit", "Debit", "amount", places=places, unit=currency, total=True),
        Column("credit", "Credit", "amount", places=places, unit=currency, total=True),
    ]
    return Table(columns, found, caption=f"Lines that take entry {row['number']} back", short=True)


def head(row: dict) -> list[tuple[str, object]]:
    return [
        ("Reason", row["change_reason"]),
        ("Dated", formats.day(row["valid_from"])),
        ("Relationship", row["relationship_code"]),
        ("Rule", words.label(row["rule"])),
        ("Proposed by", row["author_name"] or "system"),
        ("Proposed at (UTC)", formats.moment(row["recorded_at"])),
        ("Digest", row["content_digest"]),
    ]
