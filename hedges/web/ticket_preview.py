"""What is shown of a ticket before it is sent: the trade in one sentence, the market beside the rate, what it is worth.

Points are 0.0001 of the rate, 0.01 where the quote currency has no decimals; plus: the dealt rate is the higher one.
The worth is the present value in the quote currency of the risk, asset plus, on the newest published market; the money
of a difference is undiscounted, as it comes at settlement: notional · (market − dealt), of a swap its present value.
Worked example: USD 600,000 sold at 0.9000, market 0.8990: +10.0 points, EUR 600.00 in our favour.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hedges.domain.ticket.build import Leg
from hedges.domain.ticket.deal import Deal
from hedges.domain.ticket.market import NO_NIGHT, PublishedMarket, published_market
from hedges.domain.ticket.worth import Worth, worth
from hedges.enums import InstrumentKind
from hedges.models import InstrumentVersion
from treasury.kernel.money import exponent
from treasury.web import formats

Terms = list[tuple[str, object]]
NO_PARITY = "the market has no rate for it"


def preview(deal: Deal, legs: list[Leg]) -> dict:
    """The context of the panel. Where there is no market the reason stands in each number's place."""
    versions = [version for _, version in legs]
    seen, reason = market_seen()
    found: list[Worth | None] = list(worth(versions, seen)) if seen else [None] * len(versions)
    parts = [
        {
            "title": _title(deal, version),
            "sentence": sentence(deal, version),
            "terms": market_terms(deal.kind, version, one, reason),
        }
        for version, one in zip(versions, found, strict=True)
    ]
    return {
        "parts": parts,
        "net": _net(found, reason) if len(parts) > 1 else [],
        "market_date": seen.as_of_date if seen else None,
    }


def market_seen() -> tuple[PublishedMarket | None, str]:
    try:
        seen = published_market()
    except (LookupError, ValueError) as error:  # a night whose quotes cannot be read says so itself
        return None, str(error)
    return seen, "" if seen else NO_NIGHT


def sentence(deal: Deal, version: InstrumentVersion) -> str:
    """As a dealer says it, in the amounts that are recorded."""
    base = version.notional_currency_id
    amount = f"{base} {formats.number(abs(version.notional_amount), exponent(base))}"
    said = f"{'Buys' if version.notional_amount > 0 else 'Sells'} {amount}"
    if deal.kind == InstrumentKind.INTEREST_RATE_SWAP:
        said = f"{'Pays' if version.pay_fixed else 'Receives'} fixed on {amount}"
    if version.floating_payment_months:
        said += (
            f" every {version.payment_months} months ({version.day_count}) against floating every"
            f" {version.floating_payment_months} months ({version.floating_day_count})"
        )
    if version.option_kind:
        said = f"{version.option_side.capitalize()} {version.option_kind.lower()} on {amount}"
    if version.counter_amount is not None and version.counter_currency_id:
        counter = formats.number(abs(version.counter_amount), exponent(version.counter_currency_id))
        said += f" against {version.counter_currency_id} {counter}"
    if version.start_date:
        return f"{said}, from {_day(version.start_date)}, matures {_day(version.settlement_date)}."
    if version.near_settlement_date:
        said += f", near leg the other way on {_day(version.near_settlement_date)}"
    return f"{said}, settles {_day(version.settlement_date)}."


def _day(day: date) -> str:
    return f"{day:%A} {day}"


def _title(deal: Deal, version: InstrumentVersion) -> str:
    return f"{version.option_side.capitalize()} option" if deal.kind == "COLLAR" else ""


def market_terms(kind: str, version: InstrumentVersion, found: Worth | None, reason: str) -> Terms:
    """The rate or price beside the market's, and what the trade is worth."""
    why = formats.why(reason or (found.reason if found else "") or NO_PARITY)
    terms: Terms = []
    if version.near_rate is not None:
        terms += _against_market("near ", version.near_rate, found and found.near_forward_rate, version, why)
    if kind == InstrumentKind.FUTURE:
        terms += _future(version, found, why)
    elif version.option_kind:
        terms += _option(version, found, why)
    elif version.strike_rate is not None:
        label = "far " if version.near_rate is not None else ""
        terms += _against_market(label, version.strike_rate, found and found.forward_rate, version, why)
    elif version.start_date is not None:
        terms += _swap(version, found, why)
    terms.append(("Worth today", _money(found, why)))
    return terms


def _against_market(
    label: str, strike: Decimal, forward: float | None, version: InstrumentVersion, why: object
) -> Terms:
    """Dealt rate, the curve's and the difference, the way round in which it was dealt."""
    inverse = bool(version.dealt_pair)
    dealt = version.dealt_rate if inverse and not label.startswith("near") else None
    rate = dealt if dealt is not None else (_rate(1 / float(strike)) if inverse else strike)
    name = f"{label}rate".capitalize()
    if not forward or rate is None:
        return [(f"{name} dealt", formats.rate(rate)), (f"{name} of the market", why), ("Difference", why)]
    exchanged = -version.notional_amount if label.startswith("near") else version.notional_amount
    gained = exchanged * (_rate(forward) - strike)
    market = _rate(1 / forward if inverse else forward)
    paid_in = version.dealt_pair[3:] if inverse else (version.counter_currency_id or "")
    return [
        (f"{name} dealt", formats.rate(rate)),
        (f"{name} of the market", formats.rate(market)),
        (
            "Difference",
            f"{formats.number(points(rate - market, paid_in), 1)} points, "
            f"{in_our_favour(gained, version.counter_currency_id or '')}",
        ),
    ]


def in_our_favour(amount: Decimal, currency: str) -> str:
    said = f"{formats.number(abs(amount), exponent(currency))} {currency}"
    return f"{said} {'against us' if amount < 0 else 'in our favour'}"


def _future(version: InstrumentVersion, found: Worth | None, why: object) -> Terms:
    """What is bought below the market's price gains the difference on every unit of the contracts, by margin."""
    if not found or not found.forward_rate or version.entry_price is None:
        return [("Price of the market", why), ("Difference", why)]
    market = _rate(found.forward_rate)
    gained = version.notional_amount * (market - version.entry_price)
    return [
        ("Price of the market", formats.rate(market)),
        (
            "Difference",
            f"{formats.rate(version.entry_price - market)}, {in_our_favour(gained, found.currency)}",
        ),
    ]


def points(difference: Decimal, quote: str) -> Decimal:
    """A difference of rates in points of its quote currency."""
    return difference.scaleb(2 if quote and exponent(quote) == 0 else 4)


def _option(version: InstrumentVersion, found: Worth | None, why: object) -> Terms:
    paid = "paid" if version.option_side == "BOUGHT" else "received"
    premium = f"{formats.number(abs(version.premium_amount or 0), 2)} {version.premium_currency_id}"
    terms: Terms = [(f"Premium {paid}", premium)]
    if found is None or found.present_value is None:
        return [*terms, ("Volatility", why), ("Model value less premium", why)]
    terms.append(
        ("Volatility", formats.percent(found.implied_volatility, 2) if found.implied_volatility else why)
    )
    terms.append(
        ("Forward of the market", formats.rate(_rate(found.forward_rate)) if found.forward_rate else why)
    )
    if found.premium_value is None:
        return [*terms, ("Model value less premium", why)]
    gained = found.present_value + found.premium_value
    return [*terms, ("Model value less premium", f"{formats.number(gained, 2)} {found.currency}")]


def _swap(version: InstrumentVersion, found: Worth | None, why: object) -> Terms:
    """The fixed rate beside the one of zero value; of a cross-currency swap those of the quote leg."""
    dealt = version.counter_fixed_rate if version.counter_fixed_rate is not None else version.fixed_rate
    leg = f" in {version.counter_currency_id}" if version.counter_currency_id else ""
    terms: Terms = [(f"Fixed rate{leg}", formats.percent(dealt, 4))]
    if found is None or found.par_rate is None or dealt is None:
        return [*terms, ("Rate of zero value", why), ("Difference", why)]
    par = Decimal(repr(found.par_rate))
    return [
        *terms,
        ("Rate of zero value", formats.percent(par, 4)),
        ("Difference", f"{formats.number((dealt - par).scaleb(4), 1)} basis points{_as_money(found)}"),
    ]


def _as_money(found: Worth) -> str:
    return "" if found.present_value is None else f", {in_our_favour(found.present_value, found.currency)}"


def _money(found: Worth | None, why: object) -> object:
    if found is None or found.present_value is None:
        return why
    return f"{formats.number(found.present_value, exponent(found.currency))} {found.currency}"


def _net(found: list[Worth | None], reason: str) -> Terms:
    """A collar as a whole: what its options are worth together, and with the premiums."""
    there = [one for one in found if one is not None and one.present_value is not None]
    if len(there) < len(found):
        return [("Worth today together", formats.why(reason or NO_PARITY))]
    total = sum((one.present_value for one in there if one.present_value is not None), Decimal(0))
    unit = there[0].currency
    terms: Terms = [("Worth today together", f"{formats.number(total, exponent(unit))} {unit}")]
    premiums = [one.premium_value for one in there]
    if all(one is not None for one in premiums):
        gained = total + sum((one for one in premiums if one is not None), Decimal(0))
        terms.append(("With the premiums", f"{formats.number(gained, exponent(unit))} {unit}"))
    return terms


def _rate(value: float | None) -> Decimal:
    return Decimal(repr(round(value or 0.0, 10)))
