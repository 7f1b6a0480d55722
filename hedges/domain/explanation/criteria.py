"""Criteria of effectiveness: the value, the limits of the rule pack, and the room left between them."""

from __future__ import annotations

from typing import Any

import numpy as np

from hedges.domain.explanation.case import Case
from hedges.domain.explanation.credit_triggers import trigger_steps
from hedges.domain.explanation.effectiveness import (
    credit_steps,
    noise_threshold,
    offset_step,
    ratio_step,
    regression_step,
    variance_step,
)
from hedges.domain.explanation.moved import scenario_steps
from hedges.domain.explanation.origins import of_version
from hedges.domain.explanation.parts import CALCULATION, Given, NothingToExplain, Number, Source, Step, Worked
from hedges.domain.explanation.revalued import Revalued, limit, revalued
from hedges.domain.explanation.steps import arithmetic, from_before, nothing, worked
from hedges.domain.explanation.written import number
from treasury.quant import catalogue

ROOM = "Room to the nearer limit of the rule pack: + left, − missed by"
DIFFERENCE = "|designated − actual hedge ratio| / designated, to twelve decimals"
A_LIMIT = "What the rule pack holds this criterion against."
COUNT = "How many weeks have a change of both sides."
#: Criterion -> the limits of the rule pack, lower and upper.
LIMITS = {
    "economic_relationship": ("", ""),
    "credit_risk": ("", "credit_fail_ratio"),
    "hedge_ratio": ("", "hedge_ratio_tolerance"),
    "dollar_offset": ("dollar_offset_lower", "dollar_offset_upper"),
    "prospective_dollar_offset": ("dollar_offset_lower", "dollar_offset_upper"),
    "variance_reduction": ("variance_reduction_minimum", ""),
    "observation_count": ("observation_minimum", ""),
    "offset_slope": ("slope_lower", "slope_upper"),
    "r_squared": ("r_squared_minimum", ""),
    "significance": ("", "confidence_level"),
}


def work(case: Case, field: str) -> Worked:
    """A number of one criterion."""
    name = case.row.criterion
    if name not in LIMITS:
        raise NothingToExplain(f"There is no explanation of the criterion {name}.")
    found = revalued(case)
    lower, upper = _limits(found, name)
    if field in ("lower_limit", "upper_limit"):
        step = lower if field == "lower_limit" else upper
        if step is None:
            return nothing("this criterion has no such limit", sentence=A_LIMIT)
        return worked([step], sentence=A_LIMIT, formula=step.formula)
    steps = _value(found, name)
    because = found.blind or "what it compares is not defined"
    counted = {"sentence": COUNT} if name == "observation_count" else {}
    if field == "value":
        said = {"formula": DIFFERENCE} if name == "hedge_ratio" else {}
        return worked(steps, because, **said, **counted)
    return worked([*steps, _margin(steps[-1].result, lower, upper)], because, formula=ROOM, **counted)


def _limits(found: Revalued, name: str) -> tuple[Step | None, Step | None]:
    lower, upper = LIMITS[name]
    if name == "economic_relationship":
        return arithmetic("Lower limit", "0: the two have to move against each other", 0.0), None
    if name == "significance":
        level = limit(found, "confidence_level", "confidence_level")
        result = round(1.0 - float(level.value), 12)
        text = f"1 − {number(level.value)} = {number(result)}"
        return None, arithmetic("Upper limit", "1 − confidence level", result, [level], numbers=text)
    return _limit(found, lower, "Lower limit"), _limit(found, upper, "Upper limit")


def _limit(found: Revalued, name: str, title: str) -> Step | None:
    if not name:
        return None
    given = limit(found, name, name)
    return arithmetic(title, "as the rule pack has it", float(given.value), [given])


def _value(found: Revalued, name: str) -> list[Step]:
    if name == "economic_relationship":
        return _economic(found)
    if name == "credit_risk":
        return [*trigger_steps(found), *credit_steps(found)]
    if name == "hedge_ratio":
        return _difference(found)
    if name == "dollar_offset":
        return _offset(found)
    if name == "prospective_dollar_offset":
        return scenario_steps(found)
    if name == "variance_reduction":
        return [variance_step(found)]
    if name == "observation_count":
        count = float(found.window.sum())
        listing = found.weeks(found.window, "Weeks with both quotes")
        return [arithmetic("Points", "number of weeks with both changes", count, listings=[listing])]
    return [regression_step(found, {"significance": "p_value"}.get(name, name))]


def _offset(found: Revalued) -> list[Step]:
    """The last cumulative ratio, as far as there is anything since the designation."""
    return [*noise_threshold(found), offset_step(found, "cumulative_ratios")]


def _economic(found: Revalued) -> list[Step]:
    """The documented method's measure; the slope's where a dollar offset decides nothing yet."""
    offset = _offset(found)
    decided = not found.blind and not found.is_regression and _status(offset[-1]) not in ("", "INCONCLUSIVE")
    if decided and offset[-1].result is not None:
        return offset
    slope = regression_step(found, "offset_slope")
    few = int(found.window.sum()) < int(found.pack["observation_minimum"])
    if few or found.blind or "too_few_points" in _reasons(slope):
        words = "fewer points than the rule pack asks for" if few else found.blind or "too few points"
        return [slope, arithmetic("No measure", f"{words}: the slope supports nothing", None)]
    return [slope]


def _difference(found: Revalued) -> list[Step]:
    """|designated − actual| as a share of the designated ratio."""
    actual = ratio_step(found)
    designated = float(found.found["designated_hedge_ratio"][0])
    result: Number = None
    if actual.result is not None:
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.round(abs(designated - float(actual.result)) / np.abs(designated), 12)
        result = float(share)
    given = [
        Given("designated", designated, of_version("relationship", found.version, "designated_hedge_ratio")),
        Given("actual", actual.result, from_before(actual.title)),
    ]
    text = f"|{number(designated)} − {number(actual.result)}| / {number(designated)} = {number(result)}"
    return [actual, arithmetic("Difference of the hedge ratios", DIFFERENCE, result, given, numbers=text)]


def _margin(value: Number, lower: Step | None, upper: Step | None) -> Step:
    """Room to the nearer limit: + left, − missed by."""
    room: list[float] = []
    given = [Given("value", value, from_before("the value"))]
    for name, step in (("lower_limit", lower), ("upper_limit", upper)):
        if step is None:
            continue
        given.append(Given(name, step.result, Source(CALCULATION, step.formula)))
        if value is not None:
            edge = float(step.result or 0)
            room.append(float(value) - edge if name == "lower_limit" else edge - float(value))
    result = min(room) if room else None
    formula = "the smaller of value − lower limit and upper limit − value"
    return arithmetic("Margin", formula, result, given)


def _status(step: Step) -> str:
    return str(_answer(step).get("result", {}).get("status", ""))


def _reasons(step: Step) -> list[str]:
    return list(_answer(step).get("reasons", []))


def _answer(step: Step) -> dict[str, Any]:
    if step.result is None:
        return {}
    found: dict[str, Any] = catalogue.calculate(step.code, step.inputs)
    return found
