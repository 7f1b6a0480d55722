"""How often relationships are discontinued and restarted, and whether that is what IFRS 7.23C is about.

The paragraph is for those whose item and instrument change so often that relationships are reset as a rule; of these it
asks for the strategy, how designation reflects it, and how often, in place of 7.23A-23B. The standard names no number,
and neither do we: one restart is shown with its count, none is said to be none. Reference: IFRS 7.23C.
"""

from __future__ import annotations

from reports.domain.table import Field, ReportTable, labels
from reports.queries import resets as read
from reports.queries.span import Span
from treasury.queries.rows import Row

FIELDS = (
    *labels(("risk_kind", "Risk category"), ("hedge_type", "Hedge of")),
    Field("designated_count", "Designated in the months", "count"),
    Field("stopped_count", "Discontinued in the months", "count"),
    Field("restarted_count", "Of these restarted", "count"),
    Field("continuing_count", "In force at the end", "count"),
)
NONE = (
    "IFRS 7.23C does not apply: no relationship was discontinued and restarted in these months. A relationship names"
    " its items and instruments; it ends with them, and what follows it hedges other ones."
)
SOME = (
    "{count} restarted in these months: the items of a discontinued hedge were designated anew. Where the strategy is"
    " to do so, IFRS 7.23C takes the place of 7.23A-23B: the strategy and how designation reflects it stand in the"
    " first table, how often in this one."
)


def resets(span: Span, *, risk_kind: str = "") -> ReportTable:
    rows: list[Row] = [row for row in read.resets(span) if not risk_kind or row["risk_kind"] == risk_kind]
    count = sum(row["restarted_count"] for row in rows)
    restarted = f"{count} relationship{'' if count == 1 else 's'} {'was' if count == 1 else 'were'}"
    note = SOME.format(count=restarted) if count else NONE
    return ReportTable(
        "resets", "Relationships discontinued and restarted", FIELDS, rows, "IFRS 7.23C", note=note
    )
