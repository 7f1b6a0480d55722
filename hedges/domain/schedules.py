"""Payment days of swaps, worked out once, at capture, and stored as days from the start date.

Dates are rolled back from maturity in whole months, so that a short period comes first, and moved to business days of
the currencies paid (modified following); the maturity stands as agreed. An interest-rate swap accrues as the money
market of its currency counts; the two fixed legs of a cross-currency swap accrue ACT/365F. Where a day count is said,
or months of the floating leg, the other terms of the legs are what the market of the currency uses.
"""

from hedges.enums import InstrumentKind
from hedges.models import InstrumentVersion
from treasury.kernel.day_count import fixed_leg, fraction, money_market, year_days
from treasury.quant.dates.schedule import payment_days

SWAPS = (InstrumentKind.INTEREST_RATE_SWAP, InstrumentKind.CROSS_CURRENCY_SWAP)
#: The terms of the legs of a swap, in the order in which they are said.
LEG_TERMS = ("payment_months", "day_count", "floating_payment_months", "floating_day_count")


def with_schedule(version: InstrumentVersion) -> None:
    """Fills the payment days and accruals of each leg of a swap that does not bring its own."""
    if version.kind not in SWAPS or version.flow_days or not (version.start_date and version.payment_months):
        return
    is_said = bool(version.day_count or version.floating_payment_months or version.floating_day_count)
    money = version.kind == InstrumentKind.INTEREST_RATE_SWAP
    if money and is_said:
        version.day_count = version.day_count or fixed_leg(version.notional_currency_id)
        _with_floating_leg(version)
    version.flow_days = _days(version, version.payment_months)
    if version.day_count:
        version.flow_accruals = _fractions(version, version.flow_days, version.day_count)
        return
    basis = year_days(version.notional_currency_id) if money else 365
    days = version.flow_days
    version.flow_accruals = [(end - begin) / basis for begin, end in zip([0, *days[:-1]], days, strict=True)]


def _with_floating_leg(version: InstrumentVersion) -> None:
    """The floating leg's own terms; none where they are those of the fixed leg."""
    assert version.payment_months is not None
    months = version.floating_payment_months or version.payment_months
    count = version.floating_day_count or money_market(version.notional_currency_id)
    if (months, count) == (version.payment_months, version.day_count):
        version.floating_payment_months = version.floating_day_count = None
        return
    version.floating_payment_months, version.floating_day_count = months, count
    version.floating_flow_days = _days(version, months)
    version.floating_flow_accruals = _fractions(version, version.floating_flow_days, count)


def _days(version: InstrumentVersion, months: int) -> list[int]:
    assert version.start_date is not None
    paid = [code for code in (version.notional_currency_id, version.counter_currency_id) if code]
    return payment_days(version.start_date, version.settlement_date, months, paid)


def _fractions(version: InstrumentVersion, days: list[int], day_count: str) -> list[float]:
    assert version.start_date is not None
    first = version.start_date.toordinal()
    periods = zip([0, *days[:-1]], days, strict=True)
    return [fraction(day_count, first + begin, first + end) for begin, end in periods]
