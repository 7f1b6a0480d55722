"""Bad inputs of every measure, present and to come: refused by the name of the field, never half done."""

import copy
import io
import json
from decimal import Decimal

import pytest

from tests.treasury.quant.generated import top
from treasury.kernel.errors import InputError
from treasury.quant import catalogue, cli
from treasury.quant.inputs import REQUIRED

ENTRIES = list(catalogue.MEASURES.values())
NAN, INFINITY = float("nan"), float("inf")
NO_NUMBER = [
    NAN, INFINITY, -INFINITY, Decimal("NaN"), Decimal("1e400"), "NaN", "Infinity", "1e400", "1_000", "１２",
    "", " 1", "1,5", "0x10", "one", True, False, [], {}, [1], {"value": 1}, 10**400, b"1",
]  # fmt: skip
NO_ARRAY = ["1", 5, {}, True, "1 2", {"0": 1}, []]
NO_OBJECT = [[], [1], 5, "x", True]
#: Arrays that need not be as long as another one of their measure, with the reason.
OF_ANY_LENGTH = {
    ("savings_to_loss", "scenario_rates"): "scenarios are not ratios",
    ("savings_to_loss", "hedge_ratios"): "ratios are not scenarios",
    ("hedging_frontier", "scenario_rates"): "scenarios are not ratios",
    ("hedging_frontier", "hedge_ratios"): "ratios are not scenarios",
}


def bad_scalars(item, kind):
    if kind == "boolean":
        return [0, 1, "true", "yes", [], {}, [True], NAN, 1.0]
    if kind == "choice":
        return ["sideways", "", " ", item.choices[0].swapcase() + "?", 5, True, [item.choices[0]], {}, NAN]
    if kind == "label":
        return [[], {}, True, 1.5, "a\0b", "\ud800", "x" * 201, NAN]
    found = list(NO_NUMBER)
    if kind == "integer":
        found += [0.5, "1e-3", 2**53]
    for edge, step in ((item.minimum, -1), (item.maximum, 1), (item.above, 0), (item.below, 0)):
        if edge is not None:
            found.append(edge + step)
    return found


def bad_values(item, good):
    """Pairs of a bad value and the path that must be named, below the input's own."""
    if item.default is not None and not item.nullable:
        yield None, ""
    if item.kind in ("decimals", "numbers", "booleans"):
        yield from ((value, "") for value in NO_ARRAY[: None if item.minimum_length else -1])
        fine = (good or [True] if item.kind == "booleans" else good or ["1"])[0]
        for value in [*bad_scalars(item, item.kind[:-1]), [[1]], None]:
            yield [value], "[0]"
            yield [fine, value], "[1]"
    elif item.kind == "table":
        yield from ((value, "") for value in NO_ARRAY)
        yield [[1, 2], [1]], "[1]"
        yield [[1], 5], "[1]"
        yield [[]], "[0]"
        yield from (([[1, 2], [1, value]], "[1][1]") for value in [*NO_NUMBER, None])
    elif item.kind == "rows":
        yield from ((value, "") for value in NO_ARRAY)
        row = good[0] if good else {}
        yield from (([value], "[0]") for value in [None, *NO_OBJECT])
        yield [{**row, "surplus": 1}], "[0].surplus"
        for inner in item.items:
            for value, below in bad_values(inner, row.get(inner.name)):
                if row:
                    yield [row, {**row, inner.name: value}], f"[1].{inner.name}{below}"
    elif item.kind == "object":
        yield from ((value, "") for value in NO_OBJECT)
        if item.items:
            yield {**(good or {}), "surplus": 1}, ".surplus"
            for inner in item.items:
                if good:
                    for value, below in bad_values(inner, good.get(inner.name)):
                        yield {**good, inner.name: value}, f".{inner.name}{below}"
    else:
        yield from ((value, "") for value in bad_scalars(item, item.kind))


def refusal_of(entry, inputs):
    with pytest.raises(InputError) as caught:
        catalogue.calculate(entry.code, inputs)
    assert caught.value.expected
    assert "\n" not in str(caught.value)
    return caught.value


INPUTS = [
    pytest.param(entry, item, id=f"{entry.code}-{item.name}") for entry in ENTRIES for item in entry.inputs
]


@pytest.mark.parametrize(("entry", "item"), INPUTS)
def test_a_bad_value_is_refused_by_the_name_of_its_input(entry, item):
    for value, below in bad_values(item, entry.example.get(item.name)):
        refusal = refusal_of(entry, {**entry.example, item.name: value})
        assert refusal.field == item.name + below, (value, str(refusal))


@pytest.mark.parametrize(("entry", "item"), INPUTS)
def test_a_missing_input_is_asked_for_by_name(entry, item):
    if item.default is REQUIRED:
        inputs = {name: value for name, value in entry.example.items() if name != item.name}
        assert refusal_of(entry, inputs).field == item.name
    for inner in item.items:
        good = entry.example.get(item.name)
        if good and inner.default is REQUIRED:
            changed = copy.deepcopy(good)
            (changed[0] if item.kind == "rows" else changed).pop(inner.name, None)
            place = f"{item.name}[0]" if item.kind == "rows" else item.name
            assert refusal_of(entry, {**entry.example, item.name: changed}).field == f"{place}.{inner.name}"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_an_unknown_name_and_what_is_no_object_are_refused(entry):
    assert refusal_of(entry, {**entry.example, "surplus": 1}).field == "surplus"
    for value in (None, 5, "x", True, NAN):
        assert refusal_of(entry, value).field == "inputs"
    second = refusal_of(entry, [entry.example, {**entry.example, "surplus": 1}])
    assert (second.index, second.field) == (1, "surplus")


def arrays_of(items, values):
    """Groups of arrays of one object, those that its example leaves out among them, and the object they are in."""
    own = [item for item in items if item.kind in ("decimals", "numbers", "booleans")]
    if len(own) > 1 and any(values.get(item.name) for item in own):
        yield own, values
    for item in items:
        value = values.get(item.name)
        if item.kind == "object" and item.items and value:
            yield from arrays_of(item.items, value)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_arrays_of_unequal_length_are_refused(entry):
    inputs = copy.deepcopy(entry.example)
    for arrays, place in list(arrays_of(entry.inputs, inputs)):
        names = {item.name for item in arrays}
        length = max(len(place.get(name) or []) for name in names)
        for item in arrays:
            if (entry.code, item.name) in OF_ANY_LENGTH:
                continue
            before = place.get(item.name)
            last = before[-1] if before else item.kind == "booleans" or "1"
            place[item.name] = [*(before or [last] * length), last]
            field = refusal_of(entry, inputs).field
            assert names & set(field.replace("[", ".").split(".")), field
            place[item.name] = before
            if before is None:
                del place[item.name]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_a_table_that_does_not_fit_its_array_is_refused(entry):
    for item in entry.inputs:
        if item.kind == "table":
            arrays = {other.name for other in entry.inputs if other.kind in ("decimals", "numbers")}
            wider = [[*row, row[-1]] for row in entry.example[item.name]]
            refusal = refusal_of(entry, {**entry.example, item.name: wider})
            assert top(refusal.field) in arrays | {item.name}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_years_in_the_wrong_order_are_refused(entry):
    arrays = [item.name for item in entry.inputs if item.kind in ("decimals", "numbers")]
    left_out = {name: [0.5, 1.0] for name in arrays if name not in entry.example}
    for name in arrays:
        if name.endswith("years"):
            whole = left_out | entry.example if name in left_out else entry.example
            years = whole[name]
            assert len(years) > 1, "an example with one year shows no order"
            for wrong in (years[::-1], [years[0]] * len(years)):
                assert top(refusal_of(entry, {**whole, name: wrong}).field) == name


def run(monkeypatch, capsys, code, text):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    status = cli.main([code])
    output = capsys.readouterr()
    return status, output.out, output.err


LITERALS = ["NaN", "-Infinity", "1e400", '"1_000"', '"１２"', '"one"', "[[{}]]", '{"a": [1]}']


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_the_command_line_refuses_in_one_line_with_the_field_and_the_place(monkeypatch, capsys, entry):
    for item in entry.inputs:
        for literal in LITERALS:
            if item.kind == "object" and not item.items and literal.startswith("{"):
                continue
            if item.kind == "label" and literal.startswith('"'):
                continue
            good = json.dumps(entry.example)
            bad = json.dumps({**entry.example, item.name: "HERE"}).replace('"HERE"', literal)
            status, out, err = run(monkeypatch, capsys, entry.code, bad)
            assert (status, out, err.count("\n")) == (2, "", 1), (item.name, literal, err)
            assert top(err.removeprefix("calculate: ").split(": ")[0]) == item.name, err
            status, out, err = run(monkeypatch, capsys, entry.code, f"[{good}, {bad}]")
            assert (status, out) == (2, "")
            assert err.startswith(f"calculate: item 1: {item.name}"), err
