"""From buckets outside their band to trades: kind by the risk, size by the band, date in the bucket.

An option counts as cover in full, by its notional, and a collar once, by the option that is bought: the night counts
them so. Reference: rules section 2 (policy band).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hedges.domain.proposals.deals import PROTECTIVE, currencies, deal
from hedges.domain.proposals.propose import LineDraft
from hedges.domain.proposals.sizing import Cell, Size, size
from hedges.domain.strategy.struck import Struck
from hedges.domain.ticket.kinds import COLLAR
from hedges.enums import InstrumentKind
from treasury.domain.value_days import business_day
from treasury.enums import RiskKind

#: Currencies that are dealt non-deliverable (EMTA template terms).
NON_DELIVERABLE = frozenset({
    "ARS", "BRL", "CLP", "CNY", "COP", "EGP", "GHS", "IDR", "INR", "KES", "KRW", "KZT", "MYR", "NGN", "PEN", "PHP",
    "TWD", "UAH", "UYU", "VND",
})  # fmt: skip
_FORWARD, _NDF = InstrumentKind.FORWARD.value, InstrumentKind.NON_DELIVERABLE_FORWARD.value
_FUTURE, _SWAP = InstrumentKind.FUTURE.value, InstrumentKind.INTEREST_RATE_SWAP.value
_NO_RELIEF = "There is too much cover: an option adds some and takes none off; choose a forward."
#: What an option or collar (the kind) of a side (+1 buys) is struck at, for a value date.
Striker = Callable[[str, int, date], Struck]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the person asks for: `aim` TARGET or LIMIT; `kind` empty: as the risk is dealt."""

    aim: str
    step: Decimal
    minimum: Decimal = Decimal(0)
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A bucket with its trade, or with the reason why it has none (`line` None)."""

    bucket: dict[str, Any]
    cell: Cell
    size: Size
    line: LineDraft | None = None


def kinds(risk: dict[str, Any]) -> tuple[str, ...]:
    """The kinds in which a risk is hedged, the usual one first."""
    if risk["kind"] == RiskKind.CURRENCY_PAIR:
        bound = {risk["base_unit_id"], risk["quote_currency_id"]} & NON_DELIVERABLE
        return (*((_NDF, _FORWARD) if bound else (_FORWARD, _NDF)), *PROTECTIVE)
    if risk["kind"] == RiskKind.RATE_INDEX:
        return (_SWAP,)
    return (_FUTURE, _FORWARD, *PROTECTIVE)


def planned(
    buckets: Sequence[dict[str, Any]],
    *,
    as_of: date,
    entity_code: str,
    risk: dict[str, Any],
    wish: Wish,
    spans: dict[int, tuple[date, date | None]],
    due: dict[int, date],
    contracts: Sequence[dict[str, Any]],
    strike: Striker | None = None,
) -> list[Planned]:
    """One answer a bucket. `spans`: first day and the one after the last; `due`: when the exposures of it fall due, on
    average; both by `month_from`. A future is one whose last trading day is in the bucket, else a forward is taken.
    `strike` prices options and collars, which have no trade without it."""
    found = []
    for bucket in buckets:
        start, end = spans[bucket["month_from"]]
        day = _value_day(due.get(bucket["month_from"], start), start, end, as_of, currencies(risk))
        kind = wish.kind or kinds(risk)[0]
        contract = _contract(contracts, start, end, day) if kind == _FUTURE else None
        cell = cell_of(bucket)
        if kind == _FUTURE and contract is None and wish.kind:
            found.append(
                Planned(bucket=bucket, cell=cell, size=Size(why="No contract on file ends in this bucket."))
            )
            continue
        kind = kind if kind != _FUTURE or contract else _FORWARD
        step = contract["contract_multiplier"] if contract else wish.step
        sized = size(cell, aim=wish.aim, step=step, minimum=wish.minimum)
        made = None
        if sized.amount and kind in PROTECTIVE:
            sized, made = _protected(sized, cell, kind, day, strike)
        if not sized.amount:
            found.append(Planned(bucket=bucket, cell=cell, size=sized))
            continue
        last = contract["last_trade_date"] if contract else day
        line = _line(bucket, kind, sized, last, entity_code, risk, contract, made, as_of)
        found.append(Planned(bucket=bucket, cell=cell, size=sized, line=line))
    return found


def _protected(
    sized: Size, cell: Cell, kind: str, day: date, strike: Striker | None
) -> tuple[Size, Struck | None]:
    """Where the option is struck, or no trade and why."""
    if (sized.amount > 0) == (cell.exposure > 0):
        return Size(why=_NO_RELIEF), None
    made = strike(kind, 1 if sized.amount > 0 else -1, day) if strike else None
    if made is None or made.premium is None or made.reason:
        why = {
            "no_strike": "No strike to sell pays for the collar; choose an option or a forward.",
            "stale_data": "A quote is too old to strike it at; choose a forward, or record the quote.",
        }
        missing = (
            "A rate or volatility of the night is missing to strike it at; choose a forward, or record it."
        )
        return Size(why=why.get(made.reason if made else "", missing)), None
    return sized, made


def cell_of(bucket: dict[str, Any]) -> Cell:
    """A row of the horizon profile; its ratios are what a person has set: their shortest text is exact."""
    ratios = {
        name: None if bucket[f"{name}_ratio"] is None else Decimal(str(bucket[f"{name}_ratio"]))
        for name in ("lower", "target", "upper")
    }
    return Cell(
        exposure=bucket["net_exposure_amount"] or Decimal(0),
        hedges=bucket["hedge_amount"] or Decimal(0),
        **ratios,
    )


def _value_day(due: date, start: date, end: date | None, as_of: date, currencies: list[str]) -> date:
    """The business day on or after `due`, the last one before the bucket's end where that is not in it any more."""
    day = business_day(max(due, start, as_of + timedelta(days=1)), 0, currencies)
    if end is not None and day >= end:
        day = business_day(end, -1, currencies)
    return day


def _contract(
    contracts: Sequence[dict[str, Any]], start: date, end: date | None, day: date
) -> dict[str, Any] | None:
    """Of those that end in the bucket the first at or after the day, else the last."""
    inside = [
        row
        for row in contracts
        if row["last_trade_date"] >= start and (end is None or row["last_trade_date"] < end)
    ]
    return next((row for row in inside if row["last_trade_date"] >= day), inside[-1] if inside else None)


def _line(
    bucket: dict[str, Any], kind: str, sized: Size, day: date, entity_code: str, risk: dict[str, Any],
    contract: dict[str, Any] | None, made: Struck | None, as_of: date,
) -> LineDraft:  # fmt: skip
    cell: dict[str, Any] = {
        "month_from": bucket["month_from"], "month_to": bucket["month_to"], "aim": sized.aim,
        "exposure_amount": bucket["net_exposure_amount"], "hedge_amount": bucket["hedge_amount"],
    }  # fmt: skip
    if not contract and kind != _SWAP:
        struck_at: dict[str, Any] = {} if made is None else {
            "strike": made.strike, "sold_strike": made.sold_strike, "premium": made.premium,
            "sold_premium": made.premium if kind == COLLAR else None, "not_before": as_of,
        }  # fmt: skip
        return deal(risk, entity_code, kind, sized.amount, day, **struck_at, **cell)
    ticket = {"entity": entity_code, "side": "BUY" if sized.amount > 0 else "SELL"}
    if contract:
        ticket |= {"contract": contract["code"], "contract_count": str(abs(sized.steps))}
    else:
        ticket |= {"index": risk["code"], "amount": f"{abs(sized.amount):f}", "value_date": day.isoformat()}
    return LineDraft(
        risk_id=risk["id"], trade_kind=kind, notional_amount=sized.amount, ticket=ticket, value_date=day,
        contract_count=sized.steps if contract else None, **cell,
    )  # fmt: skip
