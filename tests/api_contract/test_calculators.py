"""Each calculator's own inputs and answer stand in the contract, and what it takes and gives is of these types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from treasury.api.documentation import contract
from treasury.kernel.errors import InputError
from treasury.quant import catalogue
from treasury.quant.inputs import REQUIRED

GOLDEN = sorted((Path(__file__).parents[1] / "golden").glob("*.json"))


def operation(code: str) -> dict[str, Any]:
    found: dict[str, Any] = contract()["paths"][f"/api/v1/measures/{code}/calculate/"]["post"]
    return found


def validator(content: dict[str, Any]) -> Draft202012Validator:
    schema = content["application/json"]["schema"]
    return Draft202012Validator({**schema, "components": contract()["components"]})


def inputs_of(code: str) -> Draft202012Validator:
    return validator(operation(code)["requestBody"]["content"])


def answers_of(code: str) -> Draft202012Validator:
    return validator(operation(code)["responses"]["200"]["content"])


def known() -> list[tuple[str, Any]]:
    """The catalogue's examples and every golden case."""
    cases = [(code, measure.example) for code, measure in catalogue.MEASURES.items()]
    for path in GOLDEN:
        for case in json.loads(path.read_text()).get("cases", []):
            if case.get("measure"):
                cases.append((case["measure"], case["inputs"]))
    return cases


def test_every_measure_has_an_operation_of_its_own() -> None:
    names = {operation(code)["operationId"] for code in catalogue.MEASURES}
    assert names == {f"measures_calculate_{code}" for code in catalogue.MEASURES}


def test_what_is_known_to_be_right_fits_and_so_does_its_answer() -> None:
    cases = known()
    assert len(cases) > 2 * len(catalogue.MEASURES)
    for code, inputs in cases:
        inputs_of(code).validate(inputs)
        inputs_of(code).validate([inputs, inputs])
        answer = json.loads(json.dumps(catalogue.calculate(code, inputs)))
        answers_of(code).validate(answer)
        answers_of(code).validate([answer, answer])


@pytest.mark.parametrize("code", list(catalogue.MEASURES))
def test_what_does_not_fit_is_refused_by_the_calculator_as_well(code: str) -> None:
    """An unknown field, one that is missing, and each field with a value of no type that it has."""
    measure = catalogue.MEASURES[code]
    good = dict(measure.example)
    wrong: list[Any] = [good | {"nothing": 1}]
    wrong += [
        {name: value for name, value in good.items() if name != one.name}
        for one in measure.inputs
        if one.default is REQUIRED
    ]
    wrong += [good | {one.name: ["x", {}]} for one in measure.inputs]
    for inputs in wrong:
        assert not inputs_of(code).is_valid(inputs), inputs
        with pytest.raises(InputError):
            catalogue.calculate(code, inputs)
