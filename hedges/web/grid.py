"""The position grid: risks down and buckets across, or the other way round; breaches first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hedges.web import bands
from treasury.web import formats, words


@dataclass(frozen=True)
class Line:
    key: tuple
    label: str
    unit: str
    breaches: int
    ratio: dict | None


def grid(
    buckets: list[dict], ratios: list[dict], link: Callable[[dict], str], *, swapped: bool = False
) -> dict:
    lines = _lines(buckets, ratios)
    spans = sorted({(row["month_from"], row["month_to"]) for row in buckets}, key=lambda span: span[0])
    cells = {((row["entity_id"], row["risk_id"]), row["month_from"]): row for row in buckets}
    heads = [(span[0], bands.bucket_name(*span)) for span in spans]
    if swapped:
        return {
            "swapped": True,
            "heads": [line.label for line in lines],
            "rows": [
                {
                    "label": name,
                    "cells": [_cell(cells.get((line.key, start)), line.unit, link) for line in lines],
                }
                for start, name in heads
            ],
        }
    return {
        "swapped": False,
        "heads": [name for _, name in heads],
        "rows": [
            {
                "label": line.label,
                "unit": line.unit,
                "total": line.ratio,
                "cells": [_cell(cells.get((line.key, start)), line.unit, link) for start, _ in heads],
            }
            for line in lines
        ],
    }


def _lines(buckets: list[dict], ratios: list[dict]) -> list[Line]:
    totals = {(row["entity_id"], row["risk_id"]): row for row in ratios}
    found: dict[tuple, dict] = {}
    for row in buckets:
        line = found.setdefault(
            (row["entity_id"], row["risk_id"]),
            {"label": f"{row['entity_code']} {row['risk_code']}", "unit": row["amount_unit"], "breaches": 0},
        )
        line["breaches"] += bands.standing(row) in bands.BREACHES
    lines = [Line(key=key, ratio=totals.get(key), **line) for key, line in found.items()]
    return sorted(lines, key=lambda line: (-line.breaches, line.label))


def _cell(row: dict | None, unit: str, link: Callable[[dict], str]) -> dict:
    if row is None or (not row["net_exposure_amount"] and not row["hedge_amount"]):
        return {"empty": True}
    code = bands.standing(row)
    word, style = words.state(code)
    ratio = row["coverage_ratio"]
    return {
        "href": link(row),
        "style": style,
        "mark": words.MARKS[style],
        "word": word,
        "ratio": formats.percent(ratio) if ratio is not None else "",
        "bar": formats.bar(ratio, row["lower_ratio"], row["upper_ratio"], style, width=34)
        if ratio is not None
        else "",
        "open": formats.short(row["net_open_amount"]),
        "unit": unit,
    }
