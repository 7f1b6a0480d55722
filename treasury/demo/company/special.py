"""All that is not a stream: crude oil, the equity fund, loans and bonds with their swaps, net investments, offsets."""

from functools import cache

from treasury.demo.company import financing, listed
from treasury.demo.company.items import SpecialBook


@cache
def special_book() -> SpecialBook:
    book = SpecialBook()
    listed.crude(book)
    listed.equity_fund(book)
    financing.floating_loans(book)
    financing.foreign_bonds(book)
    financing.net_investments(book)
    financing.natural_offsets(book)
    financing.group_loans(book)
    return book
