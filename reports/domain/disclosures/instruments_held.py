"""The hedging instruments behind the categories of IFRS 7.24A, relationship by relationship with their references.

A ledger carries what one relationship has designated of its instruments as one amount, an asset or a liability; where
there are several, they are named together and stand net, as in the categories. Functional currency, gains +.
"""

from __future__ import annotations

from reports.domain.disclosures import figures
from reports.domain.table import Field, ReportTable, amounts, labels, texts
from reports.queries import instruments_held as read
from reports.queries.span import Span

FIELDS = (
    *texts(("relationship_code", "Relationship"), ("instruments", "Instruments")),
    *labels(("risk_kind", "Risk category"), ("hedge_type", "Hedge of")), Field("matures_on", "Matures", "day"),
    *amounts(("nominal", "Nominal"), unit="unit"), *texts(("unit", "Unit")),
    *amounts(("asset", "Assets"), ("liability", "Liabilities"), ("change", "Change in value used")),
    *texts(("currency", "In")), *labels(("instrument_kinds", "Kind")), *texts(("line_item", "Line item")),
)  # fmt: skip


def instruments_held(span: Span, *, risk_kind: str = "", hedge_type: str = "") -> ReportTable:
    rows = [
        row
        for row in read.instruments_held(span)
        if risk_kind in ("", row["risk_kind"]) and hedge_type in ("", row["hedge_type"])
    ]
    totals = figures.column_totals(rows, "relationship_code", ("asset", "liability", "change"))
    title = "Hedging instruments one by one"
    return ReportTable("instruments-held", title, FIELDS, rows, "IFRS 7.24A", totals=totals)
