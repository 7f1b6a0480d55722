"""How risks are managed: strategy, instruments, economic relationship, hedge ratio, sources of ineffectiveness.

Reference: IFRS 7.21A, 22A-22C, 23D; texts of the inception files, each once.
"""

from __future__ import annotations

from reports.domain.table import Field, ReportTable, labels, texts
from reports.queries import disclosed
from reports.queries.span import Span

FIELDS = (
    *labels(("risk_kind", "Risk category"), ("hedge_type", "Hedge of")),
    Field("relationship_count", "Relationships", "count"),
    *texts(("strategy", "Strategy"), ("risk_description", "Risk")), *labels(("instrument_kinds", "Instruments")),
    *texts(("rationale", "Economic relationship"), ("assessment_description", "Assessment"),
           ("hedge_ratio_description", "Hedge ratio"), ("ineffectiveness_sources", "Sources of ineffectiveness")),
)  # fmt: skip


def strategies(span: Span) -> ReportTable:
    return ReportTable(
        "strategies", "Risk management strategy", FIELDS, disclosed.strategies(span), "IFRS 7.22A-22C"
    )
