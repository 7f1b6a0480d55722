"""A policy in tables: its bands, its versions, and what a change of it would do."""

from __future__ import annotations

from decimal import Decimal

from django.urls import reverse

from hedges.web import bands
from treasury.queries.version_pages import compared, events_of
from treasury.web import formats
from treasury.web.story import events_table
from treasury.web.tables import Column, Table

#: What of a policy a version may change, as the change log says it.
CHANGING = {"bands": "Bands", "valid_from": "From", "valid_to": "To"}
LIMITS = ("lower_ratio", "target_ratio", "upper_ratio")


def band_table(rows: list[dict], caption: str) -> Table:
    columns = [
        Column("months", "Months ahead", cell=lambda row: f"{row['month_from']}–{row['month_to']}"),
        *(Column(name, name.removesuffix("_ratio").capitalize(), "percent") for name in LIMITS),
        Column("band", "Band", cell=lambda row: _bar(row)),
    ]  # fmt: skip
    return Table(columns, rows, caption=caption, short=True, sortable=False, empty="No band.")


def _bar(row: dict) -> object:
    return formats.bar(row["target_ratio"], row["lower_ratio"], row["upper_ratio"])


def versions(scope, rows: list[dict]) -> Table:
    columns = [
        Column("version_number", "Version",
               link=lambda row: scope.link(reverse("policy-decision", args=[row["id"]]))),
        Column("state", "State", "state", cell=lambda row: formats.state(row["approval__decision"] or "AWAITING")),
        Column("valid_from", "From", "day"),
        Column("valid_to", "To", cell=lambda row: formats.day(row["valid_to"]) or "open"),
        Column("said", "Bands", cell=said, wrap=True),
        Column("change_reason", "Why", wrap=True),
        Column("author_name", "By", cell=lambda row: row["author_name"] or "system"),
        Column("recorded_at", "Recorded (UTC)", "moment"),
        Column("decided_by", "Decided by"),
    ]  # fmt: skip
    return Table(columns, rows, caption="Versions, the newest first", short=True, empty="No version yet.")


def change_log(rows: list[dict]) -> Table:
    story = compared([row | {"bands": said(row)} for row in rows], CHANGING)
    return events_table(events_of(rows), story, CHANGING)


def said(row: dict) -> str:
    """`0–6 M 60–90 %, target 75 %; 6–12 M …`."""
    return "; ".join(
        f"{band['month_from']}–{band['month_to']} M {_share(band['lower_ratio'])}–{_share(band['upper_ratio'])} %,"
        f" target {_share(band['target_ratio'])} %"
        for band in row["bands"]
    )


def waiting(scope, rows: list[dict], person: int) -> Table:
    columns = [
        Column("policy", "Policy", cell=lambda row: f"{row['entity_code']} {row['risk_code']}"),
        Column("version_number", "Version"),
        Column("valid_from", "From", "day"),
        Column("change_reason", "Why", wrap=True),
        Column("author_name", "By", cell=lambda row: row["author_name"] or "system"),
        Column("recorded_at", "Recorded (UTC)", "moment"),
        Column(
            "who", "Decision", cell=lambda row: "Another person" if row["author_id"] == person else "Open"
        ),
    ]
    return Table(
        columns, rows, caption="Policies that wait", short=True, empty="No policy waits.",
        row_link=lambda row: scope.link(reverse("policy-decision", args=[row["id"]])),
    )  # fmt: skip


def effect(before: list[dict], then: list[dict]) -> Table:
    """Each bucket as the night has it and as it would be; rows whose standing changes say so."""
    unit = before[0]["amount_unit"] if before else ""
    rows = [
        {
            "bucket": bands.bucket_name(row["month_from"], row["month_to"]), "ratio": row["coverage_ratio"],
            "old_band": limits(row), "new_band": limits(new), "old": bands.standing(row), "new": bands.standing(new),
            "changes": "" if bands.standing(row) == bands.standing(new) else "changes",
            **{f"old_{name}": row[f"{name}_to_hedge_amount"] for name in ("min", "max")},
            **{f"new_{name}": new[f"{name}_to_hedge_amount"] for name in ("min", "max")},
        }
        for row, new in zip(before, then, strict=True)
    ]  # fmt: skip
    columns = [
        Column("bucket", "Bucket"),
        Column("ratio", "Covered", "percent"),
        Column("old_band", "Band now"),
        Column("new_band", "Band then"),
        Column("old", "Stands now", "state"),
        Column("new", "Stands then", "state"),
        Column("changes", "Change"),
        Column("old_min", "To lower now", "amount", unit=unit),
        Column("new_min", "To lower then", "amount", unit=unit),
        Column("old_max", "To upper now", "amount", unit=unit),
        Column("new_max", "To upper then", "amount", unit=unit),
    ]
    return Table(
        columns, rows, caption="Today's book: buy +, sell −", short=True, empty="No exposure in this run."
    )


def limits(row: dict) -> str:
    if row["lower_ratio"] is None:
        return "none"
    return f"{_share(row['lower_ratio'])}–{_share(row['upper_ratio'])} %"


def _share(ratio: float | Decimal) -> str:
    """`0.7000` is `70`; a policy has decimals, a run has floats."""
    return f"{float(ratio) * 100:.4g}"


def past(rows: list[dict]) -> Table:
    ends = {row["month_from"]: bands.bucket_name(row["month_from"], row["month_to"]) for row in rows}
    columns = [
        Column("month_from", "Bucket", cell=lambda row: ends[row["month_from"]]),
        Column("buckets", "Nights with an exposure", "count"),
        Column("was", "In breach as it was", "count"),
        Column("would", "In breach under the new bands", "count"),
    ]
    return Table(
        columns, rows, caption="The past year", short=True, empty="No night of the past year has an exposure."
    )
