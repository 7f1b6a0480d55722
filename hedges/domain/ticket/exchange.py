"""From the dealer's terms to those of the risk: which side is the notional, what is paid for it, and the strike.

Counter amount = amount × rate where the amount is in the rate's base currency, amount / rate where it is in the other,
rounded once to the counter currency's minor unit; one that was agreed stands as agreed, if it is the rate's within
0.01 %. Strike in quote per base unit of the risk; dealt the other way round it is 1 / rate at ten decimals, and the
rate as dealt is kept beside it. Signs: bought +, sold −; the counter amount has the other sign.
Worked example: risk USDEUR, sell EUR 5,000,000 at EURUSD 1.0825: notional USD +5,412,500.00, counter EUR
−5,000,000.00, strike 0.9237875289.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

from treasury.kernel.errors import InputError
from treasury.kernel.money import plain, round_amount
from treasury.kernel.shorthand import Pair

_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)
_RATE_STEP = Decimal(1).scaleb(-10)
#: How far an agreed counter amount may be from the rate's: banks round rates, not amounts.
TOLERANCE = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Exchange:
    """`notional` in the risk's base unit, `counter` in its quote currency, exact; `strike` quote per base unit."""

    notional: Decimal
    counter: Decimal
    strike: Decimal
    dealt_pair: str
    dealt_rate: Decimal | None


def other_amount(amount: Decimal, rate: Decimal, *, is_base: bool, unit: str) -> Decimal:
    """What an amount is worth in the other unit at a dealt rate; `is_base`: the amount is in the rate's base."""
    worth = _EXACT.multiply(amount, rate) if is_base else _EXACT.divide(amount, rate)
    return round_amount(worth, unit)


def exchange(
    *,
    risk: dict[str, Any],
    side: int,
    currency: str,
    amount: Decimal,
    pair: Pair | None,
    rate: Decimal,
    agreed: Decimal | None = None,
    field: str = "counter_amount",
) -> Exchange:
    """Raises InputError where an agreed counter amount is not the rate's."""
    base, quote = risk["base_unit_id"], risk["quote_currency_id"]
    told = pair or Pair(base, quote)
    other = quote if currency == base else base
    counter = other_amount(amount, rate, is_base=currency == told.base, unit=other)
    if agreed is not None:
        if abs(agreed - counter) > abs(counter) * TOLERANCE:
            raise InputError(
                field, f"about {plain(counter)} {other}, which is the rate's", got=f"{plain(agreed)} {other}"
            )
        counter = agreed
    if counter == 0:
        raise InputError("amount", f"an amount worth at least one minor unit of {other}", got=plain(amount))
    is_inverse = told.base != base
    strike = _EXACT.divide(Decimal(1), rate).quantize(_RATE_STEP, context=_EXACT) if is_inverse else rate
    sizes = (side * amount, -side * counter)
    notional, paid = sizes if currency == base else sizes[::-1]
    return Exchange(notional, paid, strike, str(told) if is_inverse else "", rate if is_inverse else None)
