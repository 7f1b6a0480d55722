"""Payment days of swaps, worked out once, at capture, and stored as days from the start date.

Dates are rolled back from maturity in whole months, so that a short period comes first. An interest-rate swap accrues
as the money market of its currency counts; the two fixed legs of a cross-currency swap accrue ACT/365F.
"""

from datetime import date

from hedges.enums import InstrumentKind
from hedges.models import InstrumentVersion
from treasury.kernel.clock import add_months
from treasury.kernel.day_count import year_days

SWAPS = (InstrumentKind.INTEREST_RATE_SWAP, InstrumentKind.CROSS_CURRENCY_SWAP)


def payment_days(start: date, maturity: date, months: int) -> list[int]:
    """Days from `start` to each payment, ascending, the last one at maturity. `months` is the period's length, > 0."""
    days: list[int] = []
    period = 0
    while (payment := add_months(maturity, -months * period)) > start:
        days.append((payment - start).days)
        period += 1
    return days[::-1]


def with_schedule(version: InstrumentVersion) -> None:
    """Fills `flow_days` and `flow_accruals` of a swap that does not bring its own."""
    if version.kind not in SWAPS or version.flow_days or not (version.start_date and version.payment_months):
        return
    days = payment_days(version.start_date, version.settlement_date, version.payment_months)
    version.flow_days = days
    money_market = version.kind == InstrumentKind.INTEREST_RATE_SWAP
    basis = year_days(version.notional_currency_id) if money_market else 365
    version.flow_accruals = [(end - begin) / basis for begin, end in zip([0, *days[:-1]], days, strict=True)]
