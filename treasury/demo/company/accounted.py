"""Single hedges that show a way of accounting which no stream has, each with its item and its deal.

A firm commitment hedged for its fair value until it is delivered (ALD-SE), a loan whose hedge fails in one month
(ALD-ES, IAS 39), and fixed-rate debt whose adjustment wears off after the hedge was revoked (ALD-US, ASC 815).
"""

from datetime import date, timedelta
from decimal import Decimal

from treasury.demo.company import deals, swaps
from treasury.demo.company.calendar import dealing_day_before, flow_date
from treasury.demo.company.items import SpecialBook, add_exposure
from treasury.demo.company.parties import BANKS_OF
from treasury.demo.company.specs import InstrumentSpec, VersionSpec
from treasury.demo.market.reference_rates import business_date
from treasury.kernel.clock import add_months

PLANT, LOAN, NOTE = "SE-PLANT-CHF", "ES-LOAN-NOK", "US-NOTE-USD"
AT_FAIR_VALUE = (PLANT, LOAN, NOTE)
#: Of a deal that is numbered apart, so that the others keep their numbers: what stands before its own.
SERIES = "H"


def firm_commitment(book: SpecialBook) -> None:
    """A mixing line from Winterthur, ordered half a year before its invoice is paid; delivered a month before that."""
    ordered, delivered, paid = _dealing_day(-8, 19), flow_date(-3, 15), flow_date(-2, 14)
    spec = add_exposure(
        book, "ALD-SE", "LEDGER", PLANT, ordered, kind="FIRM_COMMITMENT", risk="CHFEUR", exposure_currency="CHF",
        description="Mixing line ordered in Winterthur", expected_date=paid, exposure_amount=Decimal(-4_000_000),
    )  # fmt: skip
    invoiced = {**spec.versions[0].terms, "kind": "RECOGNISED_LIABILITY"}
    spec.versions.insert(1, VersionSpec(delivered, delivered, invoiced, "delivered and invoiced"))
    spec.versions[-1].terms["kind"] = "RECOGNISED_LIABILITY"
    ticket = deals.Ticket(
        "ALD-SE", BANKS_OF["ALD-SE"][2], "CHFEUR", ordered, paid, Decimal(4_000_000), (PLANT,)
    )
    _numbered(book, deals.forward(ticket))


def loan_with_a_failed_month(book: SpecialBook) -> None:
    """A loan in kroner stands at spot and its forward does not: where the krone came back, the points are too much."""
    lent, due = _dealing_day(-8, 10), flow_date(4, 25)
    add_exposure(
        book, "ALD-ES", "LOANS", LOAN, lent, kind="RECOGNISED_ASSET", risk="NOKEUR", exposure_currency="NOK",
        description="Loan to the distributor in Bergen", expected_date=due, exposure_amount=Decimal(20_000_000),
    )  # fmt: skip
    ticket = deals.Ticket("ALD-ES", BANKS_OF["ALD-ES"][0], "NOKEUR", lent, due, Decimal(-20_000_000), (LOAN,))
    _numbered(book, deals.forward(ticket))


def fixed_rate_note(book: SpecialBook) -> None:
    """A note at a fixed rate, swapped to floating on the day of its issue."""
    dealt = _dealing_day(-12, 19)
    start, months = dealt + timedelta(days=2), 6
    maturity = add_months(start, 36)
    add_exposure(
        book, "ALD-US", "LOANS", NOTE, dealt, kind="RECOGNISED_LIABILITY", risk="SOFR3M", exposure_currency="USD",
        description="Note at a fixed rate", expected_date=maturity, exposure_amount=Decimal(-10_000_000),
        start_date=start, payment_months=months, spread_rate=Decimal("0.0095"),
    )  # fmt: skip
    swap = swaps.interest_rate_swap(
        "ALD-US", BANKS_OF["ALD-US"][1], "SOFR3M", "USD", 10_000_000, dealt, start, maturity, months, (NOTE,),
        pay_fixed=False,
    )  # fmt: skip
    _numbered(book, [swap])


def _dealing_day(months: int, day: int) -> date:
    """The dealing day on or before a day of the month that lies so many months from the business date's."""
    return dealing_day_before(add_months(business_date().replace(day=1), months).replace(day=day))


def _numbered(book: SpecialBook, made: list[InstrumentSpec]) -> None:
    for deal in made:
        number = 1 + sum(bool(other.reference) for other in book.instruments)
        deal.reference = f"D-{deal.terms['trade_date'].year}-{SERIES}{number:02d}"
        book.instruments.append(deal)
