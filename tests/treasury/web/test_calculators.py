"""Calculators: the same answer as the catalogue's, a link that carries the inputs, errors beside their field."""

import json
from html import unescape

import pytest
from django.http import QueryDict
from django.urls import reverse

from tests.factories.web import signed_in
from treasury.quant import catalogue
from treasury.queries.measured import columns_of, measured_columns
from treasury.web import calculator_answer, words
from treasury.web.calculator_form import CalculatorForm, example
from treasury.web.measure_tables import SCREENS

pytestmark = pytest.mark.django_db
CODES = list(catalogue.MEASURES)


@pytest.mark.parametrize("code", CODES)
def test_the_example_of_each_measure_gives_the_answer_of_the_catalogue(code: str) -> None:
    measure = catalogue.MEASURES[code]
    inputs = {name: text for name, text in example(measure).items() if text}
    answer = signed_in().get(reverse("calculator", args=[code]), inputs)
    assert answer.status_code == 200
    expected = catalogue.calculate(code, measure.example)
    assert json.loads(answer.context["answer_json"]) == json.loads(json.dumps(expected))


@pytest.mark.parametrize("code", CODES)
def test_a_calculator_opens_with_its_example(code: str) -> None:
    text = signed_in().get(reverse("calculator", args=[code])).content.decode()
    assert "Work it out" in text
    assert "<h1>" in text


def test_a_text_for_a_number_is_refused_beside_its_field() -> None:
    answer = signed_in().get(
        reverse("calculator", args=["hedge_ratio"]), {"hedged_amount": "six", "exposure_amount": "10"}
    )
    form: CalculatorForm = answer.context["form"]
    assert list(form.errors) == ["hedged_amount"]
    assert "number" in form.errors["hedged_amount"][0]
    assert "answer" not in answer.context


def test_a_missing_input_is_named() -> None:
    answer = signed_in().get(reverse("calculator", args=["hedge_ratio"]), {"hedged_amount": "6"})
    assert list(answer.context["form"].errors) == ["exposure_amount"]


def test_an_undefined_answer_says_why() -> None:
    answer = signed_in().get(
        reverse("calculator", args=["hedge_ratio"]), {"hedged_amount": "6", "exposure_amount": "0"}
    )
    assert "no exposure" in answer.content.decode()


def test_nothing_left_open_is_not_called_no_exposure_alone() -> None:
    given = example(catalogue.MEASURES["savings_to_loss"]) | {"exposure_amount": "10000000"}
    answer = signed_in().get(reverse("calculator", args=["savings_to_loss"]), given)
    assert "no exposure, or nothing left open" in answer.content.decode()
    assert "zero_exposure" in json.loads(answer.context["answer_json"])["reasons"]


def test_an_unknown_measure_is_not_found_in_words() -> None:
    answer = signed_in().get(reverse("calculator", args=["nonsense"]))
    assert answer.status_code == 404
    assert "There is no measure nonsense" in answer.content.decode()


def test_an_empty_result_is_a_dash_and_the_reasons_belong_to_the_answer() -> None:
    page = signed_in().get(
        reverse("calculator", args=["minimum_variance_hedge_ratio"]),
        {
            "correlation": "0.928",
            "spot_standard_deviation": "0.0263",
            "futures_standard_deviation": "0.0313",
            "exposure_quantity": "2000000",
            "contract_size": "42000",
        },
    )
    text = page.content.decode()
    assert "Not given or undefined: " in text
    assert text.count("no observations") == 1
    assert text.count("no prices") == 1
    assert ">0.861184<" in text  # 0.8611840000000001 at full length
    assert "0.77975718849840" in page.context["answer_json"]


def test_a_verdict_is_not_called_undefined() -> None:
    measure = catalogue.MEASURES["critical_terms_match"]
    assert calculator_answer.banner(measure, ["term_missing", "terms_differ"]) == [
        ("Not given or undefined", ["term missing"]),
        ("What the status rests on", ["terms differ"]),
    ]


def test_hints_and_labels_are_whole() -> None:
    text = signed_in().get(reverse("calculator", args=["critical_terms_match"])).content.decode()
    assert "JSON, with ;" not in text
    assert "a JSON object; may stay empty" in text
    form = CalculatorForm(catalogue.MEASURES["minimum_variance_hedge_ratio"], QueryDict())
    assert form.fields["spot_changes"].label == "Spot changes (same unit as the futures)"


def test_the_example_says_so_and_can_be_cleared() -> None:
    address = reverse("calculator", args=["futures_contracts"])
    opened, cleared = (signed_in().get(address, query) for query in ({}, {"clear": "1"}))
    assert "Worked example; change it or clear it." in opened.content.decode()
    assert "Worked example; change it" not in cleared.content.decode()
    assert cleared.context["form"].initial["amount_to_hedge"] == ""
    assert cleared.context["form"].initial["rounding"] == "nearest"


def test_all_wrong_fields_are_named_at_once_in_the_words_of_the_page() -> None:
    answer = signed_in().get(
        reverse("calculator", args=["hedge_ratio"]), {"hedged_amount": "1,000,000", "exposure_amount": "ten"}
    )
    errors = answer.context["form"].errors
    assert errors["hedged_amount"] == ['Expected a number, got "1,000,000": write 1000000.']
    assert errors["exposure_amount"] == ['Expected a number, got "ten".']


def test_a_path_is_said_in_words() -> None:
    bucket = {"bucket": "a", "inflow_amount": 1, "outflow_amount": 0, "hedge_amount": 0}
    rows = [bucket, bucket | {"lower_ratio": 1, "upper_ratio": 0.5}]
    answer = signed_in().get(reverse("calculator", args=["horizon_profile"]), {"buckets": json.dumps(rows)})
    assert answer.context["form"].errors["buckets"] == [
        "number 2, upper ratio: Expected at least lower ratio, got 0.5."
    ]


@pytest.mark.parametrize("code", CODES)
def test_the_page_of_a_measure_says_all_that_there_is_to_say(code: str) -> None:
    measure = catalogue.MEASURES[code]
    page = unescape(signed_in().get(reverse("calculator", args=[code])).content.decode())
    for text in (measure.summary, measure.formula, measure.reference, measure.used_in):
        assert text in page
    for item in (*measure.inputs, *measure.results):
        assert words.quoted(item.meaning) in page
        assert item.unit in page
    assert all(item.sign in page for item in measure.results)
    paths = [column.path for column in columns_of(code)]
    assert all(path in page for path in paths)
    assert ("No night stores it" in page) == (not paths)


def test_the_numbers_of_the_night_lead_from_their_measure_to_their_pages() -> None:
    page = signed_in().get(reverse("calculator", args=["horizon_profile"])).content.decode()
    assert "hedges_horizonbucketresult.coverage_ratio" in page
    assert 'href="/horizon/">Horizon profile</a>' in page


def test_every_result_family_has_a_page_that_shows_it() -> None:
    assert {column.family for column in measured_columns()} == set(SCREENS)


@pytest.mark.parametrize("code", CODES)
def test_the_example_fills_the_form_and_is_worked_out(code: str) -> None:
    page = signed_in().get(reverse("calculator", args=[code]))
    answer = signed_in().get(page.context["example"]["href"])
    expected = json.loads(json.dumps(catalogue.calculate(code, catalogue.MEASURES[code].example)))
    assert json.loads(answer.context["answer_json"]) == expected
