"""All that is not a stream: crude oil, the equity fund, loans and bonds with their swaps, net investments, offsets,
and single hedges that show a way of accounting.
"""

from functools import cache

from treasury.demo.company import accounted, financing, listed
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
    accounted.firm_commitment(book)
    accounted.loan_with_a_failed_month(book)
    accounted.fixed_rate_note(book)
    return book
