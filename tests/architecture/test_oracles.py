"""Every public array function is held against something else, and the table in `oracles` says what that is."""

import ast
import re
from pathlib import Path

from tests.treasury.quant import oracles

QUANT = Path(__file__).parents[2] / "treasury" / "quant"
TESTS = Path(oracles.__file__).parents[1]
PACKAGES = ("valuation", "effectiveness", "ratios", "curves", "measurement", "strategy")
ROWS = [
    tuple(cell.strip() for cell in line.split("|")) for line in oracles.__doc__.splitlines() if "|" in line
]


def public_functions():
    for package in PACKAGES:
        for path in sorted((QUANT / package).glob("*.py")):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield f"{package}.{path.stem}.{node.name}"


def test_every_public_function_has_a_row():
    named = {name for name, *_ in ROWS}
    missing = [
        name
        for name in public_functions()
        if name not in named and name.rpartition(".")[0] + ".*" not in named
    ]
    assert not missing, f"held against nothing: {missing}; write the test, then the row in {oracles.__file__}"


def test_every_row_is_of_a_function_and_its_tests_use_it():
    functions = set(public_functions())
    modules = {name.rpartition(".")[0] for name in functions}
    short = {name.rpartition(".")[2] for name in functions}
    for name, oracle, where in ROWS:
        assert oracle and where, name
        if name.endswith(".*"):
            assert name[:-2] in modules, name
            assert set(where.split()) <= short, name
            continue
        assert name in functions, f"{name} is no public function any more"
        for place in where.split():
            folder, _, stem = place.rpartition("/")
            source = (TESTS / (folder or "oracles") / f"test_{stem}.py").read_text(encoding="utf-8")
            assert re.search(rf"\b{name.rpartition('.')[2]}\b", source), f"{place} does not use {name}"


def test_there_is_a_table_to_look_at():
    assert len(ROWS) > 80
    assert len({name for name, *_ in ROWS}) == len(ROWS)
