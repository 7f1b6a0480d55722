"""What an integrator knows who walks the API: codes, keys, days and states of a small book, where a field asks for one.

Most random requests would name things that are not there, and meet nothing but 400 and 404. Schemathesis takes these
values for valid requests only, so often, and a random one of its own otherwise.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import schemathesis

from hedges.models import HedgeRelationship
from tests.api_contract.right import Walk, sending
from tests.api_contract.right.book import walked
from tests.factories import book

#: Field of a request → what is known of it: in headers, addresses, queries and bodies, at any depth up to two.
FIELDS = {
    "entity": "entity", "our_party": "entity", "risk": "risk", "counterparty": "counterparty",
    "relationship": "code", "key": "key", "run": "key", "exposure": "key", "instrument": "key",
    "content_digest": "digest", "currency": "currency", "exposure_currency": "currency", "against": "pair",
    "dealt_pair": "pair", "symbol": "pair", "premium_currency": "against", "settlement_currency": "against",
    "amount": "amount", "exposure_amount": "amount", "notional_amount": "amount", "rate": "rate", "far_rate": "rate",
    "near_rate": "rate", "strike_rate": "rate", "value": "rate", "fixed_rate": "share", "value_date": "tenor",
    "far_date": "tenor", "trade_date": "day", "as_of_date": "day", "designation_date": "day", "quote_date": "day",
    "fact_date": "day", "valid_from": "day", "event_date": "later", "from_date": "later", "on": "later",
    "expected_date": "end", "hedge_end_date": "end", "settlement_date": "end", "expiry_date": "end",
    "source_system": "system", "external_reference": "reference", "designated_hedge_ratio": "one",
    "framework": "framework", "tenor": "spot", "content": "content",
}  # fmt: skip
#: Where rows of a body have them.
ROWS = ("items", "instruments", "parts", "file")
#: How often: without the state nothing is changed, an address of nothing is 404; a filter is not always set.
OFTEN, USUAL, SOMETIMES = 0.9, 0.75, 0.25
KEYS = [*range(1, 7), "1.1", "ENTITY_RISK.1.1", "1.TIME_VALUE", "0d9f5c1e-6a57-4f0e-9a3b-5f2f6f2b8c11"]
FILE = b"Reference,Amount,Currency,Date\nSO-1,100000.00,USD,2027-04-30\n"
FRESH = "a-key-of-its-own"


def walked_book(settings: Any) -> tuple[Walk, dict[str, list[Any]]]:
    """A book with something to read, to change and to decide on, and what is known of it."""
    walk = walked(book.user("AUDITOR"), settings)
    entity, bank = walk.office.entity, walk.office.bank
    waiting = [book.exposure(of=entity, approve=False) for _ in range(2)]
    waiting += [book.forward(of=entity, approve=False) for _ in range(2)]
    for version in waiting:
        version.refresh_from_db()
    return walk, {
        "entity": sorted(walk.keys["whole"].codes), "risk": ["USDEUR"], "counterparty": [bank.code],
        "code": list(HedgeRelationship.objects.values_list("code", flat=True)), "key": KEYS,
        "digest": [version.content_digest for version in waiting], "currency": ["USD"], "against": ["EUR"],
        "pair": ["EURUSD"], "amount": ["100000.00", "-100000.00"], "rate": ["1.08"], "share": ["0.03"], "tenor": ["3M"],
        "day": ["2026-10-30"], "later": ["2026-11-16"], "end": ["2027-04-30"], "system": ["ERP"], "spot": ["SPOT"],
        "reference": [f"SO-{number}" for number in range(20)], "one": [1], "framework": ["IFRS9"],
        "month": ["2026-09", "2026-10"], "content": [base64.b64encode(FILE).decode()],
    }  # fmt: skip


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """The first one is right, and a request that has a key of its own gets one that no other has."""
    sending.put(case)
    if case.headers and case.headers.get("Idempotency-Key") == FRESH:
        case.headers["Idempotency-Key"] = str(uuid4())


def configured(known: Mapping[str, list[Any]]) -> dict[str, Any]:
    """`dictionaries` and `parameters` of Schemathesis."""
    values = {name: {"values": values} for name, values in known.items()}
    values |= {"request": {"values": [FRESH]}, "state": {"values": ["*"]}}
    parameters = {
        "header.Idempotency-Key": _taken("request", OFTEN), "header.If-Match": _taken("state", OFTEN),
        "path.key": _taken("key", OFTEN), "query.source_system": _taken("system", OFTEN),
        "path.month": _taken("month", OFTEN), "query.as_of": _taken("day", SOMETIMES),
    }  # fmt: skip
    for field, name in FIELDS.items():
        parameters[f"body.{field}"] = _taken(name, USUAL)
        parameters |= {f"body.{rows}[*].{field}": _taken(name, USUAL) for rows in ROWS}
        parameters.setdefault(f"query.{field}", _taken(name, SOMETIMES))
    return {"dictionaries": values, "parameters": parameters}


def _taken(name: str, probability: float) -> dict[str, Any]:
    return {"dictionary": name, "probability": probability}
