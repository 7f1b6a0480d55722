"""What is not a stream: crude oil, the equity fund, loans and bonds with their swaps, net investments,
offsets.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from treasury.demo.company import deals, swaps
from treasury.demo.company.calendar import dealing_day_before, dealing_days, flow_date, go_live_date, week_end
from treasury.demo.company.parties import BANKS_OF, CURRENCY_OF
from treasury.demo.company.specs import ExposureSpec, InstrumentSpec, VersionSpec, nice_amount, rate_digits
from treasury.demo.market.futures import contract_symbol, futures_price
from treasury.demo.market.noise import uniforms
from treasury.demo.market.reference_rates import business_date
from treasury.kernel.clock import add_months


@dataclass
class SpecialBook:
    exposures: list[ExposureSpec] = field(default_factory=list)
    instruments: list[InstrumentSpec] = field(default_factory=list)


@cache
def special_book() -> SpecialBook:
    book = SpecialBook()
    _crude(book)
    _equity_fund(book)
    _floating_loans(book)
    _foreign_bonds(book)
    _net_investments(book)
    _natural_offsets(book)
    _group_loans(book)
    return book


def _exposure(
    book: SpecialBook, entity: str, source: str, reference: str, recorded: date, **terms: Any
) -> ExposureSpec:
    defaults = {"status": "OPEN", "certainty_ratio": Decimal(1)}
    spec = ExposureSpec(entity, source, reference, reference)
    spec.versions.append(VersionSpec(recorded, recorded, defaults | terms))
    booked = week_end(terms["expected_date"])
    if booked <= business_date():
        settled = {**spec.last, "status": "SETTLED"}
        spec.versions.append(VersionSpec(booked, terms["expected_date"], settled, "bank statement"))
    book.exposures.append(spec)
    return spec


def _future(entity: str, contract: str, count: int, multiplier: int, unit: str, risk: str, expiry: date,
            trade_date: date, hedges: tuple[str, ...]) -> InstrumentSpec:  # fmt: skip
    terms = {
        "counterparty": "LSF",
        "risk": risk,
        "trade_date": trade_date,
        "settlement_date": expiry,
        "notional_amount": Decimal(count * multiplier),
        "notional_currency": unit,
        "contract": contract,
        "contract_count": count,
        "entry_price": rate_digits(futures_price(contract[:2], expiry, trade_date)),
    }
    return InstrumentSpec(entity, "FUTURE", deals.life(trade_date, expiry, terms), hedges)


@dataclass(frozen=True)
class ContractSpec:
    code: str
    name: str
    exchange: str
    risk: str
    multiplier: int
    tick: str
    last_trade_date: date
    # Quotes begin on this date; a contract far out has no history to test a hedge on.
    first_quote_date: date | None = None


def _third_friday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first.replace(day=15 + (4 - first.weekday()) % 7)


def _contract(root: str, months: int) -> ContractSpec:
    day = add_months(business_date().replace(day=1), months)
    if root == "ES":
        expiry = _third_friday(day.year, day.month)
        name, place, risk, multiplier, tick = "E-mini equity index", "CME", "US500", 50, "0.25"
    else:
        expiry = deals.weekdays_before(day.replace(day=20), 1)
        name, place, risk, multiplier, tick = "Light sweet crude oil", "NYMEX", "WTI", 1000, "0.01"
    return ContractSpec(
        contract_symbol(root, expiry), f"{name}, {expiry:%B %Y}", place, risk, multiplier, tick, expiry
    )


@cache
def futures_contracts() -> tuple[ContractSpec, ...]:
    """Crude for the months of the purchases, the index for three quarters, the last of them just listed."""
    crude = [_contract("CL", months) for months in (-2, 2, 5, 8, 11)]
    index = [_contract("ES", months) for months in (-1, 2)]
    far = _contract("ES", 8)
    listed = ContractSpec(**{**far.__dict__, "first_quote_date": add_months(business_date(), -4)})
    return (*crude, *index, listed)


def _crude(book: SpecialBook) -> None:
    """Brent-priced feedstock every quarter; only the other crude has futures that the house may deal."""
    crude = [contract for contract in futures_contracts() if contract.risk == "WTI"]
    for number, months in enumerate((-2, 2, 5, 8, 11, 14, 17, 20)):
        expected = flow_date(months, 20)
        noise = 0.95 + 0.1 * float(uniforms(f"crude/{months}", 1)[0])
        spec = _exposure(
            book, "ALD-US", "PLAN", f"US-BRENT-{expected:%Y-%m}", go_live_date(),
            kind="HIGHLY_PROBABLE_FORECAST", risk="BRENT", exposure_currency="BBL", certainty_ratio=Decimal("0.9"),
            description=f"Feedstock priced on Brent, {expected:%B %Y}", expected_date=expected,
            exposure_amount=nice_amount(-40_000 * noise),
        )  # fmt: skip
        if number < len(crude):
            contract = crude[number]
            trade_date = dealing_day_before(add_months(expected, -9))
            lots = (32, 32, 30, 22, 12)[number]
            book.instruments.append(
                _future("ALD-US", contract.code, lots, 1000, "BBL", "WTI", contract.last_trade_date,
                        trade_date, (spec.reference,))
            )  # fmt: skip


def _equity_fund(book: SpecialBook) -> None:
    """The American company's fund for deferred pay, held in the index; part of it is sold in E-mini
    futures.
    """
    fund = _exposure(
        book, "ALD-US", "LEDGER", "US-EQUITY-FUND", go_live_date(), kind="RECOGNISED_ASSET", risk="US500",
        exposure_currency="IDX", description="Fund for deferred compensation, index units",
        expected_date=add_months(business_date(), 14).replace(day=28), exposure_amount=Decimal(3200),
    )  # fmt: skip
    index = [contract for contract in futures_contracts() if contract.risk == "US500"]
    for contract, lots, months in zip(index, (-30, -30, -14), (7, 3, 2), strict=True):
        trade_date = dealing_day_before(add_months(min(contract.last_trade_date, business_date()), -months))
        book.instruments.append(
            _future("ALD-US", contract.code, lots, 50, "IDX", "US500", contract.last_trade_date, trade_date,
                    (fund.reference,))
        )  # fmt: skip


def _floating_loans(book: SpecialBook) -> None:
    """Bank loans at a floating rate, made fixed by swaps; the British swap pays every half year, its loan
    each quarter.
    """
    for entity, index, currency, principal, spread, swapped, months in (
        ("ALD-SE", "EURIBOR3M", "EUR", 50_000_000, "0.0110", 35_000_000, 3),
        ("ALD-UK", "SONIA3M", "GBP", 20_000_000, "0.0135", 12_000_000, 6),
        ("ALD-US", "SOFR3M", "USD", 25_000_000, "0.0125", 25_000_000, 3),
    ):
        start = dealing_days()[0] + timedelta(days=2)
        maturity = add_months(start, 48)
        reference = f"{entity[-2:]}-LOAN-{currency}"
        _exposure(
            book, entity, "LOANS", reference, go_live_date(), kind="RECOGNISED_LIABILITY", risk=index,
            exposure_currency=currency, description=f"Term loan at {index} + {float(spread):.2%}",
            expected_date=maturity, exposure_amount=Decimal(-principal), start_date=start, payment_months=3,
            spread_rate=Decimal(spread),
        )  # fmt: skip
        book.instruments.append(
            swaps.interest_rate_swap(
                entity, BANKS_OF[entity][0], index, currency, swapped, dealing_days()[0], start, maturity, months,
                (reference,),
            )
        )  # fmt: skip


def _foreign_bonds(book: SpecialBook) -> None:
    """Bonds in a foreign currency, turned into the functional one to the last coupon by cross-currency
    swaps.
    """
    for entity, currency, principal, months, coupon in (
        ("ALD-SE", "AUD", 40_000_000, 30, "0.0510"),
        ("ALD-US", "CHF", 20_000_000, 33, "0.0175"),
    ):
        start = dealing_days()[0] + timedelta(days=2)
        maturity = add_months(start, 24 + months)
        reference = f"{entity[-2:]}-BOND-{currency}"
        _exposure(
            book, entity, "LOANS", reference, go_live_date(), kind="RECOGNISED_LIABILITY",
            risk=f"{currency}{CURRENCY_OF[entity]}", exposure_currency=currency,
            description=f"Bond, {float(coupon):.2%} a year", expected_date=maturity,
            exposure_amount=Decimal(-principal),
        )  # fmt: skip
        book.instruments.append(
            swaps.cross_currency_swap(
                entity, BANKS_OF[entity][1], f"{currency}{CURRENCY_OF[entity]}", principal, dealing_days()[0], start,
                maturity, Decimal(coupon), (reference,),
            )
        )  # fmt: skip


def _net_investments(book: SpecialBook) -> None:
    """What the parent owns abroad; a part of each is hedged with forwards that are rolled every year."""
    for currency, assets, hedged, months in (
        ("SGD", 24_000_000, 9_000_000, 5),
        ("GBP", 25_000_000, 10_000_000, 8),
    ):
        reference = f"SE-NETINV-{currency}"
        _exposure(
            book, "ALD-SE", "LEDGER", reference, go_live_date(), kind="NET_INVESTMENT", risk=f"{currency}EUR",
            exposure_currency=currency, description=f"Net assets of the business that counts in {currency}",
            expected_date=add_months(business_date(), 60).replace(day=30), exposure_amount=Decimal(assets),
        )  # fmt: skip
        for year in (0, 1):
            settlement = flow_date(months - 12 + 12 * year, 15)
            traded = dealing_day_before(add_months(settlement, -12))
            book.instruments += deals.forward(
                deals.Ticket("ALD-SE", BANKS_OF["ALD-SE"][year], f"{currency}EUR", traded, settlement,
                             Decimal(-hedged), (reference,))
            )  # fmt: skip


def _natural_offsets(book: SpecialBook) -> None:
    """An export receivable and the loan in its currency that stands against it: the loan is the hedge."""
    for entity, currency, amount, months, label in (
        ("ALD-SE", "NOK", 60_000_000, 5, "Coating line sold to Stavanger"),
        ("ALD-UK", "EUR", 3_000_000, 7, "Coating line sold to Rotterdam"),
        ("ALD-US", "CAD", 4_000_000, 9, "Coating line sold to Calgary"),
        ("ALD-ES", "GBP", 2_000_000, 4, "Coating line sold to Leeds"),
    ):
        due, recorded = flow_date(months, 15), dealing_day_before(add_months(business_date(), -6))
        common = {
            "risk": f"{currency}{CURRENCY_OF[entity]}",
            "exposure_currency": currency,
            "expected_date": due,
        }
        name = f"{entity[-2:]}-EXPORT-{currency}"
        _exposure(
            book, entity, "LEDGER", name, recorded, kind="RECOGNISED_ASSET", description=f"{label}, receivable",
            exposure_amount=Decimal(amount), **common,
        )  # fmt: skip
        loan = _exposure(
            book, entity, "LOANS", f"{name}-LOAN", recorded, kind="RECOGNISED_LIABILITY",
            description=f"Loan taken against: {label}", exposure_amount=Decimal(-amount), **common,
        )  # fmt: skip
        terms = {
            "risk": common["risk"],
            "trade_date": recorded,
            "settlement_date": due,
            "notional_amount": Decimal(-amount),
            "notional_currency": currency,
        }
        versions = deals.life(recorded, due, terms)
        book.instruments.append(
            InstrumentSpec(entity, "NATURAL_OFFSET", versions, (name,), offset_of=loan.reference)
        )


def _group_loans(book: SpecialBook) -> None:
    """Short loans of the parent to its foreign companies, swapped into euro and rolled each quarter."""
    for currency, amount, first in (("GBP", 5_000_000, -10), ("USD", 8_000_000, -9)):
        for number, months in enumerate(range(first, 4, 3)):
            start, due = flow_date(months - 3, 20), flow_date(months, 20)
            trade_date = dealing_day_before(start)
            if trade_date > business_date():
                continue
            reference = f"SE-IC-{currency}-{due:%Y-%m}"
            spec = _exposure(
                book, "ALD-SE", "LOANS", reference, trade_date, kind="RECOGNISED_ASSET", risk=f"{currency}EUR",
                exposure_currency=currency, description=f"Loan within the group, due {due:%B %Y}",
                expected_date=due, exposure_amount=Decimal(amount),
            )  # fmt: skip
            bank = BANKS_OF["ALD-SE"][number % 4]
            ticket = deals.Ticket(
                "ALD-SE", bank, f"{currency}EUR", trade_date, due, Decimal(-amount), (spec.reference,)
            )
            book.instruments.append(swaps.fx_swap(ticket, start))
