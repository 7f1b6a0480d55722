"""From one level to the next: the two ends as bars from zero, what happened between them as steps."""

from __future__ import annotations

from treasury.web.charts.theme import colour, description


def waterfall(steps: list[dict], *, unit: str, name: str) -> dict:
    """`steps`: name, start, end, amount (numbers in `unit`), whole (bool: one of the two ends)."""
    order = [step["name"] for step in steps]
    bars = [
        step | {"style": "whole" if step["whole"] else "more" if step["amount"] >= 0 else "less"}
        for step in steps
    ]
    x = {
        "field": "name",
        "type": "ordinal",
        "sort": order,
        "scale": {"domain": order},
        "axis": {"title": None, "labelLimit": 110},
    }
    y = {"type": "quantitative", "axis": {"title": unit, "format": ",~f"}}
    colours = {
        "domain": ["whole", "more", "less"],
        "range": [colour("k-firm"), colour("ok"), colour("breach")],
    }
    layers = [
        {
            "data": {"values": bars},
            "mark": {"type": "bar"},
            "encoding": {
                "x": x,
                "y": {**y, "field": "start"},
                "y2": {"field": "end"},
                "color": {"field": "style", "type": "nominal", "scale": colours},
            },
        },
        {
            "data": {"values": bars},
            "mark": {"type": "text", "dy": -6, "baseline": "bottom", "color": colour("ink-2")},
            "encoding": {
                "x": x,
                "y": {**y, "field": "top"},
                "text": {"field": "label"},
            },
        },
    ]
    return description(name, height=240, layer=layers)
