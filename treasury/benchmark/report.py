"""The report as a table for people or as JSON for machines."""

from __future__ import annotations

import io
import json
from dataclasses import asdict

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from treasury.benchmark.numbers import Report
from treasury.benchmark.sizes import Sizes

WIDTH = 126


def as_json(report: Report, sizes: Sizes) -> str:
    """Sizes, lines, memory, and which ratios are under their floors."""
    under = [{"kind": line.kind, "other": line.other} for line in report.lines if line.under_its_floor]
    return json.dumps({"sizes": asdict(sizes), **asdict(report), "under_floor": under}, indent=2)


def as_table(report: Report, sizes: Sizes) -> str:
    """One line a kind and library, then the peak memory."""
    table = Table(box=SIMPLE, pad_edge=False)
    for name in ("kind", "against"):
        table.add_column(name, no_wrap=True)
    for name in ("rows", "ours /s", "sample", "theirs /s", "ratio", "floor", "differ by", "allowed"):
        table.add_column(name, justify="right", no_wrap=True, min_width=len(name))
    for line in report.lines:
        table.add_row(
            line.kind,
            line.other,
            f"{line.rows:,}",
            f"{line.ours_per_second:,.0f}",
            f"{line.sample:,}",
            f"{line.other_per_second:,.0f}",
            f"{line.ratio:,.0f} ×",
            "–" if line.floor is None else f"{line.floor:,.0f} ×",
            f"{line.largest_difference:.0e}",
            f"{line.allowed_difference:.0e}",
        )
    out = io.StringIO()
    console = Console(file=out, width=WIDTH, no_color=True, highlight=False)
    console.print(
        "All sides agree. Rows per second of processor time, one thread each, best of several rounds."
    )
    console.print(table)
    console.print(_floors(report))
    console.print(f"A regression has {sizes.points} points and all its statistics.")
    console.print("Swaps differ as a fraction of their notional, everything else of the number itself.")
    mebibytes = report.peak_memory_bytes / 2**20
    console.print(f"Peak memory {mebibytes:,.0f} MiB of {report.memory_limit_bytes / 2**20:,.0f} allowed.")
    return "\n".join(text.rstrip() for text in out.getvalue().splitlines()) + "\n"


def _floors(report: Report) -> str:
    under = [line for line in report.lines if line.under_its_floor]
    if not under:
        return "Every ratio reaches its floor."
    named = ", ".join(
        f"{line.kind} against {line.other} ({line.ratio:,.0f} × of {line.floor:,.0f} ×)" for line in under
    )
    return f"Under the floor: {named}."
