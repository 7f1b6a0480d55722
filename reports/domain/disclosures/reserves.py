"""Reconciliation of each component of equity by risk category; costs of hedging apart by what they are related to.

opening + recognised + reclassified (by reason) + basis-adjusted + amortised + released + reversed = closing, signs as
in the reserve. Before tax. Reference: IFRS 7.24E-24F
(24E(a) tells apart what 6.5.11(d)(iii) takes: a loss that will not be recovered).
"""

from __future__ import annotations

from hedges.enums import PostingRule
from reports.domain.disclosures import figures
from reports.domain.table import ReportTable, amounts, labels, texts
from reports.enums import MOVEMENT_OF_RULE, ROLE_OF_RESERVE, Movement, ReclassificationReason, Reserve
from treasury.queries.rows import Row

_ITEM, _EXPECTED = "reclassified_item", "reclassified_no_longer_expected"
_NOT_RECOVERED = "reclassified_not_recovered"
_OF_REASON = {
    ReclassificationReason.ITEM: _ITEM,
    ReclassificationReason.NO_LONGER_EXPECTED: _EXPECTED,
    ReclassificationReason.NOT_RECOVERED: _NOT_RECOVERED,
}
MOVEMENTS = (
    (Movement.RECOGNISED.value, "Recognised"), (_ITEM, "Reclassified, item"),
    (_EXPECTED, "Reclassified, no longer expected"), (_NOT_RECOVERED, "Reclassified, loss not recovered"),
    (Movement.BASIS_ADJUSTED.value, "Into the item's cost"),
    (Movement.AMORTISED.value, "Amortised"), (Movement.RELEASED.value, "Released"),
    (Movement.REVERSED.value, "Reversed"),
)  # fmt: skip
_AMOUNTS = amounts(("opening", "Opening"), *MOVEMENTS, ("closing", "Closing"))
RESERVES = (
    *labels(("reserve", "Reserve"), ("risk_kind", "Risk category")), *texts(("currency", "In")), *_AMOUNTS,
)  # fmt: skip
COSTS = (
    *labels(("cost_relation", "Related to"), ("risk_kind", "Risk category")), *texts(("currency", "In")), *_AMOUNTS,
)  # fmt: skip


def reserves(lines: list[Row]) -> ReportTable:
    rows = [
        {"reserve": reserve} | row
        for reserve in (Reserve.CASH_FLOW_HEDGE, Reserve.TRANSLATION, Reserve.COST_OF_HEDGING)
        for row in _reconciled(lines, reserve, "risk_kind")
    ]
    title = "Reconciliation of the reserves"
    return ReportTable("reserves", title, RESERVES, rows, "IFRS 7.24E", totals=_totals(rows, "reserve"))


def costs(lines: list[Row]) -> ReportTable:
    rows = _reconciled(lines, Reserve.COST_OF_HEDGING, "cost_relation", "risk_kind")
    title = "Costs of hedging"
    return ReportTable("costs", title, COSTS, rows, "IFRS 7.24F", totals=_totals(rows, "cost_relation"))


def _totals(rows: list[Row], first: str) -> list[Row]:
    return figures.column_totals(rows, first, ("opening", *(key for key, _ in MOVEMENTS), "closing"))


def _reconciled(lines: list[Row], reserve: Reserve, *keys: str) -> list[Row]:
    of = [row for row in lines if row["account_role"] == ROLE_OF_RESERVE[reserve]]
    rows: list[Row] = []
    for key in figures.categories(of, *keys, "currency"):
        chosen = dict(zip((*keys, "currency"), key, strict=True))
        row = chosen | {name: figures.ZERO for name, _ in MOVEMENTS}
        row["opening"] = figures.total(of, is_opening=True, **chosen)
        row["closing"] = figures.total(of, **chosen)
        for line in figures.in_period(of):
            if all(line[name] == value for name, value in chosen.items()):
                row[_movement(line)] += line["amount"]
        rows.append(row)
    return rows


def _movement(line: Row) -> str:
    if line["is_reversal"]:
        return Movement.REVERSED.value
    if line["rule"] == PostingRule.COST_LOST:
        return _EXPECTED
    if line["reason"]:
        return _OF_REASON[ReclassificationReason(line["reason"])]
    return MOVEMENT_OF_RULE[line["rule"]].value
