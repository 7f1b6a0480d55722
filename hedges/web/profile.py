"""The horizon profile in pictures, tables and figures."""

from __future__ import annotations

from collections.abc import Callable

from hedges.web import bands
from hedges.web.how import How, explained, linked, nowhere
from treasury.web import formats
from treasury.web.charts.horizon import horizon
from treasury.web.charts.ratio_history import ratio_history
from treasury.web.charts.render import Picture, draw
from treasury.web.tables import Column, Table

PARTS = {"forecast": "forecast_amount", "firm": "firm_amount"}
COVERS = {
    "forward": "forward_amount",
    "option": "option_amount",
    "swap": "swap_amount",
    "future": "future_amount",
    "natural": "natural_offset_amount",
}


def picture(rows: list[dict], name: str) -> Picture:
    divisor, letter = bands.scale(rows, "net_exposure_amount", "hedge_amount")
    unit = f"{rows[0]['amount_unit']} {letter}".strip()
    buckets = [
        {
            "bucket": bands.bucket_name(row["month_from"], row["month_to"]),
            "parts": {kind: (row[field] or 0) / divisor for kind, field in PARTS.items()},
            "covers": {kind: -(row[field] or 0) / divisor for kind, field in COVERS.items()},
            **{level: _level(row, level, divisor) for level in ("lower", "target", "upper")},
        }
        for row in rows
    ]
    used = [
        kind
        for kind in (*PARTS, *COVERS)
        if any(bucket["parts"].get(kind) or bucket["covers"].get(kind) for bucket in buckets)
    ]
    return draw(
        horizon(buckets, unit=unit, name=f"Horizon profile of {name} in {unit}"),
        words="Left bar: exposure; right bar: cover, turned to the exposure's side. "
        "Shaded: the policy band; the thick line is its target.",
        kinds=used,
    )


def _level(row: dict, level: str, divisor: int) -> float | None:
    ratio = row[f"{level}_ratio"]
    return float(row["net_exposure_amount"] or 0) * ratio / divisor if ratio is not None else None


def table(rows: list[dict], how_of: Callable[[dict], How] = lambda row: nowhere) -> Table:
    unit = rows[0]["amount_unit"] if rows else ""
    used = [name for name in (*PARTS.values(), *COVERS.values()) if any(row[name] for row in rows)]
    for row in rows:
        row["bucket"] = bands.bucket_name(row["month_from"], row["month_to"])
        row["standing"] = bands.standing(row)
    columns = [
        Column("bucket", "Bucket"),
        Column("standing", "Standing", "state"),
        Column("coverage_ratio", "Covered", "ratio", cell=_covered),
        Column("band", "Band", cell=_band),
        Column("net_exposure_amount", "Net exposure", "amount", unit=unit, total=True),
        Column("hedge_amount", "Hedged", "amount", unit=unit, total=True),
        Column("net_open_amount", "Open", "amount", unit=unit, total=True),
        Column("min_to_hedge_amount", "To lower", "amount"),
        Column("target_to_hedge_amount", "To target", "amount"),
        Column("max_to_hedge_amount", "To upper", "amount"),
        Column("cumulative_coverage_ratio", "Covered up to here", "percent"),
        *(Column(name, _title(name), "amount", total=True) for name in used),
    ]
    plain = ("bucket", "standing", "band")
    columns = [column if column.key in plain else explained(column, how_of) for column in columns]
    return Table(columns, rows, caption="The same in figures", short=True, empty="No buckets.")


def _title(name: str) -> str:
    return name.removesuffix("_amount").replace("_", " ").capitalize()


def _covered(row: dict) -> object:
    return formats.ratio(
        row["coverage_ratio"],
        row["lower_ratio"],
        row["upper_ratio"],
        row["standing"],
        (row["reasons"] or [None])[0],
    )


def _band(row: dict) -> str:
    if row["lower_ratio"] is None:
        return ""
    return f"{row['lower_ratio'] * 100:.0f}–{row['upper_ratio'] * 100:.0f} %, target {row['target_ratio'] * 100:.0f} %"


def figures(row: dict, code: str, how: How = nowhere) -> list[dict]:
    unit = row["amount_unit"]
    covered = linked(_covered(row | {"standing": code}), how("coverage_ratio"))
    return [
        {"label": "Standing", "value": formats.state(code)},
        {"label": "Covered", "value": covered, "unit": _band(row)},
        *(
            {"label": label, "value": linked(formats.number(row[name]), how(name)), "unit": unit}
            for label, name in (
                ("Net exposure", "net_exposure_amount"),
                ("Hedged", "hedge_amount"),
                ("Open", "net_open_amount"),
            )
        ),
    ]


def history_picture(rows: list[dict], name: str, ratio: str) -> Picture | None:
    if len(rows) < 2:
        return None
    points = [
        {
            "date": row["day"].isoformat(),
            "ratio": row[ratio],
            "lower": row.get("lower_ratio"),
            "upper": row.get("upper_ratio"),
            "breach": bands.standing(row, ratio) in bands.BREACHES,
        }
        for row in rows
    ]
    return draw(
        ratio_history(points, name=f"Covered share of {name} over the published nights", title="covered"),
        words="Covered share over the published nights; a cross marks a night outside the band.",
    )


def history_table(rows: list[dict], ratio: str) -> Table:
    for row in rows:
        row["standing"] = bands.standing(row, ratio)
    columns = [
        Column("day", "Night", "day"),
        Column(ratio, "Covered", "percent"),
        Column("standing", "Standing", "state"),
    ]
    return Table(columns, list(reversed(rows)), caption="The same in figures")
