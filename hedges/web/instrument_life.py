"""The life of a trade on its page: what can be done, what has happened and what comes, in one time line."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from hedges.enums import InstrumentKind, InstrumentStatus, LifeEventKind
from hedges.queries import coming_days, instrument_life, variation_margin
from hedges.web.forms.instrument_life import (
    CANCEL,
    END,
    EXERCISE,
    FIX,
    LAPSE,
    NOVATE,
    ROLL,
    SETTLE,
    TAKE_BACK,
    UNWIND,
)
from treasury.web import formats, words
from treasury.web.scope import Scope
from treasury.web.tables import Column, Table

#: Verb -> (button, title, key).
VERBS = {
    SETTLE: ("Settle early", "Settle early", "s"), UNWIND: ("Unwind", "Unwind", "u"), ROLL: ("Roll", "Roll", "o"),
    NOVATE: ("Novate", "Novate", "v"), EXERCISE: ("Exercise", "Exercise", "e"), LAPSE: ("Let lapse", "Let lapse", "l"),
    FIX: ("Fix", "Fix", "f"), END: ("End", "End", "d"), CANCEL: ("Cancel", "Cancel", "c"),
    TAKE_BACK: ("Take back", "Take back", "b"),
}  # fmt: skip
_FORWARDS = (SETTLE, ROLL, UNWIND, NOVATE)
BY_KIND = {
    InstrumentKind.FORWARD: _FORWARDS, InstrumentKind.FX_SWAP: _FORWARDS,
    InstrumentKind.NON_DELIVERABLE_FORWARD: (FIX, ROLL, UNWIND, NOVATE),
    InstrumentKind.FUTURE: (ROLL, UNWIND, NOVATE),
    InstrumentKind.OPTION: (EXERCISE, LAPSE, UNWIND, NOVATE), InstrumentKind.INTEREST_RATE_SWAP: (UNWIND, NOVATE),
    InstrumentKind.CROSS_CURRENCY_SWAP: (UNWIND, NOVATE), InstrumentKind.NATURAL_OFFSET: (END,),
}  # fmt: skip
WHAT = {
    coming_days.FIXING: "Fixing", coming_days.EXPIRY: "Expiry", coming_days.NEAR_LEG: "Near leg settles",
    coming_days.PAYMENT: "Payment", coming_days.SETTLEMENT: "Settlement", coming_days.CASH: "Cash of what happened",
}  # fmt: skip
TO_DO = {
    coming_days.FIXING: (FIX, "Fix it"), coming_days.EXPIRY: (EXERCISE, "Exercise it, or let it lapse"),
    coming_days.NEAR_LEG: ("", "Pay and receive"), coming_days.PAYMENT: ("", "Pay or receive the coupons"),
    coming_days.CASH: ("", "Pay or receive"),
}  # fmt: skip
AHEAD = timedelta(days=30)
_FAR = timedelta(days=365 * 60)
EVENTS = {kind.value: kind.label.capitalize() for kind in LifeEventKind}
_CHANGED = {InstrumentStatus.CANCELLED.value: "Cancelled"}
_STATE = {instrument_life.COUNTS: "APPROVED"}


def section(scope: Scope, found: dict, current: dict, story: list[dict]) -> dict[str, Any]:
    """In a fixed number of reads; of a future one more."""
    pk = found["id"]
    events = instrument_life.of(pk, known_at=scope.known_at)
    days = coming_days.coming(
        entity_ids=[found["entity_id"]], on=scope.on, until=scope.on + _FAR, known_at=scope.known_at,
        instrument_id=pk, limit=40,
    )  # fmt: skip
    is_future = current["kind"] == InstrumentKind.FUTURE
    follows = instrument_life.made_by(pk)
    is_near = bool(follows and follows["near_leg_id"] == pk)
    return {
        "actions": [] if is_near else actions(scope, found, current, story, events),
        "is_near_leg": is_near,
        "line": time_line(scope, found, current, story, events),
        "coming": _coming(scope, days, waits=current["state"] == "AWAITING_APPROVAL"),
        "margin": _margin(variation_margin.margin_days(pk, known_at=scope.known_at)) if is_future else None,
        "follows": _follows(scope, follows, is_near=is_near),
    }


def actions(
    scope: Scope, found: dict, current: dict, story: list[dict], events: list[dict]
) -> list[dict[str, str]]:
    """What the person may do now: nothing while a version waits, and nothing but taking back once it has ended."""
    if not scope.may_prepare_at(found["entity_id"]) or any(
        row["state"] == "AWAITING_APPROVAL" for row in story[:1]
    ):
        return []
    newest = next((row for row in story if row["state"] == "APPROVED"), None)
    if newest is None:
        return []
    offered = []
    if newest["status"] == InstrumentStatus.LIVE and newest["settlement_date"] >= scope.on:
        offered = [verb for verb in BY_KIND[newest["kind"]] if _is_due(verb, newest, scope.on)]
    if newest["status"] == InstrumentStatus.LIVE:
        offered.append(CANCEL)
    buttons = [
        {"words": VERBS[verb][0], "key": VERBS[verb][2],
         "href": scope.link(reverse("instrument-life", args=[found["id"], verb]))}
        for verb in offered
    ]  # fmt: skip
    last = next((row for row in events if row["version_id"] == newest["id"]), None)
    if last and last["state"] == instrument_life.COUNTS and last["kind"] != LifeEventKind.REVERSAL:
        name = EVENTS[last["kind"]].lower()
        buttons.append(
            {"words": f"Take back: {name}", "key": VERBS[TAKE_BACK][2],
             "href": scope.link(reverse("instrument-life-take-back", args=[found["id"], last["id"]]))}
        )  # fmt: skip
    return buttons


def _is_due(verb: str, row: dict, on: date) -> bool:
    if verb in (EXERCISE, LAPSE):
        return bool(row["expiry_date"] <= on)
    if verb == FIX:
        return bool(row["fixing_date"] <= on)
    if verb == ROLL and row["kind"] == InstrumentKind.NON_DELIVERABLE_FORWARD:
        return bool(on <= row["fixing_date"])
    near = row["near_settlement_date"]
    return not (verb in (SETTLE, ROLL, UNWIND) and near and near > on)


def time_line(scope: Scope, found: dict, current: dict, story: list[dict], events: list[dict]) -> Table:
    """Dealt, amended, what happened, and that it matured, which its dates say and nobody; the newest first."""
    made = {row["version_id"]: row for row in events}
    rows: list[dict[str, Any]] = []
    for version in story:
        event = made.get(version["id"])
        if event is None:
            first = version["version_number"] == 1
            rows.append(
                {"day": version["trade_date"] if first else version["valid_from"],
                 "what": "Dealt" if first else _CHANGED.get(version["status"], "Amended"),
                 "state": version["state"], "text": version["change_reason"], "version": version["version_number"],
                 "by": version["author__username"], "amount": None, "currency": "", "cash_date": None}
            )  # fmt: skip
            continue
        rows.append(
            {"day": event["event_date"], "what": EVENTS[event["kind"]],
             "state": _STATE.get(event["state"], event["state"]),
             "text": _with_trades(scope, event, version), "version": version["version_number"],
             "by": version["author__username"], "amount": event["cash_amount"],
             "currency": event["cash_currency_id"] or "", "cash_date": event["cash_date"]}
        )  # fmt: skip
    is_live = current["status"] == InstrumentStatus.LIVE and current["state"] == "APPROVED"
    if is_live and current["settlement_date"] < scope.on:
        rows.insert(
            0,
            {"day": current["settlement_date"], "what": "Matured", "state": "STAGE_MATURED", "version": "",
             "text": "By itself, on its date.", "by": "", "amount": None, "currency": "", "cash_date": None},
        )  # fmt: skip
    columns = [
        Column("day", "Day", "day"),
        Column("what", "What"),
        Column("state", "State", "state"),
        Column("amount", "Cash", "money"),
        Column("currency", "In"),
        Column("cash_date", "Paid on", "day"),
        Column("text", "In words", wrap=True),
        Column("version", "Version", cell=lambda row: f"{row['version']}"),
        Column("by", "By", cell=lambda row: row["by"] or "system"),
    ]
    return Table(columns, rows, caption="What has happened, the newest first; received is plus", key="life",
                 short=True)  # fmt: skip


def _with_trades(scope: Scope, event: dict, version: dict) -> object:
    """In words, with links to the near leg and to the trade that follows."""
    said = version["change_reason"] or event["reason"]
    made = [
        (scope.link(reverse("instrument", args=[event[f"{name}_id"]])), event[f"{name}__external_reference"])
        for name in ("near_leg", "successor")
        if event[f"{name}_id"]
    ]
    return format_html("{} {}", said, format_html_join(" ", '<a href="{}">{}</a>', made)) if made else said


def _coming(scope: Scope, days: list[dict], *, waits: bool) -> Table:
    columns = [
        Column("day", "Day", "day"),
        Column("what", "What", cell=lambda row: WHAT[row["what"]]),
        Column("amount", "Amount", "money"),
        Column("currency", "In", cell=lambda row: row["currency"] or ""),
        Column("to_do", "What to do", cell=lambda row: to_do(scope, row), wrap=True),
    ]
    return Table(columns, days, caption="What comes", key="coming", short=True,
                 empty="Its days stand here once it is approved." if waits else "Nothing comes any more.")  # fmt: skip


def to_do(scope: Scope, row: dict) -> object:
    """In words, and a link to where it is done for those who may."""
    verb, text = TO_DO.get(row["what"], ("", _settling(row)))
    if row["what"] in (coming_days.FIXING, coming_days.EXPIRY) and row["day"] < scope.on:
        text = f"Missed: {text[0].lower()}{text[1:]}"
    if not verb or row["day"] > scope.on or not scope.may_prepare_at(row["entity_id"]):
        return text
    return format_html(
        '<a href="{}">{}</a>', scope.link(reverse("instrument-life", args=[row["instrument_id"], verb])), text
    )


def _settling(row: dict) -> str:
    return {
        "FUTURE": "Last trading day: roll it or close it before",
        "OPTION": "Settled, if it was exercised",
        "NATURAL_OFFSET": "The item is due",
        "INTEREST_RATE_SWAP": "Ends with its last payment",
        "CROSS_CURRENCY_SWAP": "Principals are exchanged back",
        "NON_DELIVERABLE_FORWARD": "The difference is paid",
    }.get(row["kind"], "Deliver, or roll it before")


def _margin(days: list[dict]) -> Table:
    columns = [
        Column("event_date", "Day", "day"),
        Column("rate", "Settlement price", "rate"),
        Column("rate_source", "Source"),
        Column("cash_amount", "Margin", "money"),
        Column("cash_currency_id", "In"),
    ]
    return Table(columns, days, caption="Variation margin, the newest days; received is plus", key="margin",
                 short=True, empty="No margin day is on record.")  # fmt: skip


def _follows(scope: Scope, event: dict | None, *, is_near: bool) -> dict[str, object] | None:
    if event is None:
        return None
    paid = "nothing is paid"
    if event["cash_amount"] is not None:
        amount = formats.number(event["cash_amount"], 2)
        paid = f"{amount} {event['cash_currency_id']} on {formats.day(event['cash_date'])}"
    return {
        "lead": "Near leg of the roll of" if is_near else "Followed from",
        "settles": f"It closes that trade and settles with it: {paid}." if is_near else "",
        "href": scope.link(reverse("instrument", args=[event["instrument_id"]])),
        "reference": event["instrument__external_reference"],
        "words": f"{words.label(EVENTS[event['kind']])} on {formats.day(event['event_date'])}",
    }
