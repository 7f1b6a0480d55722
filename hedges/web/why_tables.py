"""A ratio's move in a table and a picture: each cause in percentage points and in amounts."""

from __future__ import annotations

from typing import Any

from hedges.domain.attribution.why_moved import Answer
from hedges.web.policy_tables import limits
from treasury.kernel.money import from_minor_units
from treasury.quant.ratios.ratio_attribution import percent, ratio_of
from treasury.web import formats
from treasury.web.charts.render import Picture, draw
from treasury.web.charts.waterfall import waterfall
from treasury.web.tables import Column, Table

WORDS = {
    "CORRECTION": ("Corrections", "what was known later about the first night's day"),
    "NEW_EXPOSURE": ("New exposures", "first counted, or open again"),
    "REVISED": ("Revised exposures", "another amount, date or risk"),
    "EXPOSURE_ENDED": ("Exposures that ended", "settled, cancelled or no longer expected"),
    "EXPOSURE_DUE": ("Exposures that fell due", "past their date"),
    "TIME": ("Time", "carried from bucket to bucket by the calendar"),
    "NEW_TRADE": ("New trades", "and items that became natural offsets"),
    "TRADE_AMENDED": ("Amended trades", "another amount or date"),
    "TRADE_ENDED": ("Trades that ended", "unwound, settled early, exercised or cancelled"),
    "TRADE_MATURED": ("Trades that matured", "past their settlement"),
    "RATES": ("Rates", "the same amounts at the spot rates of the second night"),
    "UNEXPLAINED": ("Not explained", "the book says other amounts than the night stored"),
}


def parts(answer: Answer, before: dict, after: dict, of_bucket: bool) -> Table:
    unit = after["amount_unit"]
    rows = [
        {
            "name": WORDS[line.cause][0], "about": WORDS[line.cause][1], "points": line.part.points,
            "then": None if line.part.ratio is None else float(line.part.ratio),
            "exposure": from_minor_units(line.exposure, unit), "hedge": from_minor_units(line.hedge, unit),
            "things": line.things,
        }
        for line in answer.lines
        if line.exposure or line.hedge
    ]  # fmt: skip
    rows.append(_policy(before, after) if of_bucket else _policy({}, {}))
    columns = [
        Column("name", "Part, in the order in which it is counted"),
        Column("points", "Moved by", "statistic", unit="points", cell=lambda row: _points(row["points"])),
        Column("then", "Covered then", "percent"),
        Column("exposure", "Exposure", "amount", unit=unit, total=True),
        Column("hedge", "Hedged", "amount", unit=unit, total=True),
        Column("things", "Exposures and trades", "count"),
        Column("about", "What it is", wrap=True),
    ]
    return Table(columns, rows, caption="Why it moved", short=True, sortable=False, findable=False)


def _policy(before: dict, after: dict) -> dict[str, Any]:
    """A policy moves no ratio: it moves the band that the ratio is judged by."""
    about = "a policy moves the band, never the ratio"
    if before:
        was, now = limits(before), limits(after)
        about += f"; the band is {now} at both nights" if was == now else f"; the band was {was} and is {now}"
    ratio = after.get("ratio")
    return {
        "name": "Policy",
        "about": about,
        "points": 0,
        "then": ratio,
        "exposure": 0,
        "hedge": 0,
        "things": None,
    }


def _points(points: object) -> object:
    if points is None:
        return formats.why("zero_exposure")
    return f"{points:+.1f}".replace("-", "−") if points else "–"


def figures(before: dict, after: dict) -> list[dict]:
    return [
        {"label": "Covered at first", "value": _ratio(before)},
        {"label": "Covered now", "value": _ratio(after)},
        *(
            [{"label": "Moved by", "value": _points(_shown(after) - _shown(before)), "unit": "points"}]
            if before["ratio"] is not None and after["ratio"] is not None
            else []
        ),
    ]


def _shown(row: dict) -> Any:
    """In per cent with one decimal, from the amounts: the parts are rounded the same way."""
    ratio = ratio_of(int(row["exposure"] * 10_000), int(row["hedge_amount"] * 10_000))
    return percent(ratio)  # type: ignore[arg-type]


def _ratio(row: dict) -> object:
    if row["ratio"] is None:
        return formats.why((row["reasons"] or [None])[0])
    return f"{_shown(row)} %"


def picture(answer: Answer, before: dict, name: str) -> Picture | None:
    """Bars from the first level to the last; none without a ratio at both ends."""
    if before["ratio"] is None or not answer.is_defined or answer.lines[-1].part.ratio is None:
        return None
    level = float(_shown(before))
    steps = [_bar("First night", 0.0, level, level, whole=True)]
    for line in answer.lines:
        if line.part.points and line.part.moved is not None:
            after = level + float(line.part.points)
            steps.append(_bar(WORDS[line.cause][0], level, after, float(line.part.points), whole=False))
            level = after
    if len(steps) == 1:
        return None
    steps.append(_bar("Last night", 0.0, level, level, whole=True))
    return draw(
        waterfall(steps, unit="% covered", name=name),
        words="The two ends stand on zero; each step begins where the one before it ended.",
    )


def _bar(name: str, start: float, end: float, amount: float, *, whole: bool) -> dict:
    return {
        "name": name, "start": round(start, 1), "end": round(end, 1), "amount": amount, "whole": whole,
        "top": round(max(start, end), 1), "label": (f"{amount:.1f}" if whole else f"{amount:+.1f}").replace("-", "−"),
    }  # fmt: skip
