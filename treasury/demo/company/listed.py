"""What is dealt on exchanges: crude oil for the feedstock, the index for the fund, and the contracts themselves."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

from treasury.demo.company import deals
from treasury.demo.company.calendar import dealing_day_before, flow_date, go_live_date
from treasury.demo.company.items import SpecialBook, add_exposure
from treasury.demo.company.specs import InstrumentSpec, nice_amount, rate_digits
from treasury.demo.market.futures import contract_symbol, futures_price
from treasury.demo.market.noise import uniforms
from treasury.demo.market.reference_rates import business_date
from treasury.kernel.clock import add_months


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
    listed = replace(far, first_quote_date=add_months(business_date(), -4))
    return (*crude, *index, listed)


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


def crude(book: SpecialBook) -> None:
    """Brent-priced feedstock every quarter; only the other crude has futures that the house may deal."""
    crude = [contract for contract in futures_contracts() if contract.risk == "WTI"]
    for number, months in enumerate((-2, 2, 5, 8, 11, 14, 17, 20)):
        expected = flow_date(months, 20)
        noise = 0.95 + 0.1 * float(uniforms(f"crude/{months}", 1)[0])
        spec = add_exposure(
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


def equity_fund(book: SpecialBook) -> None:
    """The American company's fund for deferred pay, held in the index; part of it is sold in E-mini
    futures.
    """
    fund = add_exposure(
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
