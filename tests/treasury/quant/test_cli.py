"""``calculate`` on the command line: answers, bad input, and how little it imports."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from treasury.quant import catalogue, cli

ROOT = Path(cli.__file__).parents[2]
GOOD = {"price": 2185, "contract_multiplier": 50}


def run(monkeypatch, capsys, words, text=""):
    monkeypatch.setattr(
        "sys.stdin", io.TextIOWrapper(io.BytesIO(text if isinstance(text, bytes) else text.encode()))
    )
    status = cli.main(words)
    output = capsys.readouterr()
    return status, output.out, output.err


def test_one_object_gives_one_answer(monkeypatch, capsys, tmp_path):
    status, out, err = run(monkeypatch, capsys, ["notional_value"], json.dumps(GOOD))
    answer = {"measure": "notional_value", "result": {"notional_amount": "109250"}, "reasons": []}
    assert (status, json.loads(out), err) == (0, answer, "")
    file = tmp_path / "in put.json"
    file.write_text(json.dumps([GOOD, GOOD]), encoding="utf-8")
    status, out, err = run(monkeypatch, capsys, ["notional_value", str(file)])
    assert (status, json.loads(out), err) == (0, [answer, answer], "")
    assert run(monkeypatch, capsys, ["notional_value", "-"], "[]")[:2] == (0, "[]\n")


def test_the_list_holds_every_measure(monkeypatch, capsys):
    status, out, _ = run(monkeypatch, capsys, ["--list"])
    assert status == 0
    assert [line.split(": ")[0] for line in out.splitlines()] == list(catalogue.MEASURES)
    status, out, _ = run(monkeypatch, capsys, ["--list", "hedge_ratio"])
    assert out == "hedge_ratio: Hedge ratio by amount: hedged_amount, exposure_amount, [signed=false]\n"


def test_the_list_in_json_holds_everything(monkeypatch, capsys):
    status, out, _ = run(monkeypatch, capsys, ["--list", "--json"])
    assert status == 0
    assert json.loads(out) == json.loads(json.dumps(catalogue.describe()))
    for words in (["--list", "hedge_ratio", "--json"], ["--list", "--json", "hedge_ratio"]):
        _, out, _ = run(monkeypatch, capsys, words)
        assert [entry["code"] for entry in json.loads(out)] == ["hedge_ratio"]


def series(rest):
    return '{"instrument_changes": [1, 2], "item_changes": ' + rest + "}"


BAD = {
    "no code": ([], "", "arguments"),
    "unknown code": (["hedge"], "{}", "measure: expected one of hedge_ratio"),
    "too many words": (["hedge_ratio", "a", "b"], "", "arguments"),
    "option": (["--nothing"], "", "arguments"),
    "unknown in list": (["--list", "x"], "", "measure"),
    "no file": (["hedge_ratio", "/nowhere/at all"], "", "FILE: expected a file that can be read"),
    "folder": (["hedge_ratio", "/"], "", "FILE"),
    "NUL in name": (["hedge_ratio", "a\0b"], "", "FILE"),
    "empty": (["hedge_ratio"], "", "document: expected valid JSON"),
    "no JSON": (["hedge_ratio"], "hedged_amount=1", "document"),
    "not UTF-8": (["hedge_ratio"], b'{"\xff": 1}', "document: expected UTF-8"),
    "a number": (["hedge_ratio"], "5", "inputs: expected an object"),
    "null": (["hedge_ratio"], "null", "inputs: expected an object"),
    "array in array": (["hedge_ratio"], "[[]]", "item 0: inputs: expected an object"),
    "missing": (["hedge_ratio"], '{"hedged_amount": 1}', "exposure_amount: expected a number"),
    "unknown": (
        ["notional_value"],
        '{"price": 1, "contract_multiplier": 1, "prize": 2}',
        "prize: expected one of",
    ),
    "text": (["notional_value"], '{"price": "high", "contract_multiplier": 1}', "price: expected a number"),
    "NaN": (["notional_value"], '{"price": NaN, "contract_multiplier": 1}', "price: expected a number"),
    "infinity": (["notional_value"], '{"price": -Infinity, "contract_multiplier": 1}', "price"),
    "1e400": (["notional_value"], '{"price": 1e400, "contract_multiplier": 1}', "price"),
    "boolean": (["notional_value"], '{"price": true, "contract_multiplier": 1}', "price"),
    "underscore": (["notional_value"], '{"price": "1_000", "contract_multiplier": 1}', "price"),
    "null price": (["notional_value"], '{"price": null, "contract_multiplier": 1}', "price"),
    "zero multiplier": (
        ["notional_value"],
        '{"price": 1, "contract_multiplier": 0}',
        "contract_multiplier: expected",
    ),
    "twice": (
        ["notional_value"],
        '{"price": 1, "price": 2, "contract_multiplier": 1}',
        "price: expected each key once",
    ),
    "in an array": (
        ["notional_value"],
        '[{"price": 1, "contract_multiplier": 1}, {"price": "x", "contract_multiplier": 1}]',
        "item 1: price: expected",
    ),
    "boolean text": (
        ["hedge_ratio"],
        '{"hedged_amount": 1, "exposure_amount": 2, "signed": "yes"}',
        "signed: expected true or false",
    ),
    "half a position": (
        ["position_count_ratio"],
        '{"positions_hedged": 0.5, "positions_total": 1}',
        "positions_hedged",
    ),
    "more than all": (
        ["position_count_ratio"],
        '{"positions_hedged": 2, "positions_total": 1}',
        "positions_hedged",
    ),
    "negative count": (
        ["position_count_ratio"],
        '{"positions_hedged": -1, "positions_total": 1}',
        "positions_hedged",
    ),
    "rounding": (
        ["futures_contracts"],
        '{"amount_to_hedge": 1, "price": 1, "contract_multiplier": 1, "rounding": "sideways"}',
        "rounding: expected one of nearest, down, up, half_even",
    ),
    "unequal lengths": (["dollar_offset"], series("[1]"), "item_changes: expected 2 elements"),
    "unequal regression": (
        ["effectiveness_regression"],
        series("[1, 2, 3]"),
        "item_changes: expected 2",
    ),
    "NaN in array": (["dollar_offset"], series("[1, NaN]"), "item_changes[1]: expected a number"),
    "empty array": (
        ["dollar_offset"],
        '{"instrument_changes": [], "item_changes": []}',
        "instrument_changes",
    ),
    "array wanted": (["dollar_offset"], series("5"), "item_changes: expected an array"),
    "limits crossed": (
        ["dollar_offset"],
        series('[1, 2], "lower_ratio": 2'),
        "upper_ratio: expected at least",
    ),
    "kind": (
        ["dollar_offset"],
        series('[1, 2], "item_kind": "thing"'),
        "item_kind: expected one of item",
    ),
    "confidence": (
        ["effectiveness_regression"],
        series('[1, 2], "confidence_level": 1'),
        "confidence_level",
    ),
    "volatility": (
        ["fx_option_value"],
        json.dumps({**catalogue.MEASURES["fx_option_value"].example, "implied_volatility": -0.1}),
        "implied_volatility: expected",
    ),
    "nothing to go by": (["minimum_variance_hedge_ratio"], "{}", "spot_changes: expected"),
    "half the statistics": (
        ["minimum_variance_hedge_ratio"],
        '{"correlation": 0.5}',
        "spot_standard_deviation",
    ),
    "both ways": (
        ["minimum_variance_hedge_ratio"],
        '{"spot_changes": [1], "futures_changes": [1], "correlation": 1, "spot_standard_deviation": 1,'
        ' "futures_standard_deviation": 1}',
        "correlation: expected either",
    ),
    "size without quantity": (
        ["minimum_variance_hedge_ratio"],
        '{"spot_changes": [1], "futures_changes": [1], "contract_size": 1}',
        "exposure_quantity",
    ),
    "bucket": (
        ["horizon_profile"],
        '{"buckets": [{"bucket": "a", "inflow_amount": -1, "outflow_amount": 0, "hedge_amount": 0}]}',
        "buckets[0].inflow_amount: expected",
    ),
    "band": (
        ["horizon_profile"],
        '{"buckets": [{"bucket": "a", "inflow_amount": 1, "outflow_amount": 0, "hedge_amount": 0, "lower_ratio": 1,'
        ' "upper_ratio": 0.5}]}',
        "buckets[0].upper_ratio: expected at least lower_ratio",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_names_the_field_and_prints_nothing(monkeypatch, capsys, name):
    words, text, message = BAD[name]
    status, out, err = run(monkeypatch, capsys, words, text)
    assert (status, out) == (2, "")
    assert err.startswith(f"calculate: {message}"), err
    assert err.count("\n") == 1
    assert "expected" in err


def test_calculate_needs_little_more_than_numpy():
    script = (
        "import sys, json; from treasury.quant.cli import main; main(['--list']);"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    modules = json.loads(done.stderr)
    heavy = {
        "django",
        "pandas",
        "QuantLib",
        "statsmodels",
        "celery",
        "psycopg",
        "redis",
        "rest_framework",
        "hypothesis",
    }
    assert not heavy & {module.split(".")[0] for module in modules}
    scipy = {".".join(module.split(".")[:2]) for module in modules if module.startswith("scipy.")}
    assert {module for module in scipy if not module.startswith("scipy._")} <= {
        "scipy.special",
        "scipy.version",
    }
    ours = {module.split(".")[1] for module in modules if module.startswith("treasury.")}
    assert ours == {"kernel", "quant"}
