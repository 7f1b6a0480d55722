"""Sums over the classified journal lines of a span: every amount of every table comes from here."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from hedges.enums import AccountRole, HedgeType
from treasury.queries.rows import Row

ZERO = Decimal(0)
RESERVES = (AccountRole.CASH_FLOW_HEDGE_RESERVE, AccountRole.TRANSLATION_RESERVE)
FORECAST_HEDGES = (HedgeType.CASH_FLOW, HedgeType.NET_INVESTMENT)


def total(rows: Iterable[Row], **wanted: object) -> Decimal:
    """The sum of the amounts of the rows that have these values; a tuple: one of them."""
    return sum((row["amount"] for row in rows if _is(row, wanted)), ZERO)


def names(rows: Iterable[Row], **wanted: object) -> str:
    """The statement lines that these amounts stand in, by the names of their accounts."""
    return ", ".join(sorted({row["account_name"] for row in rows if _is(row, wanted)}))


def categories(rows: Iterable[Row], *keys: str) -> list[tuple]:
    return sorted({tuple(row[key] for key in keys) for row in rows})


def in_period(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if not row["is_opening"]]


def column_totals(rows: Iterable[Row], first: str, amounts: Iterable[str]) -> list[Row]:
    """One total a currency; an amount that is not known in one row is not known in the total."""
    rows = list(rows)
    found: list[Row] = []
    for currency in sorted({row["currency"] for row in rows}):
        of = [row for row in rows if row["currency"] == currency]
        found.append(
            {first: "Total", "currency": currency} | {key: _sum(row[key] for row in of) for key in amounts}
        )
    return found


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    found = ZERO
    for value in values:
        if value is None:
            return None
        found += value
    return found


def _is(row: Row, wanted: dict[str, object]) -> bool:
    return all(
        row[key] in value if isinstance(value, tuple) else row[key] == value for key, value in wanted.items()
    )
