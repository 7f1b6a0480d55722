"""Pictures of strategy: lines over a number, a day or months, with a band behind them and labels at their ends."""

from __future__ import annotations

from typing import Any

import numpy as np

from hedges.domain.strategy.months import MonthBook
from treasury.quant.strategy.layering import LadderColumns
from treasury.web.charts.render import Picture, draw
from treasury.web.charts.theme import colour, description, time_axis

#: Of series that are told apart by their label and their dash, not by colour alone.
COLOURS = ("ink", "accent", "k-option", "k-swap", "k-future")
DASHES: tuple[list[int], ...] = ([1, 0], [1, 0], [6, 3], [2, 2], [8, 2, 2, 2])


def lines(
    series: dict[str, list[tuple[Any, float]]],
    *,
    name: str,
    x_title: str,
    y_title: str,
    percent: bool = False,
    over: str = "quantitative",
    band: list[tuple[Any, float, float]] | None = None,
    marks: bool = False,
    words: str = "",
) -> Picture | None:
    """`series`: name -> points (x, y); `band`: x, lower, upper. None where there is nothing to draw."""
    known = {label: [point for point in points if np.isfinite(point[1])] for label, points in series.items()}
    known = {label: points for label, points in known.items() if points}
    if not known or max(len(points) for points in known.values()) < 2:
        return None
    x: dict[str, Any] = {"field": "x", "type": over}
    if over == "temporal":
        x["axis"] = time_axis([str(point[0]) for points in known.values() for point in points])
    else:
        x |= {
            "axis": {"title": x_title, "grid": True, "tickCount": 8},
            "scale": {"zero": False, "nice": False},
        }
    y = {
        "type": "quantitative",
        "axis": {"title": y_title, "format": ".0%" if percent else ",~f", "tickCount": 5},
        "scale": {"zero": False},
    }
    layers: list[dict] = []
    if band:
        values = [{"x": at, "lower": low, "upper": high} for at, low, high in band if np.isfinite(low + high)]
        layers += [_band(values, x, y)] if values else []
    for place, (label, points) in enumerate(known.items()):
        layers += _line(label, points, place, x, y, marks)
    return draw(description(name, width=760, height=240, layer=layers), words=words)


def _band(values: list[dict], x: dict, y: dict) -> dict:
    return {
        "data": {"values": values},
        "mark": {"type": "area", "color": colour("ok-soft"), "opacity": 1, "aria": False},
        "encoding": {"x": x, "y": {**y, "field": "lower"}, "y2": {"field": "upper"}},
    }


def _line(
    label: str, points: list[tuple[Any, float]], place: int, x: dict, y: dict, marks: bool
) -> list[dict]:
    tint, dash = colour(COLOURS[place % len(COLOURS)]), DASHES[place % len(DASHES)]
    values = [{"x": at, "y": value} for at, value in points]
    mark: dict[str, Any] = {"type": "line", "color": tint, "strokeWidth": 2, "strokeDash": dash}
    if marks:
        mark["point"] = {"filled": True, "size": 34, "color": tint}
    at = {"x": x, "y": {**y, "field": "y"}}
    last = {"data": {"values": [values[-1] | {"label": label}]}}
    text = {"type": "text", "align": "left", "dx": 6, "color": colour("ink-2")}
    return [
        {"data": {"values": values}, "mark": mark, "encoding": at},
        {**last, "mark": text, "encoding": {**at, "text": {"field": "label"}}},
    ]


def ladder_picture(book: MonthBook, ladder: LadderColumns, name: str) -> Picture | None:
    """How much of what lies ahead is covered from month to month, by each number of months ahead that stands out."""
    covered = [
        (book.month_start(step).isoformat(), float(value))
        for step, value in enumerate(ladder.ratios.tolist())
    ]
    return lines(
        {"covered": covered}, name=f"{name}: share of what lies ahead that is covered, month by month", x_title="",
        y_title="covered", percent=True, over="temporal", marks=True,
        words="Share of the exposure still ahead that is covered after each month's top-up.",
    )  # fmt: skip
