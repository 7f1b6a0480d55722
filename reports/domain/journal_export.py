"""The journal as one table a ledger can take: a row a line, debit or credit, never negative, with totals by currency.

Reference: rules section 5 (entries balance per entry and currency; debit and credit are non-negative).
"""

from __future__ import annotations

from reports.domain.table import Field, ReportTable
from reports.queries import journal_entries
from reports.queries.journal_entries import Asked

FIELDS = (
    Field("entity_code", "Entity"),
    Field("period_start", "Period", "month"),
    Field("number", "Entry", "count"),
    Field("entry_date", "Date", "day"),
    Field("framework", "Framework"),
    Field("relationship_code", "Relationship"),
    Field("rule", "Rule"),
    Field("paragraph", "Paragraph"),
    Field("description", "Description"),
    Field("reversal_of", "Reversal of", "count"),
    Field("line_number", "Line", "count"),
    Field("account_code", "Account"),
    Field("account_name", "Account name"),
    Field("account_role", "Role"),
    Field("currency", "Currency"),
    Field("debit_amount", "Debit", "amount"),
    Field("credit_amount", "Credit", "amount"),
)


def journal(asked: Asked) -> ReportTable:
    totals = [row | {"entity_code": "Total"} for row in journal_entries.totals(asked)]
    return ReportTable("journal", "Journal", FIELDS, journal_entries.lines(asked), totals=totals)
