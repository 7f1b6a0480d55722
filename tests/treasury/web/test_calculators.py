"""Calculators: the same answer as the catalogue's, a link that carries the inputs, errors beside their field."""

import json

import pytest
from django.urls import reverse

from tests.factories.web import signed_in
from treasury.quant import catalogue
from treasury.web.calculator_form import CalculatorForm, example

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


def test_an_unknown_measure_is_not_found_in_words() -> None:
    answer = signed_in().get(reverse("calculator", args=["nonsense"]))
    assert answer.status_code == 404
    assert "There is no measure nonsense" in answer.content.decode()
