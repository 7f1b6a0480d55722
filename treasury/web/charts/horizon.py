"""Horizon profile: exposure beside cover in each bucket, stacked by kind, and the policy band as steps."""

from __future__ import annotations

from treasury.web.charts.theme import KINDS, colour, description, kind_scale

SIDES = ["exposure", "cover"]
LEVELS = ("lower", "target", "upper")


def horizon(buckets: list[dict], *, unit: str, name: str) -> dict:
    """`buckets`: bucket, parts {kind: amount}, covers {kind: amount} (already turned to the exposure's side),
    lower, target, upper (amounts, or None where there is no policy). Amounts in `unit`.
    """
    order = [bucket["bucket"] for bucket in buckets]
    bars = [
        {"bucket": bucket["bucket"], "side": side, "kind": kind, "amount": float(amount), "order": place}
        for bucket in buckets
        for side, parts in (("exposure", bucket["parts"]), ("cover", bucket["covers"]))
        for place, (kind, amount) in enumerate(_in_order(parts))
        if amount
    ]
    bands = [
        {"bucket": bucket["bucket"], **{level: float(bucket[level]) for level in LEVELS}}
        for bucket in buckets
        if bucket.get("lower") is not None
    ]
    x = {
        "field": "bucket",
        "type": "ordinal",
        "sort": order,
        "scale": {"domain": order},
        "axis": {"title": None},
    }
    y = {"type": "quantitative", "axis": {"title": unit, "format": ",~f"}}
    layers: list[dict] = [
        {
            "data": {"values": bands},
            "mark": {"type": "rect", "color": colour("ok-soft"), "aria": False},
            "encoding": {**_across(x), "y": {**y, "field": "lower"}, "y2": {"field": "upper"}},
        },
        {
            "data": {"values": bars},
            "mark": {"type": "bar", "stroke": colour("sheet"), "strokeWidth": 0.5},
            "encoding": {
                "x": x,
                "xOffset": {
                    "field": "side",
                    "scale": {"domain": SIDES, "paddingInner": 0.08, "paddingOuter": 0.2},
                },
                "y": {**y, "field": "amount", "stack": "zero"},
                "color": {"field": "kind", "type": "nominal", "scale": kind_scale(list(KINDS))},
                "order": {"field": "order"},
            },
        },
    ]
    layers += [_steps(bands, level, x, y) for level in LEVELS]
    layers += _labels(bands, x, y)
    return description(name, height=280, layer=layers)


def _in_order(parts: dict) -> list[tuple[str, object]]:
    return [(kind, parts[kind]) for kind in KINDS if parts.get(kind)]


def _across(x: dict) -> dict:
    return {"x": {**x, "bandPosition": 0}, "x2": {"field": "bucket", "bandPosition": 1}}


def _steps(bands: list[dict], level: str, x: dict, y: dict) -> dict:
    mark = {"type": "rule", "color": colour("ink"), "strokeWidth": 2 if level == "target" else 1}
    if level != "target":
        mark["strokeDash"] = [4, 3]
    return {
        "data": {"values": bands},
        "mark": mark,
        "encoding": {**_across(x), "y": {**y, "field": level}},
    }


def _labels(bands: list[dict], x: dict, y: dict) -> list[dict]:
    """Direct labels on the last bucket, as many as have room."""
    if not bands:
        return []
    last = bands[-1]
    reach = max((abs(value) for band in bands for value in (band["lower"], band["upper"])), default=0)
    levels = LEVELS if reach and abs(last["upper"] - last["lower"]) > reach * 0.2 else ("target",)
    values = [{"bucket": last["bucket"], "amount": last[level], "label": level} for level in levels]
    return [
        {
            "data": {"values": values},
            "mark": {"type": "text", "align": "left", "dx": 4, "color": colour("ink-2")},
            "encoding": {
                "x": {**x, "bandPosition": 1},
                "y": {**y, "field": "amount"},
                "text": {"field": "label"},
            },
        }
    ]
