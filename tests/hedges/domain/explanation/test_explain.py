"""What an explanation holds: inputs that the calculator takes, sources with ids, and a difference shown as one."""

from datetime import date
from decimal import Decimal

import pytest

from hedges.domain.explanation.as_json import as_json
from hedges.domain.explanation.as_text import as_text
from hedges.domain.explanation.explain import agree, explain, field_of, find
from hedges.domain.explanation.families import FAMILIES, family
from hedges.domain.explanation.parts import NothingToExplain
from hedges.models import (
    EffectivenessResult,
    HedgeRatioResult,
    HorizonBucketResult,
    InstrumentVersion,
    ValuationResult,
)
from tests.factories import night
from treasury.models import MarketQuote
from treasury.quant import catalogue

pytestmark = pytest.mark.django_db


def forward() -> ValuationResult:
    found = ValuationResult.objects.filter(kind="FORWARD", present_value__lt=-10_000).select_related(
        "instrument"
    )
    return found.order_by("instrument_id").first()


def test_the_inputs_are_those_that_calculate_takes_and_give_the_stored_number(run) -> None:
    row = forward()
    found = as_json(explain("valuations", row, "present_value"))
    answer = catalogue.calculate(found["measure"]["code"], found["inputs"])
    assert Decimal(str(round(answer["result"]["present_value"], 2))) == row.present_value
    assert (found["calculated"], found["stored"]) == (f"{row.present_value:.2f}",) * 2
    assert found["agrees"] is True


def test_every_input_says_where_it_comes_from(run) -> None:
    row = forward()
    (step,) = as_json(explain("valuations", row, "present_value"))["steps"]
    sources = {given["name"]: given["source"] for given in step["given"]}
    version = InstrumentVersion.objects.get(pk=row.instrument_version_id)
    assert sources["strike_rate"]["refers_to"] == {"instrument_version_id": version.pk}
    assert version.approval.decided_by.username in sources["strike_rate"]["text"]
    quote = MarketQuote.objects.get(symbol="EURUSD", kind="FX_SPOT", quote_date=run.as_of_date)
    assert sources["spot_rate"]["refers_to"] == {"quote_ids": [quote.pk]}
    assert "EURUSD 1.1 of 2026-10-30 (TEST, synthetic)" in sources["spot_rate"]["text"]
    assert quote.pk in sources["forward_rate"]["refers_to"]["quote_ids"]


def test_a_swap_names_the_fixing_that_its_running_period_took(run) -> None:
    for row in ValuationResult.objects.filter(kind="INTEREST_RATE_SWAP", present_value__isnull=False):
        (step,) = as_json(explain("valuations", row, "present_value"))["steps"]
        begun = date.fromisoformat(str(step["listings"][0]["rows"][0][1]))
        if begun > run.as_of_date:
            continue
        (given,) = (one for one in step["given"] if one["name"] == "forward_rates")
        quotes = MarketQuote.objects.filter(kind="RATE_FIXING", quote_date__lte=begun)
        fixing = quotes.filter(pk__in=given["source"]["refers_to"]["quote_ids"]).get()
        assert f"of {fixing.quote_date} " in given["source"]["text"]
        assert fixing == quotes.filter(symbol=fixing.symbol).latest("quote_date")
        return
    raise AssertionError("no swap with a running period")


def test_the_formula_has_the_numbers_put_in(run) -> None:
    (step,) = explain("valuations", forward(), "present_value").worked.steps
    assert step.written.startswith("−600000 × (0.9")
    assert f"= {step.result:.12g}".replace("-", "−") in step.written


@pytest.mark.parametrize(
    ("name", "rows", "field", "wrong"),
    [
        ("valuations", ValuationResult, "present_value", Decimal("0.01")),
        ("valuations", ValuationResult, "discount_factor", 1e-8),
        ("hedge-ratios", HedgeRatioResult, "positions_hedged", 1),
        ("horizon-profiles", HorizonBucketResult, "hedge_amount", Decimal("0.01")),
        ("effectiveness-results", EffectivenessResult, "cumulative_change_instrument", Decimal("0.01")),
        ("effectiveness-results", EffectivenessResult, "slope", 1e-7),
    ],
)
def test_a_number_that_was_tampered_with_does_not_agree(run, name, rows, field, wrong) -> None:
    row = rows.objects.filter(**{f"{field}__isnull": False}).exclude(**{field: 0}).first()
    assert explain(name, row, field).agrees
    setattr(row, field, getattr(row, field) + wrong)
    found = explain(name, row, field)
    assert not found.agrees
    assert as_json(found)["stored"] != as_json(found)["calculated"]
    assert "THEY DO NOT AGREE" in as_text(found)


def test_a_number_that_was_taken_away_does_not_agree(run) -> None:
    row = forward()
    row.spot_element = None
    assert not explain("valuations", row, "spot_element").agrees


def test_what_is_undefined_says_why(run) -> None:
    old = ValuationResult.objects.get(reasons=["stale_data"])
    found = explain("valuations", old, "present_value")
    assert (found.agrees, found.stored, found.worked.number) == (True, None, None)
    assert found.worked.because == "a quote is older than 10 days"
    assert list(found.reasons) == ["stale_data"]
    none = explain("valuations", forward(), "delta")
    assert (none.agrees, none.worked.because) == (True, "a forward has no delta")


def test_quotes_that_are_not_those_that_were_sealed_are_said_to_be() -> None:
    """The snapshot of this night has a digest that no quotes have."""
    night.small_book()
    found = explain("valuations", ValuationResult.objects.get(), "present_value")
    assert "are not those that were sealed" in found.problem
    assert (found.agrees, found.stored, found.worked.number) == (False, Decimal(1200), None)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_row_is_found_by_its_key(run, name) -> None:
    found = family(name)
    row = found.model.objects.filter(run_id=run.pk).first()
    assert find(name, run.pk, found.key_of(row)).pk == row.pk


def test_what_is_not_there_is_refused_with_what_is(run) -> None:
    with pytest.raises(NothingToExplain, match="there are valuations, hedge-ratios"):
        family("nothing")
    with pytest.raises(NothingToExplain, match="they have present_value"):
        field_of(family("valuations"), "nothing")
    with pytest.raises(NothingToExplain, match=f"There is no run 999; the newest are {run.pk}"):
        find("valuations", 999, "1")
    with pytest.raises(NothingToExplain, match=r"has the key subject\.entity_id\.subject_key"):
        find("hedge-ratios", run.pk, "7")
    with pytest.raises(NothingToExplain, match="is a number"):
        find("valuations", run.pk, "x")
    with pytest.raises(NothingToExplain, match="has no row 9999"):
        find("valuations", run.pk, "9999")


def test_numbers_agree_to_the_minor_unit_and_to_a_billionth() -> None:
    assert agree(Decimal("1.2000"), Decimal("1.20"))
    assert not agree(Decimal("1.2000"), Decimal("1.21"))
    assert agree(1.0, 1.0 + 1e-10)
    assert not agree(1.0, 1.0 + 1e-8)
    assert agree(None, None)
    assert not agree(None, 0.0)
    assert not agree(0.0, None)
