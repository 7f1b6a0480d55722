"""What a trade pays in its life: fixing, unwinding, exercise, variation margin. Exact decimals, not rounded here.

Signs: received +, paid −. `notional` and `counter_amount` are signed as the trade has them: base unit bought +, and the
other amount with the other sign (−notional × contract rate, exact as dealt). Rates are quote currency per base unit.
The caller rounds the result once to the minor unit of its currency (`kernel.money`).
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal

from treasury.kernel.errors import InputError, shown

_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)
_ONE, _ZERO = Decimal(1), Decimal(0)


def difference(notional: Decimal, counter_amount: Decimal, rate: Decimal) -> Decimal:
    """notional × rate + counter amount = N·(R − K), in the quote currency.

    Worked example: bought USD 1,000,000 for EUR 900,000.00; at 0.9250 the difference is 925,000 − 900,000 = +25,000.
    """
    return _EXACT.add(_EXACT.multiply(notional, _positive("rate", rate)), counter_amount)


def fixing_amount(
    notional: Decimal, counter_amount: Decimal, fixing_rate: Decimal, *, in_base_unit: bool
) -> Decimal:
    """Settlement of a non-deliverable forward: N·(F − K), in the base unit divided by F: N·(F − K)/F.

    Reference: ISDA 1998 FX and currency option definitions, section 2.2(b) (settlement currency amount). The
    deliverable currency is the base of a USDBRL-like pair, hence the division by the fixing there.
    Worked example: bought USD 1,000,000 at 5.00 (BRL −5,000,000), fixed at 5.20: BRL +200,000, paid as USD +38,461.54.
    """
    found = difference(notional, counter_amount, fixing_rate)
    return _EXACT.divide(found, fixing_rate) if in_base_unit else found


def unwinding_amount(
    notional: Decimal, counter_amount: Decimal, rate: Decimal, discount_factor: Decimal = _ONE
) -> Decimal:
    """Closing a forward, or a part of one, at the forward rate R to its settlement: N·(R − K)·D, D to the payment.

    Worked example: sold USD 400,000 at 0.90 (EUR +360,000), unwound at 0.93 with D 0.99: −12,000 × 0.99 = −11,880.
    """
    return _EXACT.multiply(
        difference(notional, counter_amount, rate), _positive("discount_factor", discount_factor)
    )


def exercise_amount(
    notional: Decimal, counter_amount: Decimal, fixing_rate: Decimal, *, bought: bool
) -> Decimal:
    """An option settled in cash: what its exercise is worth at the fixing, N·(S − K).

    A buyer never pays, a writer never receives. `notional` has the sign of the option's delta, so that puts and calls
    are one formula.
    Worked example: bought put on USD 500,000 at 0.92 (−500,000; EUR +460,000), fixing 0.90: +10,000; fixing 0.95: 0.
    """
    found = difference(notional, counter_amount, fixing_rate)
    return max(found, _ZERO) if bought else min(found, _ZERO)


def premium_amount(notional: Decimal, price: Decimal, *, bought: bool) -> Decimal:
    """Closing an option at a price per unit of its notional: a bought one is sold (+), a sold one bought back (−).

    Worked example: bought option on USD 500,000, sold at EUR 0.012 a dollar: +6,000.
    """
    if price < 0:
        raise InputError("rate", "a price that is not below zero", got=shown(price))
    size = _EXACT.multiply(abs(notional), price)
    return size if bought else -size


def variation_margin(count: Decimal, multiplier: Decimal, price: Decimal, price_before: Decimal) -> Decimal:
    """One day of a future: (price − price before) × multiplier × contracts, long +, short −.

    Worked example: long 5 contracts of 1,000 barrels, 68.50 → 69.10: 0.60 × 1,000 × 5 = +3,000.
    """
    moved = _EXACT.subtract(price, price_before)
    return _EXACT.multiply(_EXACT.multiply(moved, multiplier), count)


def carried_rate(contract_rate: Decimal, near_rate: Decimal, far_rate: Decimal) -> Decimal:
    """Rate of a roll at the historic rate: the old rate plus the market's points, near to far date, K + (F − S).

    No cash is paid; the difference N·(S − K) at the old settlement is carried into the new trade, without interest
    between the dates, which the bank adds to the points. Worked example: K 0.9000, near 0.9200, far 0.9260 → 0.9060.
    """
    return _EXACT.add(contract_rate, _EXACT.subtract(far_rate, near_rate))


def share_of(amount: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    """The share of an amount that goes with a part, amount × part / whole; unrounded."""
    if whole == 0:
        raise InputError("whole", "an amount that is not zero", got=shown(whole))
    return _EXACT.divide(_EXACT.multiply(amount, part), whole)


def _positive(name: str, value: Decimal) -> Decimal:
    if not value.is_finite() or value <= 0:
        raise InputError(name, "a number above zero", got=shown(value))
    return value
