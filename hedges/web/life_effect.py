"""What an event does before it is done: its money, the terms that stay, and the hedges that use the trade."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from hedges.domain.trade_life.plan import Plan
from hedges.enums import InstrumentKind, InstrumentStatus, LifeEventKind
from hedges.models import InstrumentVersion
from hedges.queries import instrument_life
from hedges.web.forms.instrument_life import rate_unit
from treasury.kernel.money import plain
from treasury.web import formats, words
from treasury.web.scope import Scope
from treasury.web.tables import Column, Table

ROLLED = (
    "The old trade goes on to its date, closed by the near leg: as cover they net to nothing from the deal on. A"
    " rollover that the documented strategy foresees is no expiration of the hedging instrument (IFRS 9 6.5.6, IAS"
    " 39.91(a)): the relationships stay, the new trade is designated where that is documented."
)
FUTURE_ROLLED = (
    " What is designated is the old contract, which is closed that day. Where the documented strategy foresees its"
    " rollover (IFRS 9 6.5.6) designate the new one."
)
NOVATED = (
    "A novation to a central counterparty that law demands does not end the hedge (IFRS 9 6.5.6, IAS 39.91(a)(ii))."
    " Any other one does: discontinue the relationships named here from that day."
)
ENDED = (
    "Once it is approved the book demands a discontinuation of these from {day}, cause “the instrument has ended”"
    " (IFRS 9 6.5.6, IAS 39.91(a)); until one is approved no later period is closed."
)


def effect(scope: Scope, plan: Plan) -> dict[str, Any]:
    hedges = instrument_life.designated(plan.before.instrument_id, plan.version.valid_from)
    return {
        "effect": _terms(plan),
        "notes": plan.notes,
        "hedges": _hedges(scope, hedges, plan.before.notional_currency_id) if hedges else None,
        "consequence": _consequence(plan) if hedges else "",
        "unused": not hedges,
    }


def _terms(plan: Plan) -> list[tuple[str, object]]:
    event, before, after = plan.event, plan.before, plan.version
    unit = before.notional_currency_id
    said: list[tuple[str, object]] = [("In words", plan.words)]
    if event.rate is not None:
        label, inverted = rate_unit(before)
        kept = f"{plain(event.rate)} {before.counter_currency_id or ''} per 1 {unit}"
        said.append(("Rate", kept if inverted else f"{plain(event.rate)} {label}"))
    if event.cash_amount is not None:
        how = "as agreed" if event.is_agreed else "worked out"
        said.append(
            (
                "Cash",
                f"{formats.number(event.cash_amount, 2)} {event.cash_currency_id} on {event.cash_date}, {how}",
            )
        )
    else:
        said.append(("Cash", "none"))
    if event.kind == LifeEventKind.ENDING:
        said.append(("The item", f"No natural offset from {after.valid_from} on"))
    elif after.status != before.status:
        said.append(("The trade", f"{words.label(after.status)} from {after.valid_from} on"))
    elif after.notional_amount != before.notional_amount:
        said.append(("Notional from that day on", f"{formats.number(after.notional_amount, 2)} {unit}"))
    for label, trade in (("Closed by its near leg", plan.near_leg), ("Followed by", plan.successor)):
        if trade:
            said.append((label, f"{trade[0].external_reference}: {_trade(trade[1], unit)}"))
    if plan.cancelled:
        names = ", ".join(one.instrument.external_reference for one in plan.cancelled)
        said.append(("Cancelled with it", names))
    return said


def _trade(new: InstrumentVersion, unit: str) -> str:
    if new.contract is not None:
        return (
            f"{new.contract_count} contracts {new.contract.code}, {formats.number(new.notional_amount, 2)} {unit},"
            f" entry price {plain(new.entry_price or 0)} {new.contract.price_currency_id}"
        )
    fixed = f", fixed on {new.fixing_date}" if new.fixing_date else ""
    return (
        f"{words.label(new.kind).lower()}, {formats.number(new.notional_amount, 2)} {unit} against"
        f" {formats.number(new.counter_amount, 2)} {new.counter_currency_id} on {new.settlement_date}{fixed}"
    )


def _hedges(scope: Scope, rows: list[dict], unit: str) -> Table:
    columns = [
        Column(
            "code", "Relationship", link=lambda row: scope.link(reverse("relationship", args=[row["id"]]))
        ),
        Column("hedge_type", "Type", "label"),
        Column("framework", "Under", "label"),
        Column("designated_amount", "Designated", "amount", unit=unit),
        Column("period_to", "To (exclusive)", "day"),
    ]
    return Table(columns, rows, caption="Hedge relationships that use the trade", key="hedges", short=True)


def _consequence(plan: Plan) -> str:
    if plan.event.kind == LifeEventKind.ROLL and plan.before.kind == InstrumentKind.FUTURE:
        return ENDED.format(day=plan.version.valid_from) + FUTURE_ROLLED
    if plan.event.kind == LifeEventKind.ROLL:
        return ROLLED
    if plan.event.kind == LifeEventKind.NOVATION:
        return NOVATED
    early = plan.version.valid_from < plan.before.settlement_date
    shrinks = abs(plan.version.notional_amount) < abs(plan.before.notional_amount)
    if early and (plan.version.status != InstrumentStatus.LIVE or shrinks):
        return ENDED.format(day=plan.version.valid_from)
    return "They go on to the settlement of the trade."
