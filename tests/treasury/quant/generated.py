"""Inputs of any measure made from its own description, so that a new measure is swept without a new test.

``inputs_of`` draws what passes the reader as well as what it may refuse: extreme sizes, constant series, one
observation, options left out. What a measure makes of them must be an answer or a refusal that names a field.
"""

from __future__ import annotations

import math
from decimal import Decimal, InvalidOperation

from hypothesis import strategies as st

from treasury.quant.inputs import REQUIRED

#: Sizes at which formulas break: nothing, one, rates, tiny and huge amounts, the ends of float64.
SIZES = (0, 1, 0.01, 0.5, 2.5, 1e-9, 1e15, 1e-12, 1e9, 1e-300, 1e300, 5e-324, 1.7976931348623157e308)
EXTREMES = tuple(sign * size for size in SIZES for sign in (1, -1))
LONG_DECIMALS = ("0.1234567890123456789012345", "-99999999999999999999.99", "1e-30", "123456789012345678901")


def is_inside(item, value):
    """Whether a number is within the bounds of an input."""
    exact = Decimal(str(value))
    return (
        (item.minimum is None or exact >= Decimal(str(item.minimum)))
        and (item.maximum is None or exact <= Decimal(str(item.maximum)))
        and (item.above is None or exact > Decimal(str(item.above)))
        and (item.below is None or exact < Decimal(str(item.below)))
    )


def extremes_of(item):
    """The extreme numbers that an input takes, its edges among them."""
    if item.kind == "integer":
        found = [0, 1, 2, 7, -1, 2**53 - 1, 10**9]
    else:
        found = [*EXTREMES, *(edge for edge in (item.minimum, item.maximum) if edge is not None)]
        if item.kind.startswith("decimal"):
            found += LONG_DECIMALS
    return [value for value in found if is_inside(item, value)]


def scalar(item, kind):
    """One value of an input, or one element of an array."""
    if kind == "boolean":
        return st.booleans()
    if kind == "choice":
        return st.sampled_from(item.choices)
    if kind == "label":
        return st.one_of(st.text("abc", min_size=1, max_size=3), st.integers(0, 9))
    if kind == "integer":
        return st.sampled_from(extremes_of(item))
    low = max((edge for edge in (item.minimum, item.above) if edge is not None), default=-10.0)
    high = min((edge for edge in (item.maximum, item.below) if edge is not None), default=max(10.0, low + 10))
    usual = st.floats(low, high, allow_nan=False).filter(lambda value: is_inside(item, value))
    return st.one_of(usual, st.sampled_from(extremes_of(item)))


def value_of(item, length):
    """A value of an input; arrays have ``length`` elements, often all alike, sometimes rising."""
    if item.kind in ("decimals", "numbers", "booleans"):
        one = scalar(item, item.kind[:-1])
        shapes = [st.lists(one, min_size=length, max_size=length), one.map(lambda value: [value] * length)]
        if item.kind != "booleans":
            rising = st.sets(st.floats(0.01, 40), min_size=length, max_size=length).map(sorted)
            shapes.append(rising.filter(lambda values: all(is_inside(item, value) for value in values)))
        return st.one_of(shapes)
    if item.kind == "table":
        row = st.lists(scalar(item, "number"), min_size=length, max_size=length)
        return st.lists(row, min_size=1, max_size=4)
    if item.kind == "rows":
        return st.lists(inputs_of(item.items), min_size=1, max_size=4)
    if item.kind == "object":
        if item.items:
            return inputs_of(item.items)
        term = st.one_of(st.none(), st.booleans(), st.text("ab", max_size=2), st.floats(-1e9, 1e9))
        return st.dictionaries(st.sampled_from(["a", "b", "c"]), term, max_size=3)
    return scalar(item, item.kind)


#: Other ways to call a measure than its example shows.
ALTERNATIVES = {
    "minimum_variance_hedge_ratio": [
        {
            "spot_changes": [0.29, -0.61, 0.41, 0.12],
            "futures_changes": [0.31, -0.55, 0.5, 0.09],
            "exposure_value": 1e7,
            "contract_value": 1e5,
            "spot_price": 1.94,
            "futures_price": 1.99,
        }
    ],
    "hedged_rate": [
        {"layers": [{"ratio": 0.5, "rate": 1.1}, {"ratio": 0.3, "rate": 1.2}], "open_rate": 1.15}
    ],
}


@st.composite
def inputs_of(draw, items, *examples):
    """Inputs of a measure: those of an example, drawn ones, or a mixture; arrays share one length."""
    length = draw(st.integers(1, 5))
    example = draw(st.sampled_from(examples)) if examples else {}
    mixture = bool(examples) and draw(st.booleans())
    keep_arrays = mixture and draw(st.booleans())
    found = {}
    for item in items:
        is_array = item.kind in ("decimals", "numbers", "booleans", "table", "rows")
        rarely = 7 if item.default is None else 1
        wanted = item.default is REQUIRED or item.name in example or draw(st.integers(0, rarely)) == rarely
        if not wanted:
            continue
        keep = keep_arrays if is_array else item.name == "kind" or (mixture and draw(st.booleans()))
        if item.name in example and keep:
            found[item.name] = example[item.name]
        else:
            found[item.name] = draw(value_of(item, length))
    return found


def top(field):
    """The input that a refused field belongs to."""
    return field.replace("[", ".").split(".")[0]


def is_tame(value):
    """Whether no formula can leave float64 with these inputs: then "out of range" would hide another reason."""
    if isinstance(value, dict):
        return all(is_tame(inner) for inner in value.values())
    if isinstance(value, list):
        return all(is_tame(inner) for inner in value)
    if value is None or isinstance(value, bool):
        return True
    try:
        size = abs(Decimal(str(value)))
    except InvalidOperation:
        return True
    nearly_one = Decimal("0.999999") < size < 1  # a confidence level whose quantile is infinite
    return size == 0 or (Decimal("1e-6") <= size <= 20 and not nearly_one)


def check_answer(answer):
    """No NaN, no infinity, no null without a reason, amounts as exact texts."""
    nulls = []

    def walk(value, name):
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(inner, key)
        elif isinstance(value, list):
            for inner in value:
                walk(inner, name)
        elif value is None:
            nulls.append(name)
        else:
            assert isinstance(value, (bool, int, float, str)), (name, type(value))
            assert not isinstance(value, float) or math.isfinite(value), (name, value)
            if name.endswith("_amount"):
                assert isinstance(value, str), name
                assert Decimal(value).is_finite(), name

    walk(answer["result"], "")
    assert not nulls or answer["reasons"], (nulls, answer)
    assert len(set(answer["reasons"])) == len(answer["reasons"])
