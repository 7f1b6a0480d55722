"""Effectiveness by regression: each point a period, the fitted line, and the corridor that the slope may stand in."""

from __future__ import annotations

from treasury.web.charts.theme import colour, description


def scatter(
    points: list[dict],
    *,
    slope: float | None,
    intercept: float | None,
    slope_limits: tuple[float, float] | None,
    x_title: str,
    y_title: str,
    name: str,
) -> dict:
    """`points`: date, x, y. `slope_limits` are in the sign of the picture (negative against the item itself)."""
    x = {
        "type": "quantitative",
        "axis": {"title": x_title, "grid": True, "format": ",~f", "tickCount": 6},
        "scale": {"nice": True},
    }
    y = {"type": "quantitative", "axis": {"title": y_title, "format": ",~f"}, "scale": {"nice": True}}
    reach = max((abs(point["x"]) for point in points), default=0.0) or 1.0
    layers: list[dict] = []
    if slope_limits and intercept is not None:
        layers += _corridor(slope_limits, intercept, reach, x, y)
    layers.append(
        {
            "data": {"values": points},
            "mark": {"type": "point", "filled": True, "size": 34, "color": colour("accent"), "opacity": 0.85},
            "encoding": {
                "x": {**x, "field": "x"},
                "y": {**y, "field": "y"},
                "description": {"field": "label"},
            },
        }
    )
    if slope is not None and intercept is not None:
        ends = [{"x": at, "y": intercept + slope * at} for at in (-reach, reach)]
        layers.append(
            {
                "data": {"values": ends},
                "mark": {"type": "line", "color": colour("ink"), "strokeWidth": 1.5},
                "encoding": {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}},
            }
        )
    return description(name, width=460, height=320, layer=layers)


def _corridor(limits: tuple[float, float], intercept: float, reach: float, x: dict, y: dict) -> list[dict]:
    edges = []
    for at in (-reach, 0.0, reach):
        one, other = (intercept + limit * at for limit in limits)
        edges.append({"x": at, "low": min(one, other), "high": max(one, other)})
    data, at = {"values": edges}, {"x": {**x, "field": "x"}}
    wedge = {
        "data": data,
        "mark": {"type": "area", "color": colour("ok-soft"), "opacity": 1, "aria": False},
        "encoding": {**at, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
    }
    rims = [
        {
            "data": data,
            "mark": {
                "type": "line",
                "color": colour("line-2"),
                "strokeDash": [4, 3],
                "strokeWidth": 1,
                "aria": False,
            },
            "encoding": {**at, "y": {**y, "field": rim}},
        }
        for rim in ("low", "high")
    ]
    return [wedge, *rims]
