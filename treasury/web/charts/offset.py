"""Effectiveness by dollar offset: the cumulative ratio of each date as a bar, against its corridor."""

from __future__ import annotations

from treasury.web.charts.theme import colour, description, time_axis

LOWEST, HIGHEST = -0.5, 2.5  # beyond it a ratio says nothing more; the table has it


def offset(points: list[dict], *, lower: float, upper: float, name: str) -> dict:
    """`points`: date (ISO), cumulative ratio or None. Ratios beyond the picture are cut at its edge."""
    values = [
        {
            "date": point["date"],
            "ratio": min(max(point["ratio"], LOWEST), HIGHEST),
            "inside": lower <= point["ratio"] <= upper,
            "label": f"{point['date']}: {point['ratio']:.2f}",
        }
        for point in points
        if point["ratio"] is not None
    ]
    x = {"field": "date", "type": "temporal", "axis": time_axis([value["date"] for value in values])}
    y = {
        "type": "quantitative",
        "scale": {"domain": [min(0.0, *(value["ratio"] for value in values), 0.0), _top(values, upper)]},
        "axis": {"title": "cumulative dollar offset", "format": ".2f", "tickCount": 6},
    }
    ends = [{"low": lower, "high": upper}]
    width = 460
    thick = max(2, min(14, int(width / max(len(values), 1) * 0.7)))
    layers = [
        {
            "data": {"values": ends},
            "mark": {"type": "rect", "color": colour("ok-soft"), "aria": False},
            "encoding": {"y": {**y, "field": "low"}, "y2": {"field": "high"}},
        },
        {
            "data": {"values": values},
            "mark": {"type": "bar", "width": thick, "clip": True},
            "encoding": {
                "x": x,
                "y": {**y, "field": "ratio"},
                "color": {
                    "field": "inside",
                    "type": "nominal",
                    "scale": {"domain": [True, False], "range": [colour("accent"), colour("breach")]},
                },
                "description": {"field": "label"},
            },
        },
        *(
            {
                "data": {"values": ends},
                "mark": {"type": "rule", "color": colour("ink"), "strokeDash": [4, 3]},
                "encoding": {"y": {**y, "field": side}},
            }
            for side in ("low", "high")
        ),
    ]
    return description(name, width=width, height=320, layer=layers)


def _top(values: list[dict], upper: float) -> float:
    return max([upper + 0.15, *(value["ratio"] for value in values)])
