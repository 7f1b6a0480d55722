"""The position grid: risks down and buckets across, or the other way round; breaches first.

Amounts are in the unit of their line, scaled as its head says: USD m.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hedges.web import bands
from treasury.web import formats, words

AMOUNTS = ("net_exposure_amount", "hedge_amount", "net_open_amount")


@dataclass(frozen=True)
class Line:
    key: tuple
    label: str
    unit: str
    breaches: int
    ratio: dict | None
    divisor: int = 1
    letter: str = ""
    places: int = 0

    @property
    def scaled_unit(self) -> str:
        return f"{self.unit} {self.letter}".strip()


def grid(
    buckets: list[dict], ratios: list[dict], link: Callable[[dict], str], *, swapped: bool = False
) -> dict:
    lines = lines_of(buckets, ratios)
    cells, heads = cells_of(buckets), heads_of(buckets)
    if swapped:
        return {
            "swapped": True,
            "heads": [{"label": line.label, "unit": line.scaled_unit} for line in lines],
            "rows": [
                {
                    "label": name,
                    "cells": [_cell(cells.get((line.key, start)), line, link) for line in lines],
                }
                for start, name in heads
            ],
        }
    return {
        "swapped": False,
        "heads": [{"label": name, "unit": ""} for _, name in heads],
        "rows": [
            {
                "label": line.label,
                "unit": line.scaled_unit,
                "total": line.ratio,
                "cells": [_cell(cells.get((line.key, start)), line, link) for start, _ in heads],
            }
            for line in lines
        ],
    }


def cells_of(buckets: list[dict]) -> dict[tuple, dict]:
    return {((row["entity_id"], row["risk_id"]), row["month_from"]): row for row in buckets}


def heads_of(buckets: list[dict]) -> list[tuple[int, str]]:
    """Each bucket's first month and its name, the nearest first."""
    spans = sorted({(row["month_from"], row["month_to"]) for row in buckets}, key=lambda span: span[0])
    return [(start, bands.bucket_name(start, end)) for start, end in spans]


def lines_of(buckets: list[dict], ratios: list[dict]) -> list[Line]:
    totals = {(row["entity_id"], row["risk_id"]): row for row in ratios}
    found: dict[tuple, dict] = {}
    for row in buckets:
        line = found.setdefault(
            (row["entity_id"], row["risk_id"]),
            {"label": f"{row['entity_code']} {row['risk_code']}", "unit": row["amount_unit"], "breaches": 0},
        )
        line["breaches"] += bands.standing(row) in bands.BREACHES
    rows: dict[tuple, list[dict]] = {}
    for row in buckets:
        rows.setdefault((row["entity_id"], row["risk_id"]), []).append(row)
    lines = []
    for key, line in found.items():
        divisor, letter = bands.scale(rows[key], *AMOUNTS)
        largest = max(abs(row[name] or 0) for row in rows[key] for name in AMOUNTS)
        places = int(letter == "m" and largest < 1_000 * divisor)
        lines.append(
            Line(key=key, ratio=totals.get(key), divisor=divisor, letter=letter, places=places, **line)
        )
    return sorted(lines, key=lambda line: (-line.breaches, line.label))


def _cell(row: dict | None, line: Line, link: Callable[[dict], str]) -> dict:
    if row is None or (not row["net_exposure_amount"] and not row["hedge_amount"]):
        return {"empty": True}
    code = bands.standing(row)
    word, style = words.state(code)
    ratio = row["coverage_ratio"]

    def scaled(name: str) -> str:
        value = row[name]
        return formats.number(value and value / line.divisor, line.places)

    return {
        "href": link(row),
        "style": style,
        "mark": words.MARKS[style],
        "word": word,
        "ratio": formats.percent(ratio) if ratio is not None else "",
        "bar": formats.bar(ratio, row["lower_ratio"], row["upper_ratio"], style, width=24)
        if ratio is not None
        else "",
        "before": scaled("net_exposure_amount"),
        "hedged": scaled("hedge_amount"),
        "open": scaled("net_open_amount"),
    }
