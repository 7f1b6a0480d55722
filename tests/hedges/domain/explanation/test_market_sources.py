"""Rates and factors of an explanation name the very quotes that they were made of."""

from math import isclose

import pytest

from hedges.domain.explanation.as_json import as_json
from hedges.domain.explanation.explain import explain
from hedges.models import ValuationResult
from treasury.models import MarketQuote

pytestmark = pytest.mark.django_db


def answer(kind, field, **which):
    rows = ValuationResult.objects.filter(kind=kind, **which).select_related(
        "instrument", "instrument_version"
    )
    found = as_json(explain("valuations", rows.order_by("instrument_id").first(), field))
    assert found["agrees"]
    return found


def quotes(source):
    return list(MarketQuote.objects.filter(pk__in=source["refers_to"]["quote_ids"]))


def kinds(source):
    return {(quote.kind, quote.symbol) for quote in quotes(source)}


def sources(step):
    return {given["name"]: given["source"] for given in step["given"]}


@pytest.mark.parametrize("kind", ["FORWARD", "FX_SWAP"])
def test_the_basis_element_has_the_quotes_of_each_factor(run, kind) -> None:
    dollars = {"instrument_version__risk__code": "USDEUR", "basis_element__isnull": False}
    market, parity, *_, last = answer(kind, "basis_element", **dollars)["steps"]
    points, rates = ("FORWARD_POINTS", "EURUSD"), ("ZERO_RATE", "USD")
    assert points in kinds(sources(market)["base_factor"])
    assert ("DEPOSIT_RATE", "EUR") in kinds(sources(market)["base_factor"])
    assert kinds(sources(parity)["base_factor"]) == {rates}
    if kind == "FORWARD":
        own = sources(last)
        assert points in kinds(own["forward_rate"])
        assert points not in kinds(own["covered_parity_forward_rate"])
        assert "base_factor: curve USD at " in own["covered_parity_forward_rate"]["text"]


def test_the_forward_element_begins_with_the_forward(run) -> None:
    dollars = {"instrument_version__risk__code": "USDEUR", "forward_element__isnull": False}
    first, *_ = answer("FORWARD", "forward_element", **dollars)["steps"]
    assert ("FORWARD_POINTS", "EURUSD") in kinds(sources(first)["base_factor"])


def test_the_legs_of_a_swap_refer_to_their_version_and_quotes(run) -> None:
    found = answer("FX_SWAP", "present_value", present_value__isnull=False)
    for name, source in sources(found["steps"][0]).items():
        if "settled" in source["text"]:
            continue
        assert ("FORWARD_POINTS", "EURUSD") in kinds(source), name
        assert source["refers_to"]["instrument_version_id"]


def test_the_rates_of_an_option_have_quotes(run) -> None:
    later = {"implied_volatility__isnull": False, "present_value__isnull": False}
    own = sources(answer("OPTION", "present_value", **later)["steps"][-1])
    assert {kind for kind, _ in kinds(own["quote_rate"])} == {"DEPOSIT_RATE", "SWAP_RATE"}
    assert ("FORWARD_POINTS", "EURUSD") in kinds(own["base_rate"])
    assert kinds(own["implied_volatility"]) == {("IMPLIED_VOLATILITY", "EURUSD")}


def test_a_volatility_is_worked_out_from_the_points_around_it(run) -> None:
    found = answer("OPTION", "implied_volatility", implied_volatility__isnull=False)
    step = found["steps"][-1]
    values = {given["name"]: given["value"] for given in step["given"]}
    assert {"strike_rate", "forward_rate", "years_to_expiry", "log_moneyness"} <= set(values)
    (listing,) = step["listings"]
    place = {name: number for number, name in enumerate(listing["columns"])}
    seen = {
        (row[place["expiry"]], row[place["strike / forward"]], row[place["volatility"]])
        for row in listing["rows"]
    }
    quoted = {(quote.tenor, quote.moneyness, quote.value) for quote in quotes(step["given"][-1]["source"])}
    assert len(seen) == len(quoted) == len(listing["rows"]) > 2
    assert len({tenor for tenor, _, _ in seen}) == 2
    assert isclose(step["result"], found["stored"], rel_tol=1e-9)
