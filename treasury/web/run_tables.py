"""The tables of the pages about runs."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html

from treasury.enums import RunKind, RunStep
from treasury.web import formats
from treasury.web.tables import Column, Table


def seconds(start: datetime | None, end: datetime | None) -> str:
    return f"{(end - start).total_seconds():,.1f} s" if start and end else ""


def _asked_by(run: dict) -> str:
    """A person, or what the request says of itself (the command line); the schedule says nothing."""
    return run["requested_by__username"] or run["event__reason"]


def called(run: dict) -> str:
    """What a run is of: the night of a date, or the close of an entity's month."""
    if run["kind"] == RunKind.CLOSE:
        return f"Close of {run['scope']} {run['as_of_date']:%Y-%m}"
    return f"Night {run['as_of_date']}"


COLUMNS = [
    Column(
        "as_of_date",
        "Business date",
        "day",
        sort="as_of_date",
        link=lambda row: reverse("run", args=[row["id"]]),
    ),
    Column(
        "kind", "Of", sort="kind", cell=lambda row: row["scope"] if row["kind"] == RunKind.CLOSE else "night"
    ),
    Column("revision", "Revision", sort="revision"),
    Column("status", "Status", "state", sort="status"),
    Column(
        "shards",
        "Parts done",
        cell=lambda row: f"{row['shards_done']} of {row['shards_all']}" if row["shards_all"] else "",
    ),
    Column(
        "failures",
        "Failures",
        "count",
        sort="failures",
        sparse=True,
        cell=lambda row: formats.number(row["failures"] or 0),
    ),
    Column("recorded_at", "Asked for (UTC)", "moment", sort="recorded_at"),
    Column("requested_by__username", "By", cell=lambda row: _asked_by(row) or "schedule"),
    Column("published_at", "Published (UTC)", "moment", sort="published_at"),
    Column(
        "took",
        "Took",
        "amount",
        sort="took",
        sparse=True,
        cell=lambda row: seconds(row["started_at"], row["finished_at"] or row["published_at"]),
    ),
    Column("status_reason", "Because", wrap=True),
]


def terms(run: dict, before: dict | None) -> list[tuple[str, object]]:
    lasted = seconds(run["started_at"], run["finished_at"] or run["published_at"])
    earlier = _earlier(before) if before else None
    said = [
        ("Because", run["status_reason"]),
        ("Asked for by", _asked_by(run) or "the schedule"),
        ("Sealed, known at (UTC)", formats.moment(run["known_at"])),
        (
            "Market data",
            _sealed(
                run["market_data_snapshot__quote_count"],
                "quotes",
                run["market_data_snapshot__content_digest"],
            ),
        ),
        ("Book", _book(run)),
        ("Published (UTC)", formats.moment(run["published_at"])),
        ("Took", lasted),
        ("Last published before it", earlier),
        ("Program", run["code_version"]),
        (
            "Libraries",
            ", ".join(
                f"{name} {version}" for name, version in sorted((run["library_versions"] or {}).items())
            ),
        ),
        ("Note", "demo history" if run["event__is_demo_history"] else ""),
    ]
    return [(name, value) for name, value in said if value]


def _earlier(before: dict) -> object:
    """The run that this one is compared with; how long it took, where that was measured."""
    took = seconds(before["started_at"], before["published_at"])
    said = f"{called(before)}, revision {before['revision']}"
    return format_html(
        '<a href="{}">{}</a>{}',
        reverse("run", args=[before["id"]]),
        said,
        f", took {took}" if took not in ("", "0.0 s") else "",
    )


def _sealed(count: int | None, words: str, digest: str | None) -> object:
    if digest is None:
        return ""
    return format_html(
        '{} {}, digest <span class="mono">{}</span>', formats.number(count), words, digest[:16]
    )


def _book(run: dict) -> object:
    if run["book_snapshot__content_digest"] is None:
        return ""
    counts = ", ".join(
        f"{run[f'book_snapshot__{name}_count']} {name}s"
        for name in ("exposure", "instrument", "relationship")
    )
    return format_html(
        '{}, digest <span class="mono">{}</span>', counts, run["book_snapshot__content_digest"][:16]
    )


def figures(run: dict, shards: list[dict], done: int) -> list[dict]:
    return [
        {"label": "Status", "value": formats.state(run["status"])},
        {"label": "Parts done", "value": done, "unit": f"of {len(shards)}"},
        {"label": "Rows", "value": formats.number(sum(shard["row_count"] or 0 for shard in shards))},
        {"label": "Failures", "value": formats.number(sum(shard["failure_count"] for shard in shards))},
    ]


def steps(rows: list[dict]) -> Table:
    columns = [
        Column("step", "Step"),
        Column("done", "Progress", cell=_progress),
        Column("shards", "Parts", cell=lambda row: f"{row['shards_done']} of {row['shards_all']}"),
        Column("rows", "Rows", "count"),
        Column("failures", "Failures", "count"),
        Column(
            "seconds",
            "Took",
            "amount",
            cell=lambda row: "" if row["seconds"] is None else f"{row['seconds']:,.1f} s",
        ),
    ]
    return Table(columns, rows, caption="Steps", short=True, empty="Its work is not laid out yet.",
                 next_step="The steps appear when the book and the rates are sealed.")  # fmt: skip


def _progress(row: dict) -> object:
    return format_html(
        '<progress max="{}" value="{}" aria-label="{}">{}</progress>',
        row["shards_all"], row["shards_done"], row["step"], f"{row['shards_done']} of {row['shards_all']}",
    )  # fmt: skip


def failures(shards: list[dict]) -> Table:
    rows = [
        shard
        | {"name": f"{RunStep(shard['step']).label} {shard['shard_number'] + 1} of {shard['shard_count']}"}
        for shard in shards
        if shard["failure_count"]
    ]
    columns = [
        Column("name", "Part"),
        Column("status", "Status", "state"),
        Column("failure_count", "Failures", "count"),
        Column("epoch", "Tries", "count"),
        Column("failure_cause", "Cause", wrap=True),
    ]
    return Table(columns, rows, caption="Failures", short=True, empty="No failure.")
