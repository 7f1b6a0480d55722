"""Reading a ticket field by field: what was understood, what was not and why, and what is said back beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from hedges.domain.ticket.kinds import needed
from treasury.domain.value_days import value_day
from treasury.kernel import dates, money, shorthand
from treasury.kernel.errors import InputError, shown

#: NUMERIC(20, 10) of the book.
RATE_DECIMALS, RATE_LIMIT = 10, Decimal(10**10)


@dataclass(slots=True)
class Reader:
    """`errors`: what was expected, by field; `echoes`: what was understood; `warnings`: what may be a slip."""

    kind: str
    said: Mapping[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    echoes: dict[str, str] = field(default_factory=dict)
    warnings: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """What was typed; an empty field that is needed is missing."""
        typed = str(self.said.get(name) or "").strip()
        if not typed and needed(self.kind, name):
            self.refuse(name, "is missing.")
        return typed

    def refuse(self, name: str, words: str) -> None:
        """The first thing that is wrong with a field stands."""
        self.errors.setdefault(name, words)

    def take(self, error: InputError) -> None:
        got = "" if error.got is None else f", got {error.got}"
        self.refuse(error.field, f"Expected {error.expected}{got}.")

    def amount(self, name: str, unit: str) -> Decimal | None:
        """An amount above zero that its unit can hold; the side says its sign. Said back in full."""
        typed = self.text(name)
        if not typed:
            return None
        try:
            found = shorthand.amount(typed, name)
            if found <= 0:
                raise InputError(name, "an amount above zero; the side says its sign", got=shown(typed))
            if unit:
                money.to_minor_units(found, unit)
        except InputError as error:
            self.take(InputError(name, error.expected, got=error.got))
            return None
        self.echoes[name] = f"{shorthand.written(found)} {unit}".strip()
        return found

    def premium(self, name: str, unit: str) -> Decimal | None:
        """As an amount, but nothing may be paid."""
        if str(self.said.get(name) or "").strip() in ("0", "0.00"):
            self.echoes[name] = f"0 {unit}".strip()
            return Decimal(0)
        return self.amount(name, unit)

    def rate(self, name: str, *, signed: bool = False, percent: bool = False) -> Decimal | None:
        """At most ten decimals; above zero unless `signed`. `percent`: typed per cent, kept as a fraction."""
        typed = self.text(name)
        if not typed:
            return None
        body = typed.removesuffix("%").strip() if percent else typed
        try:
            if body[-1:].isalpha():
                raise InputError(name, "a rate such as 1.0825", got=shown(typed))
            found = shorthand.amount(body, name)
        except InputError as error:
            expected = "a percentage such as 2.75" if percent else "a rate such as 1.0825"
            self.take(InputError(name, expected, got=error.got))
            return None
        found = found.scaleb(-2) if percent else found
        if not signed and found <= 0:
            self.take(InputError(name, "a rate above zero", got=shown(typed)))
            return None
        if abs(found) >= RATE_LIMIT or found != round(found, RATE_DECIMALS):
            self.take(InputError(name, f"a rate with at most {RATE_DECIMALS} decimals", got=shown(typed)))
            return None
        return found

    def whole(self, name: str, most: int) -> int | None:
        """A whole number from 1 on."""
        typed = self.text(name)
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 9 and 1 <= int(typed) <= most):
            self.take(InputError(name, f"a whole number from 1 to {most}", got=shown(typed)))
            return None
        return int(typed)

    def day(
        self,
        name: str,
        *,
        trade_date: date | None,
        currencies: Sequence[str],
        default: str = "",
        start: date | None = None,
    ) -> date | None:
        """A value date by the calendars of what is paid; a day on which a market is closed is warned of."""
        typed = self.text(name) or default
        if not typed or trade_date is None or name in self.errors:
            return None
        try:
            found = value_day(typed, business_date=trade_date, currencies=currencies, field=name, start=start)
        except InputError as error:
            self.take(error)
            return None
        if found.day < trade_date:
            self.refuse(name, f"Expected a day on or after the trade date {trade_date}, got {found.day}.")
            return None
        self.echoes[name] = found.words
        if found.closed and found.moved_from is None:
            self.warnings[name] = f"{found.words}: nothing is paid that day."
        return found.day

    def trade_date(self, today: date) -> date | None:
        typed = str(self.said.get("trade_date") or "").strip()
        if not typed:
            self.echoes["trade_date"] = f"{today:%A} {today}"
            return today
        try:
            found = dates.day(typed)
        except ValueError:
            self.take(InputError("trade_date", "a date such as 2026-10-09", got=shown(typed)))
            return None
        if found > today:
            self.refuse("trade_date", f"Expected today, {today}, or a day before it, got {found}.")
            return None
        self.echoes["trade_date"] = f"{found:%A} {found}"
        return found

    def row(self, name: str, rows: Sequence[dict[str, Any]], key: str, what: str) -> dict[str, Any] | None:
        """The row that a code names, in any case of letters."""
        typed = self.text(name)
        if not typed:
            return None
        found = next((row for row in rows if str(row[key]).upper() == typed.upper()), None)
        if found is None:
            self.refuse(name, f"Expected {what}, got {shown(typed)}.")
        return found
