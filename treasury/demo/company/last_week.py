"""What becomes of flows in the last week, after the planning round: one of each, and one put off before; none is
designated.

Besides what the round itself shows (new, revised, firmer), the waterfall of the exposures so has every part.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from treasury.demo.company.calendar import flow_date
from treasury.demo.market.reference_rates import business_date
from treasury.kernel.clock import add_months

#: Days before the business date.
SALES_MEETING, FILES_DAY = 2, 1
#: A flow that was put off two days before its day, and with it the forward that hedges it.
PUT_OFF, DAYS_BEFORE = "US-HKD-2026-08", 2


@dataclass(frozen=True)
class LifeSpec:
    """`verb`: that of the domain. `parts`: reference, size and day of what is split off. Counts from `valid_from`."""

    verb: str
    reference: str
    reason: str
    valid_from: date
    terms: dict[str, Any] = field(default_factory=dict)
    parts: tuple[tuple[str, Decimal, date], ...] = ()


def sales_meeting() -> date:
    return business_date() - timedelta(days=SALES_MEETING)


@cache
def lives() -> tuple[LifeSpec, ...]:
    day = sales_meeting()
    corrected = add_months(day.replace(day=15), -1)
    return (
        LifeSpec(
            "split", "SE-USD-2028-06", "the quarter is planned by month from now on", day,
            parts=(
                ("SE-USD-2028-07", Decimal(4_800_000), flow_date(21, 15)),
                ("SE-USD-2028-08", Decimal(4_700_000), flow_date(22, 15)),
            ),
        ),
        LifeSpec(
            "settle_part", "ES-RON-2027-02", "the supplier in Cluj was paid a part with the order", day,
            parts=(("ES-RON-2027-02/1", Decimal(1_500_000), day),),
        ),
        LifeSpec("cancel", "US-INR-2027-12", "the contract with the provider in Hyderabad ends a quarter earlier", day),
        LifeSpec(
            "no_longer_expected", "SE-BRL-2027-11", "after the tender nobody counts on this order any more", day
        ),
        LifeSpec(
            "amend", "SE-JPY-2027-09", "the customer in Osaka takes the goods two months later", day,
            {"expected_date": flow_date(13, 25)},
        ),
        LifeSpec(
            "amend", "SE-CNY-2028-11",
            f"the frame contract of {corrected} has a fifth shipment, which was entered late", corrected,
            {"exposure_amount": Decimal(33_000_000)},
        ),
    )  # fmt: skip


@cache
def put_off() -> LifeSpec:
    """No statement settles it: it comes with the flow of the next quarter."""
    day, later = flow_date(-2, 20) - timedelta(days=DAYS_BEFORE), flow_date(1, 20)
    reason = "the customer in Kowloon takes the goods a quarter later"
    return LifeSpec("amend", PUT_OFF, reason, day, {"expected_date": later})
