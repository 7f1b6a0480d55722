"""A measured number says what it is itself, not what the measure is that it goes through."""

import pytest

from hedges.domain.explanation.explain import own_words
from hedges.domain.explanation.families import FAMILIES
from hedges.domain.explanation.parts import Worked
from treasury.quant import catalogue

MEASUREMENTS = FAMILIES["measurements"].fields()
WORKED = Worked(None, [])


@pytest.mark.parametrize("name", MEASUREMENTS)
def test_every_number_of_a_measurement_has_words_of_its_own(name: str) -> None:
    said = own_words(MEASUREMENTS[name], WORKED)
    measure = catalogue.MEASURES[MEASUREMENTS[name].measure.partition(".")[0]]
    assert said["sentence"].endswith(".")
    assert said["sentence"] != measure.summary


def test_changes_are_inputs_of_the_test_and_have_no_formula_of_it() -> None:
    said = own_words(MEASUREMENTS["cumulative_change_hypothetical"], WORKED)
    assert "hypothetical derivative" in said["sentence"]
    assert said["formula"] == ""
    assert own_words(MEASUREMENTS["cumulative_recognised"], WORKED)["formula"]


def test_a_number_that_is_its_measures_result_keeps_the_measures_words() -> None:
    assert own_words(FAMILIES["valuations"].fields()["fair_value"], WORKED) == {}
