"""Every measure, present and to come, over extreme inputs: a number, null with a reason, or a refusal by name."""

import json
import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.treasury.quant.generated import ALTERNATIVES, check_answer, extremes_of, inputs_of, is_tame, top
from treasury.kernel.errors import InputError
from treasury.quant import catalogue

ENTRIES = list(catalogue.MEASURES.values())
NUMERIC = ("decimal", "number", "integer")


def ask(entry, inputs):
    """The answer, checked, or None where the measure refused by the name of an input."""
    refused = None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            answer = catalogue.calculate(entry.code, inputs)
        except InputError as refusal:
            refused = refusal
    if refused:
        assert top(refused.field) in {item.name for item in entry.inputs}, refused
        assert refused.expected
        return None
    json.dumps(answer, allow_nan=False)
    check_answer(answer)
    assert "out_of_range" not in answer["reasons"] or not is_tame(inputs), answer
    return answer


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_drawn_inputs_are_answered_or_refused_by_name(entry, data):
    ask(entry, data.draw(inputs_of(entry.inputs, entry.example, *ALTERNATIVES.get(entry.code, []))))


def paths(items, values):
    """Every numeric input of an example, also inside objects and rows, with the place to set it."""
    for item in items:
        value = values.get(item.name)
        if item.kind in NUMERIC:
            yield item, values
        elif item.kind == "object" and item.items and value:
            yield from paths(item.items, value)
        elif item.kind == "rows" and value:
            for row in value:
                yield from paths(item.items, row)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_one_extreme_number_in_an_example_is_answered_or_refused_by_name(entry):
    inputs = json.loads(json.dumps(entry.example))
    answered = 0
    for item, place in list(paths(entry.inputs, inputs)):
        before = dict(place)
        for value in extremes_of(item):
            place[item.name] = value
            answered += ask(entry, inputs) is not None
        place.clear()
        place.update(before)
    numeric = any(True for _ in paths(entry.inputs, inputs))
    assert answered or not numeric, "every extreme was refused"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
@pytest.mark.parametrize("size", [0, 1e-9, 1e15, -1e15, 1e300])
@pytest.mark.parametrize("length", [1, 2, 40])
def test_constant_series_of_any_length_are_answered_or_refused_by_name(entry, size, length):
    arrays = [item for item in entry.inputs if item.kind in ("decimals", "numbers", "table", "booleans")]
    inputs = json.loads(json.dumps(entry.example))
    for item in arrays:
        if item.kind == "table":
            width = len(entry.example[item.name])
            inputs[item.name] = [[size] * length for _ in range(width)]
        elif item.kind == "booleans":
            inputs[item.name] = [True] * length
        elif item.name in inputs or item.name.endswith("changes"):
            inputs[item.name] = [size] * length
    ask(entry, inputs)
