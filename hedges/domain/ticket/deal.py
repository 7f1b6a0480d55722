"""A trade as it was understood: exact amounts and dates, in the dealer's terms. Nothing of it is recorded yet."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from treasury.kernel.shorthand import Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """`side` +1 buys `amount` of `currency` (pays fixed, protects a purchase), −1 sells it; amounts are without sign.

    `rate` is as dealt: of a pair `pair.quote` per 1 `pair.base`, of a quantity its price. Terms that the kind does not
    have are None. `risk`, `contract` and `exposure` are rows of `hedges.queries.ticket`.
    """

    kind: str
    entity_id: int
    trade_date: date
    side: int = 1
    risk: dict[str, Any]
    counterparty_id: int | None = None
    currency: str = ""
    against: str = ""
    pair: Pair | None = None
    amount: Decimal = Decimal(0)
    rate: Decimal | None = None
    counter_amount: Decimal | None = None
    value_date: date | None = None
    near_date: date | None = None
    near_rate: Decimal | None = None
    near_counter_amount: Decimal | None = None
    fixing_date: date | None = None
    settlement_currency: str | None = None
    contract: dict[str, Any] | None = None
    contract_count: int | None = None
    option_kind: str = ""
    expiry_date: date | None = None
    premium_amount: Decimal | None = None
    premium_currency: str | None = None
    sold_rate: Decimal | None = None
    sold_premium_amount: Decimal | None = None
    start_date: date | None = None
    fixed_rate: Decimal | None = None
    spread_rate: Decimal | None = None
    counter_fixed_rate: Decimal | None = None
    payment_months: int | None = None
    day_count: str | None = None
    floating_payment_months: int | None = None
    floating_day_count: str | None = None
    resets_notional: bool | None = None
    exposure: dict[str, Any] | None = None
    reason: str = ""
