"""An account map as a table, alone or beside the one that it follows."""

from __future__ import annotations

from django.urls import reverse

from hedges.enums import AccountRole
from treasury.queries.version_pages import compared, events_of
from treasury.web import formats, words
from treasury.web.story import events_table
from treasury.web.tables import Column, Table


def accounts(row: dict, earlier: dict | None = None) -> Table:
    before = (earlier or {}).get("accounts") or {}
    rows = [
        {
            "role": words.sentence(role.label),
            "after": _account(row["accounts"], role),
            "before": _account(before, role),
        }
        for role in AccountRole
    ]
    columns = [Column("role", "Role"), Column("after", "Account", cell=lambda line: _shown(line["after"]))]
    if earlier:
        columns[1:1] = [Column("before", "Before", cell=lambda line: _shown(line["before"]))]
        columns.append(
            Column(
                "change",
                "Change",
                cell=lambda line: formats.tag("new") if line["before"] != line["after"] else "",
            )
        )
    return Table(columns, rows, caption="Accounts by role", short=True,
                 row_class=lambda line: "lead" if earlier and line["before"] != line["after"] else "")  # fmt: skip


def change_log(rows: list[dict]) -> Table:
    """Which account a role had and has, version by version."""
    labels = {role.value: words.sentence(role.label) for role in AccountRole} | {"valid_from": "Counts from"}
    story = compared(
        [row | {role.value: _account(row["accounts"], role) for role in AccountRole} for row in rows], labels
    )
    return events_table(events_of(rows), story, labels)


def _account(named: dict, role: AccountRole) -> str:
    account = named.get(role.value) or {}
    return f"{account.get('code', '')} {account.get('name', '')}".strip()


def _shown(text: str) -> object:
    return text or formats.why("none")


def versions(scope, rows: list[dict]) -> Table:
    columns = [
        Column(
            "version_number",
            "Version",
            cell=lambda row: formats.number(row["version_number"]),
        ),
        Column(
            "state", "State", cell=lambda row: formats.state(row["approval__decision"] or "AWAITING_APPROVAL")
        ),
        Column("valid_from", "Counts from", "day"),
        Column("author_name", "Written by", cell=lambda row: row["author_name"] or "system"),
        Column("recorded_at", "At (UTC)", "moment"),
        Column("approval__decided_by__username", "Decided by"),
        Column("change_reason", "Why", wrap=True),
        Column("content_digest", "Digest", "digest"),
    ]
    return Table(
        columns, rows, caption="Versions of the account map", short=True, empty="There is no account map yet.",
        row_link=lambda row: scope.link(reverse("account-map-decision", args=[row["id"]])),
    )  # fmt: skip
