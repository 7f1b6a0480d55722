"""What search finds among instruments, relationships, proposals, saved strategies and accounting months."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse

from hedges.enums import ProposalKind
from hedges.queries import search
from treasury.kernel import dates
from treasury.web import formats, words
from treasury.web.looked_for import MOST, LookedFor
from treasury.web.scope import Scope


def found(scope: Scope, asked: LookedFor) -> list[dict]:
    traded = asked.within(
        "instrument__external_reference", "counterparty__code", "counterparty__name"
    ) | asked.near("notional_amount", "counter_amount")
    instruments = [
        {
            "name": row["reference"],
            "kind": "instrument",
            "entity": row["entity_code"],
            "says": f"{words.label(row['kind'])}, {formats.number(row['notional_amount'])} {row['unit']},"
            f" {row['settlement_date']} {row['counterparty_code'] or ''}",
            "href": scope.link(reverse("instrument", args=[row["thing_id"]])),
        }
        for row in search.instruments(traded, entity_ids=scope.all_ids, limit=MOST)
    ]
    relationships = [
        {
            "name": row["code"],
            "kind": "hedge relationship",
            "entity": row["entity_code"],
            "says": f"{row['risk_code']}, {words.label(row['hedge_type'])}, {words.label(row['framework'])}",
            "href": scope.link(reverse("relationship", args=[row["thing_id"]])),
        }
        for row in search.relationships(
            asked.within("relationship__code", "objective"), entity_ids=scope.all_ids, limit=MOST
        )
    ]
    return instruments + relationships + _proposals(scope, asked) + _months(scope, asked)


def _proposals(scope: Scope, asked: LookedFor) -> list[dict]:
    """By number, by a part of the title, or by who made it."""
    meant = asked.within("title", "author__username")
    if asked.number is not None:
        meant |= Q(pk=asked.number)
    return [
        {
            "name": f"{'Strategy' if row['kind'] == ProposalKind.STRATEGY else 'Proposal'} {row['id']}",
            "kind": "saved strategy" if row["kind"] == ProposalKind.STRATEGY else "proposal",
            "entity": row["entity_code"],
            "says": f"{row['title']}, by {row['author_name']}, {row['recorded_at']:%Y-%m-%d}",
            "href": scope.link(
                reverse(
                    "strategy-saved" if row["kind"] == ProposalKind.STRATEGY else "proposal", args=[row["id"]]
                )
            ),
        }
        for row in search.proposals(meant, entity_ids=scope.all_ids, limit=MOST)
    ]


def _months(scope: Scope, asked: LookedFor) -> list[dict]:
    """`2026-09` or a day in it, or the code of an entity."""
    return [
        {
            "name": f"{row['entity_code']} {row['period_start']:%Y-%m}",
            "kind": "accounting month",
            "entity": row["entity_code"],
            "says": words.state(f"PERIOD_{row['status']}")[0],
            "href": scope.link(
                reverse("accounting-period", args=[row["entity_code"], f"{row['period_start']:%Y-%m}"])
            ),
        }
        for row in search.months(_month(asked.text), asked.text, entity_ids=scope.all_ids, limit=MOST)
    ]


def _month(text: str) -> date | None:
    try:
        return dates.day(f"{text[:7]}-01")
    except ValueError:
        return None
