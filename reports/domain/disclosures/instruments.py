"""Hedging instruments: carrying amount as asset and liability, line item, change in value used, nominal.

The carrying amount is the balance of the relationship's instruments in the ledger; a relationship with several
instruments stands with their net amount. Change in value used for recognising ineffectiveness: of the period, gains
+. Reference: IFRS 7.24A.
"""

from __future__ import annotations

from decimal import Decimal

from hedges.enums import AccountRole, HedgeType, PostingRule
from reports.domain.disclosures import figures
from reports.domain.table import ReportTable, amounts, labels, texts
from treasury.queries.rows import Row

FIELDS = (
    *labels(("risk_kind", "Risk category"), ("hedge_type", "Hedge of")),
    *texts(("nominal", "Nominal"), ("line_item", "Line item"), ("currency", "In")),
    *amounts(("asset", "Assets"), ("liability", "Liabilities"), ("change", "Change in value used")),
)


def instruments(lines: list[Row], carrying: list[Row], nominals: list[Row]) -> ReportTable:
    held = {(row["risk_kind"], row["hedge_type"], row["currency"]): row for row in carrying}
    period = figures.in_period(lines)
    rows: list[Row] = []
    for risk_kind, hedge_type, currency in figures.categories(lines, "risk_kind", "hedge_type", "currency"):
        of = [row for row in period if (row["risk_kind"], row["hedge_type"]) == (risk_kind, hedge_type)]
        balance = held.get((risk_kind, hedge_type, currency), {})
        rows.append({
            "risk_kind": risk_kind, "hedge_type": hedge_type, "currency": currency,
            "nominal": _nominal(nominals, risk_kind, hedge_type), "line_item": balance.get("line_item", ""),
            "asset": balance.get("asset", figures.ZERO), "liability": balance.get("liability", figures.ZERO),
            "change": change_used(of, hedge_type, currency),
        })  # fmt: skip
    totals = figures.column_totals(rows, "risk_kind", ("asset", "liability", "change"))
    return ReportTable("instruments", "Hedging instruments", FIELDS, rows, "IFRS 7.24A", totals=totals)


def change_used(lines: list[Row], hedge_type: str, currency: str) -> Decimal:
    """Recognised in a reserve and ineffective, of the designated component; in a fair value hedge the result."""
    roles = (
        (AccountRole.FAIR_VALUE_HEDGE_RESULT,)
        if hedge_type == HedgeType.FAIR_VALUE
        else (*figures.RESERVES, AccountRole.INEFFECTIVENESS)
    )
    return figures.total(lines, account_role=roles, rule=PostingRule.REMEASUREMENT, currency=currency)


def _nominal(nominals: list[Row], risk_kind: str, hedge_type: str) -> str:
    """Units are not added up: USD 500000, GBP 200000."""
    sums: dict[str, Decimal] = {}
    for row in nominals:
        if (row["risk_kind"], row["hedge_type"]) == (risk_kind, hedge_type):
            sums[row["unit"]] = sums.get(row["unit"], figures.ZERO) + row["nominal"]
    return ", ".join(f"{unit} {amount:,.0f}" for unit, amount in sorted(sums.items()))
