"""What stands outside its band, the gravest first, each with what to trade and the way to a proposal."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html

from hedges.queries.breaches import GRAVEST_FIRST
from hedges.web import bands
from hedges.web.into_band import to_target
from treasury.web import formats
from treasury.web.scope import Scope
from treasury.web.tables import Column, Table, link_cell

MOST = 12
BRING = "Bring into the band"
_ORDER = {flag.upper(): place for place, flag in enumerate(GRAVEST_FIRST)}


def shown(scope: Scope, buckets: list[dict]) -> dict:
    """The table of the first of them, with all in its files, and how many more there are; nothing where all stand in
    their band."""
    found = [row | {"standing": bands.standing(row)} for row in buckets]
    rows = [row for row in found if row["standing"] in bands.BREACHES]
    rows.sort(
        key=lambda row: (_ORDER[row["standing"]], row["entity_code"], row["risk_code"], row["month_from"])
    )
    if not rows:
        return {}
    return {"breaches": _table(scope, rows), "more_breaches": max(len(rows) - MOST, 0)}


def _name(row: dict) -> str:
    return f"{row['entity_code']} {row['risk_code']}, {bands.bucket_name(row['month_from'], row['month_to'])}"


def _table(scope: Scope, rows: list[dict]) -> Table:
    def cell(row: dict) -> str:
        return scope.link(
            reverse("position-cell", args=[row["entity_code"], row["risk_code"], row["month_from"]])
        )

    def what(row: dict) -> object:
        said = to_target(row)
        if not said or not scope.may_prepare_at(row["entity_id"]):
            return said
        href = scope.link(
            reverse("propose", args=[row["entity_code"], row["risk_code"]]), month=row["month_from"]
        )
        return format_html('<a class="button" href="{}" aria-label="{}: {}">{}</a>', href, BRING, said, said)

    may = any(scope.may_prepare_at(row["entity_id"]) for row in rows)
    columns = [
        Column("bucket", "Bucket", cell=lambda row: link_cell(_name(row), cell(row))),
        Column("standing", "Stands", "state"),
        Column("coverage_ratio", "Covered", "ratio", cell=lambda row: formats.ratio(
            row["coverage_ratio"], row["lower_ratio"], row["upper_ratio"], row["standing"]
        )),
        Column("net_exposure_amount", "Before hedging", "amount"),
        Column("hedge_amount", "Hedged", "amount"),
        Column("net_open_amount", "After hedging", "amount"),
        Column("amount_unit", "In"),
        Column("what", BRING if may else "To the target", cell=what),
    ]  # fmt: skip
    return Table(
        columns, rows[:MOST], caption="Outside the band, the gravest first", short=True, findable=False,
        more_rows=(lambda: rows) if len(rows) > MOST else None,
    )  # fmt: skip
