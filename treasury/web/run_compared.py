"""A run beside the one that was published last before it: what it saw, what failed, what its results say otherwise."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from treasury.web import formats, run_tables
from treasury.web.scope import Scope
from treasury.web.tables import Column, Table

_SEEN = (
    ("Exposures", "book_snapshot__exposure_count"),
    ("Instruments", "book_snapshot__instrument_count"),
    ("Relationships", "book_snapshot__relationship_count"),
    ("Quotes", "market_data_snapshot__quote_count"),
)


def tables(scope: Scope, run: dict, shards: list[dict], before: dict | None) -> dict[str, Table]:
    """`compared`: counts of both; `moved`: the results that changed, where both are published."""
    if before is None or run["market_data_snapshot__quote_count"] is None:
        return {}
    rows = [{"what": name, "now": run[key], "before": before[key]} for name, key in _SEEN]
    failures = sum(shard["failure_count"] for shard in shards)
    rows.append({"what": "Failures", "now": failures, "before": before["failures"] or 0})
    found: dict[str, Table] = {}
    if run["published_at"]:
        tell: Any = import_string(settings.HEDGEBOOK_RUN_DIFFERENCE)
        told = tell(run_id=run["id"], before_id=before["id"], entity_ids=scope.all_ids)
        rows += [{"what": name, "now": now, "before": then} for name, now, then in told["counts"]]
        found["moved"] = _moved(scope, told)
    return {"compared": _compared(rows, before), **found}


def _compared(rows: list[dict], before: dict) -> Table:
    columns = [
        Column("what", "What"),
        Column("now", "This run", "count"),
        Column("before", run_tables.called(before), "count"),
        Column(
            "change", "Difference", "count", cell=lambda row: _signed(row["now"] - row["before"]),
            value=lambda row: row["now"] - row["before"],
        ),
    ]  # fmt: skip
    return Table(columns, rows, caption=f"This run and {run_tables.called(before)}, revision {before['revision']}",
                 short=True, key="compared")  # fmt: skip


def _moved(scope: Scope, told: dict[str, Any]) -> Table:
    def address(row: dict) -> str:
        if row["relationship_id"]:
            return reverse("relationship", args=[row["relationship_id"]])
        return f"{reverse('position')}?entity={row['entity']}"

    def shown(side: str) -> Any:
        def cell(row: dict) -> object:
            status = row[f"{side}_status"]
            return formats.state(status) if status else formats.percent(row[side]) or "not defined"

        return cell

    columns = [
        Column("what", "What", link=address, cell=_name, value=_name),
        Column("kind", "Is", cell=lambda row: "status" if row["what"] == "STATUS" else "ratio",
               value=lambda row: "status" if row["what"] == "STATUS" else "ratio"),
        Column("before", "Before", cell=shown("before"), value=lambda row: row["before_status"] or row["before"]),
        Column("now", "This run", cell=shown("now"), value=lambda row: row["now_status"] or row["now"]),
    ]  # fmt: skip
    shown_here = (
        f"; the {len(told['rows'])} largest" if told["ratios"] + told["statuses"] > len(told["rows"]) else ""
    )
    return Table(
        columns, told["rows"], short=True, key="moved",
        caption=f"{formats.count(told['ratios'])} ratios moved by more than 5 points,"
        f" {formats.count(told['statuses'])} statuses flipped{shown_here}",
        empty="No ratio moved by more than 5 points and no status flipped.",
    )  # fmt: skip


def _name(row: dict) -> str:
    return row["relationship"] or f"{row['entity']} {row['risk'] or ''}".strip()


def _signed(change: int) -> str:
    return f"+{formats.count(change)}" if change > 0 else formats.number(change)
