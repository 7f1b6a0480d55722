"""What came of the past flows that no hedge takes: less or more than was forecast, known step by step before their day.

Of the difference to the first forecast a third is known half a year ahead, two thirds a quarter ahead, and all of it
when the flow is recognised; sales with a cash discount are paid a little below their invoice. So the accuracy of
forecasts has a bias for each entity, currency and lead time, and the deals, made earlier, stay what they were.
"""

from datetime import date
from decimal import Decimal

from treasury.demo.company.specs import nice_amount
from treasury.demo.company.streams import Stream
from treasury.demo.market.noise import uniforms
from treasury.kernel.clock import months_between

#: Of what was forecast a year ahead, the share that did not come (below zero: more came); about that, with some noise.
SHORTFALL = {
    "SE-USD": 0.10, "SE-CNY": 0.18, "SE-JPY": -0.06, "SE-PLN": -0.03, "ES-USD": -0.12, "ES-GBP": 0.05, "US-EUR": 0.08,
    "US-MXN": -0.05, "US-KRW": 0.14, "UK-EUR": 0.06, "UK-USD": -0.10, "UK-ZAR": 0.15,
}  # fmt: skip
NOISE = 0.08
#: Calendar months before the flow, and the share of the difference that is known from then on.
KNOWN = ((2, 1.0), (4, 0.67), (7, 0.33))
#: What customers take off who pay at once.
CASH_DISCOUNT = {"SE-USD": 0.02, "US-EUR": 0.015}
#: A hundredth of the power of ten: finer than what is planned.
STEPS = 100.0
#: The last past flow of a monthly stream is hedged: what is designated came as it was forecast.
LAST_FREE_MONTH = -3


def comes_otherwise(stream: Stream, months: int) -> bool:
    """Whether the flow, so many months from the business date's, came otherwise than forecast."""
    free = months <= LAST_FREE_MONTH if stream.months == "1/3" else months < 0
    return free and stream.code in SHORTFALL


def known_share(day: date, expected: date) -> float:
    ahead = months_between(day, expected)
    return next((share for months, share in KNOWN if ahead <= months), 0.0)


def revised(stream: Stream, reference: str, forecast: Decimal, share: float) -> Decimal:
    noise = NOISE * (float(uniforms(f"came/{reference}", 1)[0]) - 0.5)
    return nice_amount(float(forecast) * (1 - (SHORTFALL[stream.code] + noise) * share), STEPS)


def paid(stream: Stream, invoiced: Decimal) -> Decimal:
    discount = CASH_DISCOUNT.get(stream.code, 0.0)
    return nice_amount(float(invoiced) * (1 - discount), STEPS) if discount else invoiced
