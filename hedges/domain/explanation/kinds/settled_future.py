"""A future is settled daily: its value is 0, its gain since the trade stands beside it."""

from __future__ import annotations

from collections.abc import Callable

from hedges.domain.explanation.origins import of_quotes
from hedges.domain.explanation.parts import BOOK, CALCULATION, Given, Source, Worked
from hedges.domain.explanation.priced import Priced
from hedges.domain.explanation.steps import amount, arithmetic, measured, worked
from treasury.enums import QuoteKind
from treasury.queries.quotes_used import of_series


def _price(found: Priced, name: str) -> Given:
    rows = found.case.quotes(of_series([QuoteKind.FUTURES_PRICE], [found.version["contract_code"]]))
    return Given(name, found.number("forward_rate"), of_quotes(rows, "settlement price"))


def present_value(found: Priced) -> Worked:
    price = _price(found, "exit_price")
    result = None if price.value is None else 0.0
    source = Source(CALCULATION, "the gain of each day has been paid")
    step = arithmetic("Settled daily", "V = 0", result, [price, Given("value", result, source)])
    return amount(
        [step],
        found.currency,
        found.because,
        sentence="A future is settled every day, so that nothing is left to be paid.",
        formula="V = 0",
        code="",
    )


def profit_amount(found: Priced) -> Worked:
    contract = f"specification of contract {found.version['contract_code']}"
    step = measured(
        "futures_profit",
        "profit_amount",
        [
            found.term("entry_price"),
            _price(found, "exit_price"),
            Given("contract_multiplier", found.version["multiplier"], Source(BOOK, contract)),
            found.term("contract_count"),
        ],
    )
    return amount([step], found.currency, found.because)


def forward_rate(found: Priced) -> Worked:
    price = _price(found, "price")
    return worked(
        [arithmetic("Price of the contract", "the price as quoted", price.value, [price])], found.because
    )


NUMBERS: dict[str, Callable[[Priced], Worked]] = {
    "present_value": present_value,
    "profit_amount": profit_amount,
    "forward_rate": forward_rate,
}
