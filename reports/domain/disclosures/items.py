"""Hedged items: of fair value hedges carrying amount and adjustment, of the others change in value and reserve.

Fair value hedges: amounts of assets +, of liabilities −; the carrying amount is null where the item is not in
functional currency (its own ledger translates it). Others: change of the item for the hedged risk, gains +, is null
while no month of the span is closed; reserve balances apart for hedges that continue and that have ceased.
Reference: IFRS 7.24B.
"""

from __future__ import annotations

from hedges.enums import AccountRole, HedgeType, PostingRule
from reports.domain.disclosures import figures
from reports.domain.table import ReportTable, amounts, labels, texts
from treasury.queries.rows import Row

FAIR_VALUE = (
    *labels(("risk_kind", "Risk category")), *texts(("side", "Side"), ("line_item", "Line item"), ("currency", "In")),
    *amounts(("carrying", "Carrying amount"), ("continuing", "Accumulated adjustment"),
             ("ceased", "Adjustment left of ceased hedges")),
)  # fmt: skip
CHANGES = (
    *labels(("risk_kind", "Risk category")), *texts(("currency", "In")),
    *amounts(("change", "Change in value used")),
)  # fmt: skip
CASH_FLOW = (
    *labels(("risk_kind", "Risk category"), ("hedge_type", "Hedge of")), *texts(("currency", "In")),
    *amounts(("change", "Change in value used"), ("continuing", "Reserve, continuing"), ("ceased", "Reserve, ceased")),
)  # fmt: skip


def fair_value_items(adjusted: list[Row]) -> ReportTable:
    rows = [row | {"side": "Assets" if row["is_asset"] else "Liabilities"} for row in adjusted]
    totals = figures.column_totals(rows, "risk_kind", ("carrying", "continuing", "ceased"))
    title = "Hedged items of fair value hedges"
    return ReportTable("fair-value-items", title, FAIR_VALUE, rows, "IFRS 7.24B(a)", totals=totals)


def fair_value_changes(lines: list[Row]) -> ReportTable:
    of = [row for row in figures.in_period(lines) if row["hedge_type"] == HedgeType.FAIR_VALUE]
    rows = [
        {"risk_kind": risk_kind, "currency": currency, "change": figures.total(
            of, risk_kind=risk_kind, currency=currency, rule=PostingRule.ITEM_ADJUSTMENT,
            account_role=AccountRole.FAIR_VALUE_HEDGE_RESULT)}
        for risk_kind, currency in figures.categories(of, "risk_kind", "currency")
    ]  # fmt: skip
    totals = figures.column_totals(rows, "risk_kind", ("change",))
    title = "Changes of the items of fair value hedges"
    return ReportTable("fair-value-changes", title, CHANGES, rows, "IFRS 7.24B(a)(iv)", totals=totals)


def cash_flow_items(lines: list[Row], changes: list[Row]) -> ReportTable:
    changed = {(row["risk_kind"], row["hedge_type"], row["currency"]): row["change"] for row in changes}
    of = [row for row in lines if row["hedge_type"] in figures.FORECAST_HEDGES]
    rows: list[Row] = []
    for key in figures.categories(of, "risk_kind", "hedge_type", "currency"):
        chosen = dict(zip(("risk_kind", "hedge_type", "currency"), key, strict=True))
        balances = {
            name: figures.total(of, account_role=figures.RESERVES, is_continuing=continuing, **chosen)
            for name, continuing in (("continuing", True), ("ceased", False))
        }
        rows.append(chosen | {"change": changed.get(key)} | balances)
    totals = figures.column_totals(rows, "risk_kind", ("change", "continuing", "ceased"))
    title = "Hedged items of cash flow and net investment hedges"
    return ReportTable("cash-flow-items", title, CASH_FLOW, rows, "IFRS 7.24B(b)", totals=totals)
