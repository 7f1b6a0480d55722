"""Every published worked figure that a measure covers, from ``tests/golden``."""

import json
from pathlib import Path

import pytest

from tests.treasury.quant.holds import assert_holds
from treasury.quant import catalogue

GOLDEN = Path(__file__).parents[2] / "golden"


def _cases():
    for path in sorted(GOLDEN.glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        for position, case in enumerate(document.get("cases", [])):
            if case.get("measure"):
                yield pytest.param(case, id=f"{path.stem}-{position}-{case['measure']}")


@pytest.mark.parametrize("case", list(_cases()))
def test_a_published_figure_comes_out(case):
    answer = catalogue.calculate(case["measure"], case["inputs"])
    assert_holds(answer["result"], case["result"], case.get("tolerance", {}))
    if "reasons" in case:
        assert answer["reasons"] == case["reasons"]


def test_there_are_golden_cases_for_the_ratio_measures():
    covered = {parameter.values[0]["measure"] for parameter in _cases()}
    assert covered >= {
        "hedge_ratio",
        "position_count_ratio",
        "notional_value",
        "futures_contracts",
        "futures_profit",
        "hedge_outcome",
        "minimum_variance_hedge_ratio",
        "horizon_profile",
        "fx_forward_value",
        "fx_option_value",
        "dollar_offset",
        "effectiveness_regression",
    }
