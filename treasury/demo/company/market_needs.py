"""What market data the book of the company calls for, and the table of it."""

from functools import cache

from treasury.demo.company.book import instruments
from treasury.demo.company.calendar import dealing_days, plan_dates
from treasury.demo.company.listed import futures_contracts
from treasury.demo.company.parties import COUNTERPARTIES, ENTITIES, OWN_SPREAD
from treasury.demo.company.risks import risks
from treasury.demo.market.curves import curve_currencies
from treasury.demo.market.quotes import Needs, QuoteColumns, quote_columns
from treasury.demo.market.reference_rates import FIRST_DATE, reference_rates


@cache
def company_quotes() -> QuoteColumns:
    deals = instruments().values()
    spreads = [(party.code, party.spread, party.trouble) for party in COUNTERPARTIES]
    # The group is one name to the market: every entity has the parent's spread.
    spreads += [(entity.code, OWN_SPREAD, 0.0) for entity in ENTITIES]
    return quote_columns(
        Needs(
            currencies=tuple(reference_rates()[1]),
            curve_currencies=tuple(sorted(set(curve_currencies()) & _units())),
            volatility_pairs=tuple(sorted({deal.terms["risk"] for deal in deals if deal.kind == "OPTION"})),
            spreads=tuple(spreads),
            contracts=tuple(
                (contract.code[:2], contract.last_trade_date, contract.first_quote_date or FIRST_DATE)
                for contract in futures_contracts()
            ),
            busy_days=(*dealing_days(), *plan_dates()),
        )
    )


def _units() -> set[str]:
    return {unit for risk in risks() for unit in (risk.base_unit, risk.quote_currency)}
