"""Losses that were stated not to be recovered, on the page of their relationship and before a second person."""

from __future__ import annotations

from django.urls import reverse

from hedges.domain.unrecovered_loss import Effect
from hedges.web.decision_tables import turn
from treasury.kernel.money import exponent
from treasury.web import formats
from treasury.web.scope import Scope
from treasury.web.tables import Column, Table


def stated(row: dict) -> str:
    if row["loss_amount"] is not None:
        return formats.number(row["loss_amount"], exponent(row["currency_id"])) + f" {row['currency_id']}"
    return f"{formats.percent(row['loss_share'])} of the loss"


def _address(scope: Scope, row: dict) -> str:
    return scope.link(reverse("unrecovered-loss-decision", args=[row["id"]]))


def _decision(row: dict) -> object:
    return formats.state(row["approval__decision"] or "AWAITING_APPROVAL")


def waiting(scope: Scope, rows: list[dict], person_id: int) -> Table:
    def address(row: dict) -> str:
        return _address(scope, row)

    columns = [
        Column("code", "Relationship", link=address),
        Column("entity_code", "Entity"),
        Column("valid_from", "On", "day"),
        Column("stated", "Loss", cell=stated),
        Column("author_name", "Stated by", cell=lambda row: row["author_name"] or "system"),
        Column("recorded_at", "At (UTC)", "moment"),
        Column("whose", "Whose turn", cell=lambda row: turn(row, person_id)),
    ]
    return Table(columns, rows, caption="Losses that will not be recovered", short=True, empty="No such loss waits.",
                 next_step="A loss is stated on the page of its relationship; another person decides here.",
                 row_link=address)  # fmt: skip


def of_relationship(scope: Scope, rows: list[dict]) -> Table:
    def address(row: dict) -> str:
        return _address(scope, row)

    columns = [
        Column("valid_from", "On", "day", link=address),
        Column("stated", "Loss", cell=stated),
        Column("change_reason", "Because", wrap=True),
        Column("decision", "Approval", cell=_decision),
        Column("author_name", "Stated by", cell=lambda row: row["author_name"] or "system"),
        Column("approval__decided_by__username", "Decided by"),
    ]  # fmt: skip
    return Table(columns, rows, caption="Losses that will not be recovered", short=True, empty="None is stated.",
                 row_link=address)  # fmt: skip


def head(row: dict) -> list[tuple[str, object]]:
    return [
        ("Loss", stated(row)),
        ("On", formats.day(row["valid_from"])),
        ("Because", row["change_reason"]),
        ("Evidence", row["evidence"]),
        ("Stated by", row["author_name"] or "system"),
        ("Stated at (UTC)", formats.moment(row["recorded_at"])),
        ("Digest", row["content_digest"]),
    ]


def effect(found: Effect) -> list[tuple[str, object]]:
    """What it takes as known now, gains +."""
    places = exponent(found.currency)
    amounts = (
        (f"Reserve on {found.on}", found.reserve),
        ("To profit or loss", found.loss),
        ("Left in the reserve", found.left),
    )
    return [(name, f"{formats.number(amount, places)} {found.currency}") for name, amount in amounts]
