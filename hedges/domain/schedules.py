"""Payment days of swaps, worked out once, at capture, and stored as days from the start date.

Dates are rolled back from maturity in whole months, so that a short period comes first, and moved to business days of
the currencies paid (modified following); the maturity stands as agreed. An interest-rate swap accrues as the money
market of its currency counts; the two fixed legs of a cross-currency swap accrue ACT/365F.
"""

from hedges.enums import InstrumentKind
from hedges.models import InstrumentVersion
from treasury.kernel.day_count import year_days
from treasury.quant.dates.schedule import payment_days

SWAPS = (InstrumentKind.INTEREST_RATE_SWAP, InstrumentKind.CROSS_CURRENCY_SWAP)


def with_schedule(version: InstrumentVersion) -> None:
    """Fills `flow_days` and `flow_accruals` of a swap that does not bring its own."""
    if version.kind not in SWAPS or version.flow_days or not (version.start_date and version.payment_months):
        return
    paid = [code for code in (version.notional_currency_id, version.counter_currency_id) if code]
    days = payment_days(version.start_date, version.settlement_date, version.payment_months, paid)
    version.flow_days = days
    money_market = version.kind == InstrumentKind.INTEREST_RATE_SWAP
    basis = year_days(version.notional_currency_id) if money_market else 365
    version.flow_accruals = [(end - begin) / basis for begin, end in zip([0, *days[:-1]], days, strict=True)]
