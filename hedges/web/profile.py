"""The horizon profile in pictures, tables and figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from django.urls import reverse

from hedges.web import bands
from hedges.web.how import How, explained, linked, nowhere
from treasury.web import formats
from treasury.web.charts.horizon import horizon
from treasury.web.charts.ratio_history import ratio_history
from treasury.web.charts.render import Picture, draw
from treasury.web.scope import Scope
from treasury.web.tables import Column, Table, link_cell

NO_BAND = " No band is drawn: a policy has one for each bucket and none for all of them; a bucket's page has its own."
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
    """How each bucket stands, and what would bring it into its band."""
    unit = rows[0]["amount_unit"] if rows else ""
    columns = [
        Column("bucket", "Bucket"),
        Column("standing", "Standing", "state"),
        Column("coverage_ratio", "Covered", "ratio", cell=_covered),
        Column("band", "Band, target", cell=_short_band),
        Column("net_exposure_amount", "Net exposure", "amount", unit=unit, total=True),
        Column("hedge_amount", "Hedged", "amount", unit=unit, total=True),
        Column("min_to_hedge_amount", "To lower", "amount"),
        Column("target_to_hedge_amount", "To target", "amount"),
        Column("max_to_hedge_amount", "To upper", "amount"),
    ]
    return _explained(rows, columns, "The same in figures", how_of)


def parts_table(rows: list[dict], how_of: Callable[[dict], How] = lambda row: nowhere) -> Table:
    """What exposure and cover of each bucket are made of."""
    unit = rows[0]["amount_unit"] if rows else ""
    used = [name for name in (*PARTS.values(), *COVERS.values()) if any(row[name] for row in rows)]
    columns = [
        Column("bucket", "Bucket"),
        *(Column(name, _title(name), "amount", unit=unit, total=True) for name in used),
        Column("net_open_amount", "Open", "amount", unit=unit, total=True),
        Column("cumulative_coverage_ratio", "Covered up to here", "percent"),
    ]
    return _explained(rows, columns, "Exposure and cover by kind", how_of)


def _explained(rows: list[dict], columns: list[Column], caption: str, how_of: Callable[[dict], How]) -> Table:
    for row in rows:
        row["bucket"] = bands.bucket_name(row["month_from"], row["month_to"])
        row["standing"] = bands.standing(row)
    plain = ("bucket", "standing", "band")
    columns = [column if column.key in plain else explained(column, how_of) for column in columns]
    return Table(columns, rows, caption=caption, short=True, empty="No buckets.")


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


def _short_band(row: dict) -> str:
    if row["lower_ratio"] is None:
        return ""
    return (
        f"{row['lower_ratio'] * 100:.0f}–{row['upper_ratio'] * 100:.0f} %, {row['target_ratio'] * 100:.0f} %"
    )


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


def history_picture(rows: list[dict], name: str, ratio: str, policy: Sequence[dict] = ()) -> Picture | None:
    """`policy`: the versions of the bands that came into force meanwhile, marked on their first day."""
    if len(rows) < 2:
        return None
    banded = any(row.get("lower_ratio") is not None for row in rows)
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
        ratio_history(
            points,
            name=f"Covered share of {name} over the published nights",
            title="covered",
            marks=[
                {"date": one["valid_from"].isoformat(), "label": f"Policy {one['version_number']}"}
                for one in policy
            ],
        ),
        words="Covered share over the published nights; a cross marks a night outside the band, a dotted line the "
        "first day of a version of the policy." + ("" if banded else NO_BAND),
    )


def why_of(scope: Scope, entity: str, risk: str, month: int | None = None) -> Callable[[dict], str]:
    """The way from a night of a history to why the ratio moved since the one before it."""

    def address(row: dict) -> str:
        pairs = {
            "risk": risk,
            "month": month,
            "since": row["night_before"],
            "as_of": row["day"],
            "entity": entity,
        }
        told = {name: value for name, value in pairs.items() if value is not None}
        return f"{reverse('why-moved', args=[entity])}?{urlencode(told)}"

    return address


def history_table(rows: list[dict], ratio: str, why: Callable[[dict], str] | None = None) -> Table:
    before = None
    for row in rows:
        row["standing"] = bands.standing(row, ratio)
        row["night_before"], before = before, row["day"]
    columns = [
        Column("day", "Night", "day"),
        Column(ratio, "Covered", "percent"),
        Column("standing", "Standing", "state"),
    ]
    if why:
        columns.append(
            Column(
                "why",
                "Against the night before",
                cell=lambda row: link_cell("Why it moved", why(row)) if row["night_before"] else "",
            )
        )
    return Table(columns, list(reversed(rows)), caption="The same in figures")
