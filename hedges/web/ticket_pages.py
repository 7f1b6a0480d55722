"""What the pages of a ticket show beside its form: the numbers, what may be the same deal, who may approve."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from hedges.domain.ticket import send
from hedges.domain.ticket.deal import Deal
from hedges.models import InstrumentVersion
from hedges.queries import ticket
from hedges.web import counts_in
from hedges.web.forms import ticket_words
from hedges.web.forms.ticket import TicketForm, kind_of
from hedges.web.ticket_preview import preview
from treasury.queries import published
from treasury.queries.access import PREPARERS
from treasury.web.scope import Scope
from treasury.web.tables import Column, Table

NOBODY = "Trades are recorded by a treasurer or hedge accountant of the entity. Ask for the role, or ask one of them."


def tradable(scope: Scope) -> list[dict]:
    """The entities whose trades the person records, the chosen one first; nobody's page without any."""
    found = [row for row in scope.entities if scope.person.has_role_at(row["id"], *PREPARERS)]
    if not found:
        raise PermissionDenied(NOBODY)
    chosen = scope.entity["id"] if scope.entity else None
    return sorted(found, key=lambda row: row["id"] != chosen)


def new_trade(scope: Scope) -> dict | None:
    """The button on pages of the book, for those who record trades; its key is `n`."""
    if not any(scope.person.has_role_at(row["id"], *PREPARERS) for row in scope.entities):
        return None
    return {"href": scope.link(reverse("ticket")), "words": "New trade", "key": "n"}


def may_amend(scope: Scope, entity_id: int) -> bool:
    return scope.person.has_role_at(entity_id, *PREPARERS)


def shown(
    form: TicketForm, *, key: UUID | None, kind: str, entity_id: int, actor: Any, rows: list[dict] | None
) -> dict:
    """The panel beside a form that was understood. `rows`: likely duplicates, where they were looked for already."""
    assert form.understood is not None and form.understood.deal is not None
    versions = [version for _, version in form.understood.legs]
    alike = rows
    if alike is None:
        alike = send.duplicates(versions, key=key, kind=kind) if key else []
    return preview(form.understood.deal, form.understood.legs) | {
        "effect": _effect(form.understood.deal, versions),
        "duplicates": duplicates_table(alike) if alike else None,
        "approvers": ticket.approvers(entity_id, but=actor),
        "whole": True,
    }


def _effect(deal: Deal, versions: list[InstrumentVersion]) -> list[tuple[str, object]]:
    """What the hedge ratio of its bucket comes to with a trade of one leg."""
    if len(versions) != 1 or not deal.risk:
        return []
    [version] = versions
    return counts_in.with_the_trade(
        published.published_run(), kind=version.kind, entity_id=deal.entity_id, risk_code=deal.risk["code"],
        unit=version.notional_currency_id, day=version.settlement_date, notional=version.notional_amount,
    )  # fmt: skip


def duplicates_table(rows: list[dict]) -> Table:
    columns = [
        Column("reference", "Recorded", link=lambda row: reverse("instrument", args=[row["instrument_id"]])),
        Column("notional_amount", "Notional", "amount"),
        Column("notional_currency_id", "In"),
        Column("strike_rate", "Rate", "rate"),
        Column("trade_date", "Traded", "day"),
        Column("settlement_date", "Settles", "day"),
        Column("bank", "With"),
        Column("author_name", "By", cell=lambda row: row["author_name"] or "system"),
    ]
    return Table(columns, rows, caption="May be the same deal", short=True)


def draft_title(form: TicketForm, told: dict[str, str]) -> str:
    """`Forward: sell EUR 5m against USD, 3M`."""
    words = [
        told.get(name, "") for name in ("side", "contract_count", "contract", "currency", "index", "amount")
    ]
    said = " ".join(word.lower() if word in ("BUY", "SELL") else word for word in words if word)
    against = f" against {told['against']}" if told.get("against") else ""
    when = told.get("expiry_date") or told.get("value_date") or ""
    return f"{ticket_words.kind_label(kind_of(told))}: {said}{against}{', ' if when else ''}{when}"
