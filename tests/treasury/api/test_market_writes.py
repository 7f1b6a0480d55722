"""Market quotes and facts about credit by API: recorded, corrected, in bulk; each once, each by who may."""

import json
from decimal import Decimal
from typing import Any

import orjson
import pytest

from tests.factories import api, book
from tests.factories.bulk import as_csv, ndjson
from treasury.domain.bulk.rows import CSV, NDJSON
from treasury.models import AuditEvent, CreditFact, MarketQuote

pytestmark = pytest.mark.django_db
QUOTE = {
    "kind": "FX_SPOT",
    "symbol": "EURUSD",
    "quote_date": "2026-10-30",
    "value": "1.0842",
    "source": "ECB",
}
FACT = {"kind": "RATING", "value": "BBB", "fact_date": "2026-10-30", "source": "An agency"}


@pytest.fixture
def desk() -> api.Caller:
    return api.by_token("TREASURER")


def done(caller: api.Caller, path: str, body: Any, status: int = 201) -> Any:
    answer = caller.send("POST", path, orjson.dumps(body))
    assert answer.status_code == status, answer.content
    return answer.json()


def bulk(
    caller: api.Caller, *rows: dict[str, Any], media_type: str = NDJSON, status: int = 200, **query: Any
) -> Any:
    content = (ndjson if media_type == NDJSON else as_csv)(*rows)
    answer = caller.send("POST", "market-quotes/bulk/", content, media_type=media_type, **query)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_quote_is_recorded_once_and_corrected_once(desk: api.Caller) -> None:
    made = done(desk, "market-quotes/record/", QUOTE)
    assert (made["value"], made["tenor"], made["moneyness"]) == ("1.0842", "SPOT", None)
    assert done(desk, "market-quotes/record/", QUOTE, 409)["code"] == "refused"
    right = done(
        desk, f"market-quotes/{made['id']}/correct/", {"value": "1.0824", "reason": "swapped digits"}
    )
    assert (right["corrects_id"], right["value"], right["source"]) == (made["id"], "1.0824", "ECB")
    done(desk, f"market-quotes/{made['id']}/correct/", {"value": "1.08", "reason": "again"}, 409)
    volatility = QUOTE | {"kind": "IMPLIED_VOLATILITY", "tenor": "3M", "moneyness": "0.95", "value": "0.08"}
    assert done(desk, "market-quotes/record/", volatility)["moneyness"] == "0.95"


@pytest.mark.parametrize("media_type", [NDJSON, CSV])
def test_quotes_in_bulk_are_new_corrected_or_as_they_were(desk: api.Caller, media_type: str) -> None:
    rows = [QUOTE, QUOTE | {"quote_date": "2026-10-29"}, QUOTE | {"symbol": "GBPUSD"}]
    assert bulk(desk, *rows, media_type=media_type)["created"] == 3
    rows[1] = rows[1] | {"value": "1.1"}
    told = bulk(desk, *rows, media_type=media_type, reason="The provider's own correction")
    assert [row["outcome"] for row in told["results"]] == ["unchanged", "amended", "unchanged"]
    rows[1] = rows[1] | {"value": "1.2"}
    last = bulk(desk, *rows, media_type=media_type)["results"][1]
    correction = MarketQuote.objects.get(pk=last["id"])
    assert (correction.value, correction.corrects_id) == (Decimal("1.2"), told["results"][1]["id"])
    before = AuditEvent.objects.count()
    assert bulk(desk, *rows, media_type=media_type)["unchanged"] == 3
    assert AuditEvent.objects.count() == before
    assert [row["value"] for row in desk.rows("market-quotes/", quote_date="2026-10-29", current="true")] == [
        "1.2"
    ]


def test_wrong_quotes_are_named_by_row_and_field(desk: api.Caller) -> None:
    wrong = [
        QUOTE | {"kind": "WISH"}, QUOTE | {"value": "-1"}, QUOTE | {"tenor": "soon"}, QUOTE | {"moneyness": "1"},
        QUOTE | {"quote_date": "2026-02-30"}, QUOTE | {"value": "1.00000000001"}, QUOTE | {"value": 1.5},
        QUOTE | {"source": ""}, QUOTE, QUOTE,
    ]  # fmt: skip
    before = MarketQuote.objects.count()
    problem = bulk(desk, *wrong, status=400)
    assert [(one["index"], one["field"], one["code"]) for one in problem["errors"]] == [
        (0, "kind", "unknown_kind"), (1, "value", "not_positive"), (2, "tenor", "wrong_tenor"),
        (3, "moneyness", "wrong_moneyness"), (4, "quote_date", "not_a_date"), (5, "value", "not_a_number"),
        (6, "value", "wrong_type"), (7, "source", "missing"), (9, "symbol", "duplicate"),
    ]  # fmt: skip
    assert MarketQuote.objects.count() == before
    told = bulk(desk, *wrong, mode="row-wise")
    assert (told["created"], told["refused"]) == (1, 9)
    assert json.dumps(told["results"][8]["problems"]) == "[]"


def test_a_fact_about_credit(desk: api.Caller) -> None:
    party = book.counterparty()
    made = done(desk, "credit-facts/record/", FACT | {"counterparty": party.code})
    assert (made["counterparty"], made["value"]) == (party.code, "BBB")
    assert done(desk, "credit-facts/record/", FACT | {"counterparty": party.code, "value": "GOOD"}, 409)[
        "detail"
    ]
    done(desk, "credit-facts/record/", FACT | {"counterparty": "NOSUCH"}, 404)
    assert CreditFact.objects.count() == 1


def test_who_may() -> None:
    made = done(api.by_token("TREASURER"), "market-quotes/record/", QUOTE)
    addresses = [
        "market-quotes/record/",
        "market-quotes/bulk/",
        f"market-quotes/{made['id']}/correct/",
        "credit-facts/record/",
    ]
    for role in ("TREASURER", "HEDGE_ACCOUNTANT", "APPROVER", "ADMINISTRATOR", "AUDITOR"):
        caller = api.by_token(role)
        for address in addresses:
            wrong = 415 if address.endswith("bulk/") else 400
            expected = wrong if role in ("TREASURER", "HEDGE_ACCOUNTANT") else 403
            answer = caller.send("POST", address, b'{"nothing": 1}')
            assert answer.status_code == expected, (role, address, answer.content)


def test_the_credit_of_a_foreign_entity_is_as_unknown_as_nobodys() -> None:
    own, foreign = book.entity(), book.entity()
    caller = api.by_token(user=book.user("TREASURER", entity=own))
    spread = QUOTE | {"kind": "CREDIT_SPREAD", "value": "0.01"}
    rows = [spread | {"symbol": code} for code in (own.code, foreign.code, "NOBODY")]
    said = [done(caller, "market-quotes/record/", row, 400)["errors"] for row in rows[1:]]
    assert str(said[0]).replace(foreign.code, "?") == str(said[1]).replace("NOBODY", "?")
    told = bulk(caller, *rows, mode="row-wise")
    assert [row["outcome"] for row in told["results"]] == ["created", "refused", "refused"]
    assert {one["code"] for row in told["results"][1:] for one in row["problems"]} == {"unknown_party"}
    assert done(caller, "market-quotes/record/", rows[0] | {"source": "DESK"})["symbol"] == own.code
