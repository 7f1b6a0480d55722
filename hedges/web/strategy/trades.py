"""The trades that a strategy comes down to today, as lines of a proposal, and the table in which they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from hedges.domain.proposals.deals import OPTION, currencies, deal
from hedges.domain.proposals.propose import LineDraft
from hedges.domain.strategy import plan
from hedges.domain.strategy.compare import Outcome
from hedges.domain.strategy.months import MonthBook
from hedges.domain.ticket.kinds import COLLAR
from hedges.enums import InstrumentKind
from hedges.web.strategy.answer import Asked
from treasury.domain.value_days import business_day
from treasury.enums import RiskKind
from treasury.kernel.money import minor_units_to_amounts, round_amount
from treasury.web import formats
from treasury.web.tables import Column, Table

MOST = 40
FORWARD = InstrumentKind.FORWARD.value
KINDS = {plan.FORWARD: FORWARD, plan.OPTION: OPTION, plan.COLLAR: COLLAR}
INTEREST = "Interest is dealt in swaps, whose terms this does not know. Record them by a ticket."


def of_programme(asked: Asked, row: dict, book: MonthBook, found: Outcome) -> list[LineDraft]:
    """One a month that is topped up; none for interest, whose swaps have terms that a ladder does not know."""
    if asked.sealed.lookup.is_rate[book.risk]:
        return []
    months = np.flatnonzero(found.ladder.trades[0])[:MOST]
    amounts = minor_units_to_amounts(found.ladder.trades[0][months], [book.unit] * months.size)
    kind, lines = KINDS[found.plan.instrument], []
    for month, amount in zip(months.tolist(), amounts, strict=True):
        made = found.struck.get(month)
        terms = {} if made is None else {
            "strike": made.strike, "sold_strike": made.sold_strike, "premium": made.premium,
            "sold_premium": made.premium if made.sold_strike else None,
        }  # fmt: skip
        lines.append(line(asked, row, kind, amount, date.fromordinal(int(book.due[month])), **terms))
    return lines


def line(
    asked: Asked,
    row: dict,
    kind: str,
    amount: Decimal,
    due: date,
    *,
    risk_id: int | None = None,
    **terms: Any,
) -> LineDraft:
    """A trade of the book `row` (or of another risk for it), exchanged on the first business day from `due` on."""
    risk = asked.sealed.reference.risks[risk_id or row["risk_id"]]
    today = asked.sealed.as_of_date
    amount = round_amount(amount, risk["base_unit_id"])
    day = business_day(max(due, today), 0, currencies(risk))
    # A run keeps entity and risk as a whole, and no single months: whether it moved is told by the whole.
    cell = {} if risk["id"] != row["risk_id"] else {
        "exposure_amount": row["exposure_amount"], "hedge_amount": row["hedge_amount"],
    }  # fmt: skip
    return deal(risk, row["entity_code"], kind, amount, day, not_before=today, **terms, **cell)


def is_interest(asked: Asked, risk_id: int) -> bool:
    return bool(asked.sealed.reference.risks[risk_id]["kind"] == RiskKind.RATE_INDEX)


def table(asked: Asked, lines: Sequence[LineDraft]) -> Table:
    """What is saved as lines; strikes and premiums as they will stand in the ticket."""
    risks = asked.sealed.reference.risks
    rows = [
        {
            "number": number, "kind": one.trade_kind, "amount": one.notional_amount, "day": one.value_date,
            "unit": risks[one.risk_id]["base_unit_id"], "against": one.ticket.get("against", ""),
            "right": one.ticket.get("option_kind", ""), "premium_in": one.ticket.get("premium_currency", ""),
            "expiry": _day(one.ticket.get("expiry_date")),
        } | {name: _number(one.ticket.get(name))
             for name in ("rate", "sold_rate", "premium_amount", "sold_premium_amount")}
        for number, one in enumerate(lines, start=1)
    ]  # fmt: skip
    columns = [
        Column("number", "Line", "count"),
        Column("kind", "Kind", "label"),
        Column("right", "Right", "label"),
        Column("amount", "Trade: buy +, sell −", "amount", cell=lambda row: _in(row, "amount", "unit")),
        Column("rate", "Strike", "rate"),
        Column("sold_rate", "Sold strike", "rate"),
        Column("against", "Quoted as"),
        Column("expiry", "Expires", "day"),
        Column("day", "Value date", "day"),
        Column("premium_amount", "Premium paid", "amount", cell=lambda row: _in(row, "premium_amount", "premium_in")),
        Column("sold_premium_amount", "Premium received", "amount",
               cell=lambda row: _in(row, "sold_premium_amount", "premium_in")),
    ]  # fmt: skip
    shown = [one for one in columns if any(row[one.key] not in (None, "") for row in rows)]
    return Table(shown, rows, caption="Trades of today", short=True, sortable=False)


def _in(row: dict, amount: str, unit: str) -> str:
    return "" if row[amount] is None else f"{formats.number(row[amount])} {row[unit]}".strip()


def _number(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
