"""What hedge accounting did in the period: in other comprehensive income, as ineffectiveness, by reclassification.

Gains +; what was reclassified has the sign that it has in profit or loss. Reference: IFRS 7.24C.
"""

from __future__ import annotations

from hedges.enums import AccountRole, HedgeType, PostingRule
from reports.domain.disclosures import figures
from reports.domain.table import ReportTable, amounts, labels, texts
from reports.enums import ReclassificationReason
from treasury.queries.rows import Row

FAIR_VALUE = (
    *labels(("risk_kind", "Risk category")), *texts(("currency", "In")),
    *amounts(("ineffectiveness", "Ineffectiveness in profit or loss")), *texts(("line_item", "Line item")),
)  # fmt: skip
CASH_FLOW = (
    *labels(("risk_kind", "Risk category"), ("hedge_type", "Hedge of")), *texts(("currency", "In")),
    *amounts(("recognised", "Recognised in OCI"), ("ineffectiveness", "Ineffectiveness in profit or loss")),
    *texts(("line_item", "Line item")),
    *amounts(
        ("item", "Reclassified, item affected P&L"), ("no_longer_expected", "Reclassified, no longer expected"),
        ("not_recovered", "Reclassified, loss not recovered"),
    ),
    *texts(("reclassified_in", "Line item of the reclassification")),
)  # fmt: skip
RECLASSIFYING = (PostingRule.RECLASSIFICATION, PostingRule.LOSS_NOT_RECOVERED)


def fair_value_effects(lines: list[Row]) -> ReportTable:
    of = [row for row in figures.in_period(lines) if row["hedge_type"] == HedgeType.FAIR_VALUE]
    role = AccountRole.FAIR_VALUE_HEDGE_RESULT
    rows: list[Row] = []
    for key in figures.categories(of, "risk_kind", "currency"):
        chosen = dict(zip(("risk_kind", "currency"), key, strict=True))
        rows.append(
            chosen
            | {"ineffectiveness": figures.total(of, account_role=role, **chosen)}
            | {"line_item": figures.names(of, account_role=role, **chosen)}
        )
    totals = figures.column_totals(rows, "risk_kind", ("ineffectiveness",))
    title = "Ineffectiveness of fair value hedges"
    return ReportTable("fair-value-effects", title, FAIR_VALUE, rows, "IFRS 7.24C(a)", totals=totals)


def cash_flow_effects(lines: list[Row]) -> ReportTable:
    of = [row for row in figures.in_period(lines) if row["hedge_type"] in figures.FORECAST_HEDGES]
    rows: list[Row] = []
    for key in figures.categories(of, "risk_kind", "hedge_type", "currency"):
        chosen = dict(zip(("risk_kind", "hedge_type", "currency"), key, strict=True))
        left = {
            name: -figures.total(of, account_role=figures.RESERVES, reason=reason, **chosen)
            for name, reason in (
                ("item", ReclassificationReason.ITEM),
                ("no_longer_expected", ReclassificationReason.NO_LONGER_EXPECTED),
                ("not_recovered", ReclassificationReason.NOT_RECOVERED),
            )
        }
        ineffective = {"account_role": AccountRole.INEFFECTIVENESS} | chosen
        rows.append(chosen | left | {
            "recognised": figures.total(
                of, account_role=figures.RESERVES, rule=PostingRule.REMEASUREMENT, **chosen),
            "ineffectiveness": figures.total(of, **ineffective),
            "line_item": figures.names(of, **ineffective),
            "reclassified_in": figures.names(
                [row for row in of if row["rule"] in RECLASSIFYING],
                account_role=AccountRole.HEDGED_ITEM_RESULT, **chosen),
        })  # fmt: skip
    keys = ("recognised", "ineffectiveness", "item", "no_longer_expected", "not_recovered")
    totals = figures.column_totals(rows, "risk_kind", keys)
    title = "Effects of cash flow and net investment hedges"
    return ReportTable("cash-flow-effects", title, CASH_FLOW, rows, "IFRS 7.24C(b)", totals=totals)
