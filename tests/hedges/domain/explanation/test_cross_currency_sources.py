"""A cross-currency swap can be proved from its explanation: flows, notionals and the quotes behind both."""

from datetime import date
from math import isclose

import pytest

from hedges.domain.explanation.as_json import as_json
from hedges.domain.explanation.explain import explain
from hedges.models import ValuationResult
from treasury.models import MarketQuote

pytestmark = pytest.mark.django_db


def swap(field):
    rows = ValuationResult.objects.filter(
        kind="CROSS_CURRENCY_SWAP", instrument_version__resets_notional=True
    )
    found = as_json(
        explain("valuations", rows.select_related("instrument", "instrument_version").get(), field)
    )
    assert found["agrees"]
    return found


def kinds(source):
    quotes = MarketQuote.objects.filter(pk__in=source["refers_to"]["quote_ids"])
    return {(quote.kind, quote.symbol) for quote in quotes}


def test_each_leg_has_all_its_quotes(run) -> None:
    step = swap("present_value")["steps"][0]
    own = {given["name"]: given["source"] for given in step["given"]}
    for one in (("FORWARD_POINTS", "EURUSD"), ("DEPOSIT_RATE", "EUR"), ("FX_SPOT", "EURUSD")):
        assert one in kinds(own["receive"]), one
    assert own["receive"]["refers_to"]["instrument_version_id"]
    assert {("DEPOSIT_RATE", "EUR"), ("FX_SPOT", "EURUSD")} <= kinds(own["pay"])


def test_each_coupon_is_notional_times_rate_times_accrual(run) -> None:
    step = swap("present_value")["steps"][0]
    for leg, name in zip(step["listings"], ("receive", "pay"), strict=False):
        rows = [dict(zip(leg["columns"], row, strict=True)) for row in leg["rows"]]
        assert [row["amount"] for row in rows] == step["inputs"][name]["cash_flows"]
        coupons = [row for row in rows if row["what"] == "coupon"]
        assert coupons
        for row in coupons:
            assert isclose(row["amount"], row["notional"] * row["rate"] * row["accrual"])
            assert row["days"] == 183


def test_the_running_notional_has_its_spot_rate_and_quote(run) -> None:
    found = swap("profit_amount")
    *resets, last = found["steps"]
    assert found["measure"]["title"] == "Settled by resets"
    assert found["measure"]["code"] == ""
    assert "have settled" in found["measure"]["sentence"]
    (reset,) = resets
    rate = reset["given"][-1]
    quotes = MarketQuote.objects.filter(pk__in=rate["source"]["refers_to"]["quote_ids"])
    began = date.fromisoformat(last["listings"][0]["rows"][-1][0])
    assert {quote.symbol for quote in quotes} == {"EURUSD"}
    assert 0 <= (began - quotes[0].quote_date).days < 7
    assert isclose(1_000_000 / float(quotes[0].value), reset["result"])
    assert isclose(last["result"], reset["result"] - 920_000)
    assert last["listings"][0]["rows"][-1][-1] == str(quotes[0].pk)


def test_a_swap_that_does_not_reset_was_dealt_as_it_is(run) -> None:
    rows = ValuationResult.objects.filter(
        kind="CROSS_CURRENCY_SWAP", instrument_version__resets_notional=False
    )
    row = rows.select_related("instrument", "instrument_version").first()
    found = as_json(explain("valuations", row, "present_value"))
    (only,) = found["steps"][0]["listings"][-1]["rows"]
    assert only[2] == "dealt"
