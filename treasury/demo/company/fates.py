"""What becomes of hedged flows and of hedges in the demo's two years, besides maturing: the events of their lives."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from treasury.demo.company.accounted import NOTE
from treasury.demo.company.calendar import dealing_day_before, plan_dates
from treasury.demo.company.streams import ENDED
from treasury.demo.market.reference_rates import business_date, next_rate_date
from treasury.kernel.clock import add_months

#: The planning round in which sales and purchasing had bad news: the one before the last.
BAD_NEWS_ROUND = -2
#: (stream, months from the business date's) -> what the planning round says of a flow that had been highly probable.
FATES: dict[tuple[str, int], tuple[dict[str, Any], str]] = {
    ("SE-SEK", -1): ({"status": "NO_LONGER_EXPECTED"}, "the customer in Malmo has gone over to another supplier"),
    ("US-CAD", -1): ({"status": "NO_LONGER_EXPECTED"}, "the order from Calgary is not expected on its date any more"),
    ("SE-BRL", 1): (
        {"kind": "FORECAST", "certainty_ratio": Decimal("0.7")},
        "the tender in Brazil was put off; still expected, not highly probable any more",
    ),
}  # fmt: skip
#: Deals designated besides those that `LIVE` takes: stream, which of the deals of its flow (in the order of trading),
#: and months from the business date's to the flow.
ALSO_DESIGNATED = (("UK-AUD", 1, 2), ("SE-SEK", 0, -1), ("US-CAD", 0, -1))
#: Designated after all others, so that they keep their numbers: a purchase that has its reserve in its cost (IFRS 9
#: 6.5.11(d)(i)), and a deal that is too small for hedge accounting.
DESIGNATED_LAST = (("UK-USD", 0, -2), ("UK-SGD", 0, 2))
ECONOMIC = ("UK-SGD",)
#: Relationships of which a person confirms at a month's end that credit dominates: stream, number in it, months from
#: the business date's, and why.
CREDIT_CONFIRMED = {
    ("ES-USD", 0, -2): "Banco Meridional has asked for a standstill of its debts; what it can pay, not the dollar,"
    " decides what the forward brings.",
}  # fmt: skip
#: The first deal of a stream that is not designated otherwise, documented ahead of its beginning.
DESIGNATED_AHEAD = "SE-CZK"
#: Relationships that were documented late, by stream and number in it: how many days, and why.
LATE = {
    ("UK-NOK", 1): (
        9,
        "The file lay with an accountant who was ill; the deal itself was confirmed on its day.",
    ),
}
#: Relationships that are also kept under a second framework: the first one of each stream.
PARALLEL = {"SE-USD": "ASC815", "SE-CNY": "IAS39"}


@dataclass(frozen=True)
class ChangeSpec:
    """A change that a person chooses: the `number`-th relationship of a stream, on a day."""

    stream: str
    number: int
    day: date
    kind: str
    reason: str
    #: What stays of the instruments, as a share; all of the items stay.
    instrument_share: Decimal = Decimal(0)
    ineffectiveness_sources: str = ""


@dataclass(frozen=True)
class CreditFactSpec:
    counterparty: str
    kind: str
    day: date
    value: str
    source: str


def credit_fact() -> CreditFactSpec:
    """What happened to the bank's credit in the month in which a person confirms that it dominates."""
    day = add_months(business_date(), -2).replace(day=20)
    return CreditFactSpec("BMS", "RATING", day, "CC", "Iberian Credit Rating, notice to bondholders")


@cache
def chosen_changes() -> tuple[ChangeSpec, ...]:
    """When the lev gave way to the euro, and after the notice of the Australian distributor."""
    last_day_of_the_lev = ENDED["BGN"] - timedelta(days=1)
    after_the_notice = next_rate_date(add_months(plan_dates()[BAD_NEWS_ROUND].replace(day=5), 1))
    return (
        *(
            ChangeSpec(
                "US-BGN", number, last_day_of_the_lev, "DE_DESIGNATION",
                "The lev gives way to the euro at the year's end and has no rates after it; the forward is kept without"
                " hedge accounting.",
            )
            for number in (0, 1)
        ),
        ChangeSpec(
            NOTE, 0, dealing_day_before(add_months(business_date(), -5)), "DE_DESIGNATION",
            "The group wants more of its debt at fixed rates; the swap is kept without hedge accounting.",
        ),
        ChangeSpec(
            "UK-AUD", 1, after_the_notice, "REBALANCING",
            "The new contract with the distributor shares a tenth of each move of the Australian dollar, so that a"
            " tenth less of it is needed for the same sales.",
            Decimal("0.9"),
            "Sharing of currency moves with the distributor, timing of the flow, credit risk of the counterparty.",
        ),
    )  # fmt: skip
