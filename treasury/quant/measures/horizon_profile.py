"""Entry of the horizon profile; the formula is ``ratios.horizon_profile``."""

from __future__ import annotations

from typing import Any

from treasury.quant.codes import CoverFlag, Reason, names
from treasury.quant.inputs import Answer, Input, Result, amount, exact, ordered
from treasury.quant.measure import Measure
from treasury.quant.ratios.horizon_profile import horizon_profile

AMOUNTS = ("inflow_amount", "outflow_amount", "hedge_amount", "lower_ratio", "target_ratio", "upper_ratio")


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    rows = values["buckets"]
    for index, row in enumerate(rows):
        ordered(row, "lower_ratio", "target_ratio", "upper_ratio", path=f"buckets[{index}].")
    columns = horizon_profile(*(exact([row[name] for row in rows]).reshape(1, -1) for name in AMOUNTS))
    for reasons in columns.reasons[0]:
        answer.because(reasons)
    buckets = [
        {
            "bucket": row["bucket"],
            "net_exposure_amount": amount(columns.net_exposure_amount[0, index]),
            "coverage_ratio": answer.number(columns.coverage_ratio[0, index]),
            "cumulative_coverage_ratio": answer.number(columns.cumulative_coverage_ratio[0, index]),
            "net_open_amount": amount(columns.net_open_amount[0, index]),
            "min_to_hedge_amount": amount(columns.min_to_hedge_amount[0, index]),
            "target_to_hedge_amount": amount(columns.target_to_hedge_amount[0, index]),
            "max_to_hedge_amount": amount(columns.max_to_hedge_amount[0, index]),
            "flags": names(CoverFlag, columns.flags[0, index]),
        }
        for index, row in enumerate(rows)
    ]
    if any(row[name] is None for row in rows for name in AMOUNTS[3:]):
        answer.because(Reason.NO_BAND)
    declines = int(columns.coverage_declines[0])
    answer.put(buckets=buckets, coverage_declines=None if declines < 0 else bool(declines))


def _result(name: str, unit: str, meaning: str, sign: str = "", kind: str = "number") -> Result:
    return Result(name, unit, meaning, sign, kind, "buckets")


_TRADE = "Trade to make, unrounded; the opposite sign is room to unwind"

MEASURE = Measure(
    code="horizon_profile",
    title="Horizon profile",
    summary="The cover of each bucket of time against the policy band, and whether it falls with time.",
    inputs=(
        Input(
            "buckets",
            "rows",
            meaning="Buckets in the order of time",
            items=(
                Input("bucket", "label", "", "Name of the bucket"),
                Input("inflow_amount", "decimal", "risk unit", "Inflows", minimum=0),
                Input("outflow_amount", "decimal", "risk unit", "Outflows, 0 or less", maximum=0),
                Input("hedge_amount", "decimal", "risk unit", "Hedges, signed: long +"),
                Input("lower_ratio", "decimal", "fraction", "Lower edge of the band", default=None),
                Input("target_ratio", "decimal", "fraction", "Target", default=None),
                Input("upper_ratio", "decimal", "fraction", "Upper edge of the band", default=None),
            ),
        ),
    ),
    results=(
        _result("net_exposure_amount", "risk unit", "Inflow + outflow", "inflow +", "amount"),
        _result("coverage_ratio", "fraction", "−hedge / net exposure", "+ cover, − wrong direction"),
        _result("cumulative_coverage_ratio", "fraction", "The same over this and all earlier buckets"),
        _result("net_open_amount", "risk unit", "Net exposure + hedge", "inflow +", "amount"),
        _result("min_to_hedge_amount", "risk unit", f"−lower·E − H. {_TRADE}", "buy +", "amount"),
        _result("target_to_hedge_amount", "risk unit", f"−target·E − H. {_TRADE}", "buy +", "amount"),
        _result("max_to_hedge_amount", "risk unit", f"−upper·E − H. {_TRADE}", "buy +", "amount"),
        _result(
            "flags", "", "under_hedged, above_band, over_hedged (> 1), wrong_direction (< 0)", kind="list"
        ),
        Result("coverage_declines", "", "No bucket is covered more than the one before it", kind="flag"),
    ),
    formula="P(b) = −ΣH(b)/ΣE(b); to hedge at r: −r·E − H",
    reference="FAQ §8; rules section 2",
    example={
        "buckets": [
            {
                "bucket": "0-6 months",
                "inflow_amount": "1000000",
                "outflow_amount": "0",
                "hedge_amount": "-500000",
                "lower_ratio": "0.7",
                "target_ratio": "0.8",
                "upper_ratio": "0.9",
            }
        ]
    },
    example_result={
        "buckets": [
            {
                "bucket": "0-6 months",
                "net_exposure_amount": "1000000",
                "coverage_ratio": 0.5,
                "cumulative_coverage_ratio": 0.5,
                "net_open_amount": "500000",
                "min_to_hedge_amount": "-200000",
                "target_to_hedge_amount": "-300000",
                "max_to_hedge_amount": "-400000",
                "flags": ["under_hedged"],
            }
        ],
        "coverage_declines": True,
    },
    used_in="Horizon profile of every night, policy breaches",
    formula_of=_calculate,
)
