"""Swaps of the demo company, struck at the market of their trade date; payment days are worked out at capture."""

from datetime import date, timedelta
from decimal import Decimal

from treasury.demo.company.deals import Ticket, common_terms, dealt_forward_rate, life, strike_terms
from treasury.demo.company.specs import InstrumentSpec, counter_amount, rate_digits
from treasury.demo.market.curves import par_swap_rate
from treasury.demo.market.fixings import INDICES, TENOR_SPREADS
from treasury.demo.market.fx import basis_between, forward_rate, spot_rate
from treasury.demo.market.reference_rates import last_rate_date

# What a bank takes on a swap, a year.
SWAP_MARGIN = 0.0003


def interest_rate_swap(
    entity: str, counterparty: str, index: str, currency: str, notional: int, trade_date: date, start: date,
    maturity: date, payment_months: int, hedges: tuple[str, ...], *, pay_fixed: bool = True,
) -> InstrumentSpec:  # fmt: skip
    """Pay fixed, receive the index: a debt at a floating rate becomes one at a fixed rate; or the other way round."""
    day_basis = INDICES[index][2]
    years = round((maturity - start).days / 365)
    # The par rate is a year's; in the swap's own day count the same year is a little longer.
    par = par_swap_rate(currency, last_rate_date(trade_date), years) * day_basis / 365
    par += TENOR_SPREADS[index]
    terms = {
        "counterparty": counterparty,
        "risk": index,
        "trade_date": trade_date,
        "start_date": start,
        "settlement_date": maturity,
        "notional_amount": Decimal(notional),
        "notional_currency": currency,
        "pay_fixed": pay_fixed,
        "fixed_rate": rate_digits(par + (SWAP_MARGIN if pay_fixed else -SWAP_MARGIN), 4),
        "spread_rate": Decimal(0),
        "payment_months": payment_months,
    }
    return InstrumentSpec(entity, "INTEREST_RATE_SWAP", life(trade_date, maturity, terms), hedges)


def cross_currency_swap(
    entity: str, counterparty: str, risk: str, notional: int, trade_date: date, start: date, maturity: date,
    coupon: Decimal, hedges: tuple[str, ...], resets_notional: bool = False,
) -> InstrumentSpec:  # fmt: skip
    """Receive the bond's coupon and principal, pay the functional currency's, exchanged at the spot rate.

    With `resets_notional` the functional side follows the rate and the difference is paid once a year, so that neither
    side ever owes the other much.
    """
    base, quote = risk[:3], risk[3:]
    years = round((maturity - start).days / 365)
    spot = rate_digits(spot_rate(base, quote, trade_date))
    # The two coupons differ by what the two currencies' swap rates differ, their basis, and the bank's margin.
    difference = par_swap_rate(quote, trade_date, years) - par_swap_rate(base, trade_date, years)
    difference -= basis_between(base, quote, trade_date)
    terms = {
        "counterparty": counterparty,
        "risk": risk,
        "trade_date": trade_date,
        "start_date": start,
        "settlement_date": maturity,
        "notional_amount": Decimal(notional),
        "notional_currency": base,
        "counter_amount": counter_amount(Decimal(notional), spot, quote),
        "counter_currency": quote,
        "fixed_rate": coupon,
        "counter_fixed_rate": rate_digits(float(coupon) + difference + SWAP_MARGIN, 4),
        "resets_notional": resets_notional,
        "payment_months": 12,
    }
    return InstrumentSpec(entity, "CROSS_CURRENCY_SWAP", life(trade_date, maturity, terms), hedges)


def fx_swap(ticket: Ticket, near: date) -> InstrumentSpec:
    """Buy near what is lent, sell it far: the loan costs no exchange risk, only the points."""
    near = max(near, ticket.trade_date + timedelta(days=1))
    near_rate = rate_digits(forward_rate(ticket.base, ticket.quote, ticket.trade_date, near))
    terms = common_terms(ticket) | strike_terms(ticket, dealt_forward_rate(ticket))
    terms |= {
        "near_settlement_date": near,
        "near_rate": near_rate,
        "near_counter_amount": counter_amount(-ticket.amount, near_rate, ticket.quote),
    }
    versions = life(ticket.trade_date, ticket.settlement_date, terms)
    return InstrumentSpec(ticket.entity, "FX_SWAP", versions, ticket.hedges)
