"""One digest over everything the demo company is: two machines with the same digest show the same figures."""

from dataclasses import asdict

import numpy as np

from treasury.demo.company.book import exposures, instruments
from treasury.demo.company.fates import credit_fact
from treasury.demo.company.files import invoices, unread_invoices, wrong_plan
from treasury.demo.company.last_week import lives, put_off
from treasury.demo.company.listed import futures_contracts
from treasury.demo.company.market_needs import company_quotes
from treasury.demo.company.parties import COUNTERPARTIES, ENTITIES
from treasury.demo.company.relationships import relationships
from treasury.demo.company.risks import policy_versions, risks
from treasury.demo.company.tickets import begun_ticket, proposal, sent_ticket
from treasury.demo.company.trade_events import trade_events
from treasury.demo.company.waiting import waiting_exposures, waiting_trades
from treasury.kernel.hashing import digest


def fingerprint() -> str:
    tables = {
        "entities": ENTITIES,
        "counterparties": COUNTERPARTIES,
        "risks": risks(),
        "policies": policy_versions(),
        "contracts": futures_contracts(),
        "exposures": exposures().values(),
        "instruments": instruments().values(),
        "relationships": relationships(),
        "lives": (*lives(), put_off()),
        "files": (invoices(), wrong_plan(), unread_invoices()),
        "tickets": (proposal(), sent_ticket(), begun_ticket()),
        "trade_events": trade_events(),
        "credit_fact": [credit_fact()],
        "waiting": [*waiting_trades(), *(version for _, version in waiting_exposures())],
    }
    quotes = company_quotes()
    strikes = map(str, quotes.moneyness)
    series = "|".join(
        sorted(set(map("/".join, zip(quotes.kind, quotes.symbol, quotes.tenor, strikes, strict=True))))
    )
    return digest(
        {name: [asdict(spec) for spec in specs] for name, specs in tables.items()}
        | {
            "quote_series": series,
            "quote_days": quotes.quote_date.astype(np.int64),
            # What the database keeps: ten decimals.
            "quote_values": np.rint(quotes.value * 1e10).astype(np.int64),
        }
    )
