"""A trade as a document states it, seen from us: the one form between documents and the book.

Amounts are exact, + received −paid by us at `value_date`; rates are quote per base currency of the pair as dealt. Of an
option the amounts have the sign of its delta (a bought call and a sold put receive the base currency), of an FX swap
they are those of the far leg, of a cross-currency swap those of the last exchange. An interest-rate swap has its
notional without a sign in `base_amount`, and `floating_*` where its floating leg does not pay or count as the fixed.
A field that a kind does not have is None, and so is a day count of actual days of both legs, which the fractions say.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from treasury.kernel.day_count import ACTUAL, fraction
from treasury.kernel.money import plain

_SAME = 1e-12


@dataclass(frozen=True, slots=True)
class Trade:
    kind: str
    trade_date: date
    value_date: date
    base_currency: str
    base_amount: Decimal
    quote_currency: str | None = None
    quote_amount: Decimal | None = None
    rate: Decimal | None = None
    fixing_date: date | None = None
    settlement_currency: str | None = None
    option_kind: str | None = None
    option_side: str | None = None
    expiry_date: date | None = None
    premium_amount: Decimal | None = None
    premium_currency: str | None = None
    near_date: date | None = None
    near_base_amount: Decimal | None = None
    near_quote_amount: Decimal | None = None
    near_rate: Decimal | None = None
    index: str | None = None
    start_date: date | None = None
    payment_months: int | None = None
    pay_fixed: bool | None = None
    fixed_rate: Decimal | None = None
    counter_fixed_rate: Decimal | None = None
    spread_rate: Decimal | None = None
    resets_notional: bool | None = None
    flow_days: tuple[int, ...] | None = None
    flow_accruals: tuple[float, ...] | None = None
    day_count: str | None = None
    floating_payment_months: int | None = None
    floating_flow_days: tuple[int, ...] | None = None
    floating_flow_accruals: tuple[float, ...] | None = None
    floating_day_count: str | None = None

    @property
    def floating_leg(self) -> "Trade":
        """The same trade with the floating leg's payment days as the only ones."""
        if self.floating_flow_days is None:
            return self
        return replace(
            self, payment_months=self.floating_payment_months, flow_days=self.floating_flow_days,
            flow_accruals=self.floating_flow_accruals, day_count=self.floating_day_count,
        )  # fmt: skip

    def counts(self, day_count: str) -> bool:
        """Whether a day count gives the fractions of a year."""
        assert self.start_date is not None
        days, first = self.flow_days or (), self.start_date.toordinal()
        return all(
            abs(fraction(day_count, first + begin, first + end) - accrual) < _SAME
            for begin, end, accrual in zip([0, *days[:-1]], days, self.flow_accruals or (), strict=True)
        )

    @property
    def currencies(self) -> list[str]:
        return [code for code in (self.base_currency, self.quote_currency) if code]

    def shown(self) -> dict[str, Any]:
        """The terms that there are, as JSON: decimals and dates as strings."""
        return {
            field.name: as_json(getattr(self, field.name))
            for field in fields(self)
            if getattr(self, field.name) is not None
        }


@dataclass(frozen=True, slots=True)
class Side:
    """One party of a document: what it is named there, and its reference for the trade."""

    key: str
    names: tuple[str, ...]
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as read."""

    format: str
    trade: Trade
    us: Side
    them: Side


def said_count(day_count: str | None) -> str | None:
    """The day count of two legs alike as a trade has it: actual days are said by the fractions."""
    return None if day_count in ACTUAL else day_count


def as_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
