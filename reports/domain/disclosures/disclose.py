"""The disclosure tables of one entity, framework and span of months.

Reference: IFRS 7.21A-24F. For relationships under ASC 815 the same tables in the same order; their own disclosures
(815-10-50) have the same figures by category of hedge.
"""

from __future__ import annotations

from reports.domain.disclosures import effects, items, reserves, strategies, timing
from reports.domain.disclosures.instruments import instruments
from reports.domain.disclosures.resets import resets
from reports.domain.table import ReportTable
from reports.queries import disclosed
from reports.queries.span import Span


def disclosures(span: Span, *, risk_kind: str = "") -> list[ReportTable]:
    """Every table of the span, or of one risk category of it."""

    def chosen(rows: list) -> list:
        return [row for row in rows if not risk_kind or row["risk_kind"] == risk_kind]

    lines = chosen(disclosed.amounts(span))
    texts, maturities = strategies.strategies(span), timing.timing(span)
    texts.rows, maturities.rows = chosen(list(texts.rows)), chosen(list(maturities.rows))
    return [
        texts,
        maturities,
        resets(span, risk_kind=risk_kind),
        instruments(lines, chosen(disclosed.carrying_amounts(span)), list(maturities.rows)),
        items.fair_value_items(chosen(disclosed.adjusted_items(span))),
        items.fair_value_changes(lines),
        items.cash_flow_items(lines, chosen(disclosed.item_changes(span))),
        effects.fair_value_effects(lines),
        effects.cash_flow_effects(lines),
        reserves.reserves(lines),
        reserves.costs(lines),
    ]
