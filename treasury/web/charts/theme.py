"""Colours by name: the style sheet gives them their value, so that a picture follows light and dark."""

from __future__ import annotations

from datetime import date

# kind: (word, value on paper: where there is no style sheet, as in a PDF)
KINDS = {
    "forecast": ("Forecast", "#a9bfd8"),
    "firm": ("Firm", "#4a7db3"),
    "forward": ("Forward", "#0d8277"),
    "option": ("Option", "#c58b00"),
    "swap": ("Swap", "#8657a6"),
    "future": ("Future", "#b5502f"),
    "natural": ("Natural offset", "#6c7d30"),
}
PAPER = {f"k-{kind}": value for kind, (_, value) in KINDS.items()} | {
    "ink": "#17202b",
    "ink-2": "#4b5967",
    "line": "#dbe1e8",
    "line-2": "#8494a5",
    "accent": "#1b5a9e",
    "sheet": "#ffffff",
    "ok": "#0a6158",
    "watch": "#765000",
    "breach": "#a02a1b",
    "ok-soft": "#e0f2ef",
}


def colour(name: str) -> str:
    return f"var(--{name})"


def time_axis(dates: list[str]) -> dict:
    """Ticks that tell each other apart: days within half a year, months beyond."""
    days = (date.fromisoformat(max(dates)) - date.fromisoformat(min(dates))).days if dates else 0
    return {"title": None, "format": "%b %y" if days > 180 else "%-d %b", "tickCount": 6}


def kind_scale(kinds: list[str]) -> dict:
    return {"domain": kinds, "range": [colour(f"k-{kind}") for kind in kinds]}


CONFIG = {
    "font": "system-ui, sans-serif",
    "background": None,
    "view": {"stroke": None},
    "axis": {
        "labelColor": colour("ink-2"),
        "titleColor": colour("ink-2"),
        "gridColor": colour("line"),
        "domainColor": colour("line-2"),
        "tickColor": colour("line-2"),
        "labelFontSize": 11,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "titlePadding": 8,
        "labelPadding": 4,
        "ticks": False,
    },
    "axisX": {"labelAngle": 0, "grid": False},
    "axisY": {
        "domain": False,
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "end",
        "titleBaseline": "bottom",
        "titleY": -8,
        "titleX": -34,
    },
    "text": {"color": colour("ink"), "fontSize": 11},
    "rule": {"color": colour("line-2")},
    "legend": {"disable": True},
}


def description(words: str, *, width: int = 1000, height: int = 260, **spec: object) -> dict:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": words,
        "width": width,
        "height": height,
        "padding": 6,
        "config": CONFIG,
        **spec,
    }
