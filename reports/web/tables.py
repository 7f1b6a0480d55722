"""A report's table on a page: the same columns as in the files, amounts with the decimals of their unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from reports.domain.table import Field, ReportTable
from reports.enums import Reserve, RiskCategory
from treasury.kernel.money import exponent
from treasury.queries.rows import Row
from treasury.web import formats, words
from treasury.web.tables import SHOW, Column, Table

Link = Callable[[Row], str]
LABELS = {
    str(one.value): str(one.label)[:1].upper() + str(one.label)[1:]
    for kind in (RiskCategory, Reserve)
    for one in kind
}
#: Why an amount of these columns is null.
UNKNOWN = {
    "measured": "month not closed",
    "difference": "month not closed",
    "change": "not measured",
    "carrying": "not in functional currency",
}


def amount(value: Decimal | None, unit: str | None, key: str = "") -> object:
    if value is None:
        return formats.why(UNKNOWN[key]) if key in UNKNOWN else ""
    return formats.number(value, exponent(unit) if unit else 2)


def label(code: object) -> str:
    """The word of a code, or of several with commas between them."""
    text = "" if code is None else str(code)
    return LABELS.get(text) or ", ".join(words.label(part) for part in text.split(", "))


def in_words(report: ReportTable) -> ReportTable:
    """The same table with words in place of codes, for a file that people read."""
    coded = [one.key for one in report.fields if one.kind == "label"]

    def worded(row: Row) -> Row:
        return row | {key: label(row[key]) for key in coded if row.get(key)}

    return replace(report, rows=map(worded, report.rows), totals=[worded(row) for row in report.totals])


def column(field: Field, links: dict[str, Link] | None = None) -> Column:
    link = (links or {}).get(field.key)
    if field.kind == "amount":
        return Column(
            field.key,
            field.label,
            "money",
            cell=lambda row: amount(row.get(field.key), row.get(field.unit), field.key),
        )
    if field.kind == "month":
        return Column(
            field.key, field.label, cell=lambda row: f"{row[field.key]:%Y-%m}" if row.get(field.key) else ""
        )
    if field.kind == "label":
        return Column(field.key, field.label, cell=lambda row: label(row.get(field.key)))
    return Column(
        field.key, field.label, field.kind, link=link, wrap=field.kind == "text" and field.key in WRAPPED
    )


WRAPPED = {
    "strategy", "risk_description", "rationale", "assessment_description", "hedge_ratio_description",
    "ineffectiveness_sources", "instrument_kinds", "line_item", "reclassified_in", "nominal", "description", "words",
}  # fmt: skip


class TotalledTable(Table):
    """Totals come with the report, one row a currency, over all rows and not only over those shown."""

    def __init__(self, report: ReportTable, rows: Sequence[Row], **more: object) -> None:
        links = more.pop("links", None)
        super().__init__([column(field, links) for field in report.fields], rows, **more)  # type: ignore[arg-type]
        self.sums = list(report.totals)
        self.code, self.note = report.code, report.note

    @property
    def total_rows(self) -> list[list[tuple[str, object]]]:
        return [
            [(one.css, self._total(one, row, first=place == 0)) for place, one in enumerate(self.columns)]
            for row in self.sums
        ]

    @staticmethod
    def _total(one: Column, row: Row, *, first: bool) -> object:
        if first:
            return row.get(one.key) or "Total"
        if row.get(one.key) is None:
            return ""
        return one.cell(row) if one.cell else SHOW[one.kind](row[one.key], one)


def of_report(report: ReportTable, *, links: dict[str, Link] | None = None, **more: object) -> TotalledTable:
    caption = f"{report.title} ({report.paragraph})" if report.paragraph else report.title
    given = {"caption": caption, "short": True, "findable": False, "empty": "Nothing in these months."} | more
    return TotalledTable(report, list(report.rows), links=links, **given)
