"""Nominal amounts of the instruments by maturity, and their average rate or price.

Average = Σ(nominal × rate) / Σ nominal; nominal unsigned, in the instrument's unit; rate in the quote currency per
unit, of interest-rate swaps the fixed rate. Forwards: contract rate; options: strike; futures: price dealt.
Reference: IFRS 7.23A-23B.
"""

from __future__ import annotations

from reports.domain.table import Field, ReportTable, amounts, labels, texts
from reports.queries import disclosed
from reports.queries.span import Span

BUCKETS = ("up to 3 months", "3 months to 1 year", "1 to 5 years", "over 5 years")
FIELDS = (
    *labels(("risk_kind", "Risk category"), ("hedge_type", "Hedge of")),
    *texts(("risk_code", "Risk"), ("maturity", "Maturity"), ("unit", "Unit")),
    *amounts(("nominal", "Nominal"), unit="unit"),
    Field("rate", "Average rate", "rate"), *texts(("quote", "In")),
)  # fmt: skip


def timing(span: Span) -> ReportTable:
    rows = [row | {"maturity": BUCKETS[row["bucket"]]} for row in disclosed.instruments(span)]
    return ReportTable("timing", "Nominal amounts and average rates", FIELDS, rows, "IFRS 7.23A-23B")
