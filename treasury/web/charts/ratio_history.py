"""A ratio over published nights: the line, its band, and the nights outside of it."""

from __future__ import annotations

from treasury.web.charts.theme import colour, description, time_axis


def ratio_history(
    points: list[dict],
    *,
    name: str,
    title: str = "ratio",
    percent: bool = True,
    marks: list[dict] | None = None,
) -> dict:
    """`points`: date (ISO), ratio or None, lower and upper or None, breach (bool); `marks`: date and label of what
    changed on a day, as a rule with its word."""
    known = [point for point in points if point["ratio"] is not None]
    banded = [point for point in points if point.get("lower") is not None]
    x = {"field": "date", "type": "temporal", "axis": time_axis([point["date"] for point in known])}
    y = {
        "type": "quantitative",
        "axis": {"title": title, "format": ".0%" if percent else ".2f", "tickCount": 5},
    }
    layers: list[dict] = []
    if banded:
        layers.append(
            {
                "data": {"values": banded},
                "mark": {
                    "type": "area",
                    "color": colour("ok-soft"),
                    "opacity": 1,
                    "interpolate": "step-after",
                    "line": {"color": colour("line-2"), "strokeDash": [4, 3], "strokeWidth": 1},
                    "aria": False,
                },
                "encoding": {"x": x, "y": {**y, "field": "lower"}, "y2": {"field": "upper"}},
            }
        )
    # an empty layer would be a picture without a name to a screen reader
    named = {} if known else {"aria": False}
    layers.append(
        {
            "data": {"values": known},
            "mark": {"type": "line", "color": colour("accent"), "strokeWidth": 1.5, **named},
            "encoding": {"x": x, "y": {**y, "field": "ratio"}},
        }
    )
    breaches = [point for point in known if point.get("breach")]
    if breaches:
        layers.append(
            {
                "data": {"values": breaches},
                "mark": {
                    "type": "point",
                    "shape": "cross",
                    "filled": True,
                    "size": 50,
                    "color": colour("breach"),
                },
                "encoding": {"x": x, "y": {**y, "field": "ratio"}},
            }
        )
    return description(name, height=180, layer=[*layers, *_rules(marks or [], x)])


def _rules(marks: list[dict], x: dict) -> list[dict]:
    if not marks:
        return []
    data, along = {"values": marks}, {**x, "field": "date"}
    rule = {"type": "rule", "color": colour("line-2"), "strokeDash": [2, 3], "aria": False}
    label = {
        "type": "text",
        "align": "left",
        "baseline": "top",
        "dx": 3,
        "color": colour("ink-2"),
        "fontSize": 11,
    }
    return [
        {"data": data, "mark": rule, "encoding": {"x": along}},
        {
            "data": data,
            "mark": label,
            "encoding": {"x": along, "y": {"value": 2}, "text": {"field": "label"}},
        },
    ]
