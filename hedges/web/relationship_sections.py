"""The hedge accounting of a relationship on its page: life, measurement, tests, decisions, inception file."""

from __future__ import annotations

from django.urls import reverse

from hedges.domain.changes import demanded
from hedges.enums import EffectivenessStatus, HedgeType, RelationshipStatus
from hedges.queries import decisions, life_stages, measurement_pages, unrecovered_losses
from hedges.web import assessed, decision_tables, loss_tables, measurement_tables
from treasury.enums import AccountingFramework
from treasury.models import Entity
from treasury.web import formats, words
from treasury.web.scope import Scope
from treasury.web.tables import Column, Table

EVENTS = {
    "DESIGNATED": "Documented", "PROPOSED": "Proposed", "APPROVED": "Approved", "REJECTED": "Rejected",
    "LATE_ACCEPTED": "Late documentation accepted", "TESTED": "Tested", "DECIDED": "Decided about", "CLOSED": "Closed",
    "MATURED": "Matured", "LOSS_STATED": "Stated",
}  # fmt: skip
DECIDED_BY_PERSON = (AccountingFramework.IAS39, AccountingFramework.ASC815)


def accounting(
    scope: Scope, found: dict, current: dict, story: list[dict], statuses: dict | None, username: str
) -> dict:
    pk, entity_id = found["id"], found["entity_id"]
    closed = measurement_pages.last_close(pk)
    preview = measurement_pages.of_run(pk, scope.run["id"] if scope.run else None)
    shown = preview or closed
    accounted = current["hedge_type"] != HedgeType.ECONOMIC
    approved = any(row["state"] == "APPROVED" for row in story)
    running = approved and current["status"] == RelationshipStatus.DESIGNATED
    waits = any(row["state"] == "AWAITING_APPROVAL" for row in story)
    prepares = scope.may_prepare_at(entity_id)
    version = decisions.newest(pk, entity_ids=scope.all_ids) or {}
    return {
        "closed": closed,
        "preview": preview,
        "measured": measurement_tables.amounts(scope, pk, closed, preview),
        "path": measurement_tables.path(shown) if shown else None,
        "why_so_much": measurement_tables.why_so_much(closed)
        if closed and current["hedge_type"] == HedgeType.CASH_FLOW
        else "",
        "costs": measurement_tables.costs(
            scope, pk, measurement_pages.costs(pk, shown["run_id"] if shown else None)
        ),
        "decided": measurement_tables.decided(measurement_pages.decisions(pk)),
        **_losses(scope, pk, current, approved and prepares),
        "must_decide": _must_decide(current, statuses),
        "tests": assessed.tests(decisions.assessments(row["id"] for row in story)),
        "file": decision_tables.file_terms(version) if version.get("inception_file_id") else None,
        "demands": _demands(scope, pk, entity_id) if running and accounted else [],
        "may_change": prepares and running and not waits,
        "may_test": (prepares or scope.may_decide_at(entity_id)) and accounted and running,
        "may_decide_tests": accounted and approved and _may_decide(scope, entity_id, story, username),
        "may_copy": prepares and approved,
        "waits_for": next((row["id"] for row in story if row["state"] == "AWAITING_APPROVAL"), None),
        **_life(scope, pk),
    }


def _losses(scope: Scope, pk: int, current: dict, may_state: bool) -> dict:
    """Only the reserve of a cash flow hedge holds a loss to recover."""
    if current["hedge_type"] != HedgeType.CASH_FLOW:
        return {}
    rows = unrecovered_losses.of_relationship(pk)
    waits = any(row["approval__decision"] is None for row in rows)
    return {"losses": loss_tables.of_relationship(scope, rows), "may_state_loss": may_state and not waits}


def _may_decide(scope: Scope, entity_id: int, story: list[dict], username: str) -> bool:
    """Whoever prepared a version that is approved or waits does not decide on its test."""
    authors = {row["author__username"] for row in story if row["state"] != "REJECTED"}
    return scope.may_decide_at(entity_id) and username not in authors


def _must_decide(current: dict, statuses: dict | None) -> str:
    if not statuses:
        return ""
    if statuses["credit_risk_status"] == EffectivenessStatus.NOT_EFFECTIVE:
        return "The credit criterion fails: a person confirms that credit risk dominates, or says why it does not."
    undecided = statuses["effectiveness_status"] == EffectivenessStatus.INCONCLUSIVE
    if undecided and current["framework"] in DECIDED_BY_PERSON:
        return "The documented test has no result; no month is closed before a named person has decided, with a reason."
    return ""


def _demands(scope: Scope, pk: int, entity_id: int) -> list[dict]:
    """Changes that the facts demand, each with the form that proposes it."""
    return [
        {
            "text": demand.text,
            "href": scope.link(
                reverse("relationship-change", args=[pk, "discontinue"]),
                **{"from": demand.from_date, "cause": demand.cause.value},
            ),
        }
        for demand in demanded.demanded(Entity.objects.get(pk=entity_id), scope.on)
        if demand.relationship_id == pk
    ]


def _life(scope: Scope, pk: int) -> dict:
    stage = life_stages.life_stages([pk], on=scope.on).get(pk)
    events = life_stages.time_lines([pk], on=scope.on)[pk]
    return {"stage": formats.state(f"STAGE_{stage}") if stage else "", "timeline": timeline(events)}


def timeline(events: list[life_stages.LifeEvent]) -> Table:
    rows = [
        {
            "day": event.day, "what": EVENTS.get(event.kind, words.label(event.kind)),
            "of": words.label(event.what),
            "detail": words.label(event.detail), "person": event.person, "recorded_at": event.recorded_at,
            "version": event.version_number,
        }
        for event in events
    ]  # fmt: skip
    columns = [
        Column("day", "On", "day"),
        Column("what", "What"),
        Column("of", "Of"),
        Column("detail", "Because, or came to", wrap=True),
        Column("version", "Version", "count"),
        Column("person", "By"),
        Column("recorded_at", "Recorded (UTC)", "moment"),
    ]
    return Table(columns, rows, caption="What has happened to it", short=True, empty="Nothing by this date.")
