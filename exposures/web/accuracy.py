"""Page of forecast accuracy: what was forecast some months before the day against what came, by entity and risk, and by
currency.
"""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from exposures.queries import record_pages
from exposures.queries.accuracy import versions_of_ended
from exposures.queries.accuracy_rows import LEADS, by_currency_and_lead, by_entity_risk_and_lead
from exposures.web.waterfall import day_of, end_of
from treasury.web import formats
from treasury.web.filters import Filters, choice, codes
from treasury.web.forms import DayField
from treasury.web.page import page
from treasury.web.tables import Column, Table

YEAR = timedelta(days=365)


class AccuracyFilters(Filters):
    since = DayField(label="Expected from", required=False)
    until = DayField(label="to", required=False)
    risk = choice("Risk")
    lead = choice("Known before", [(str(lead), f"{lead} month{'s' if lead > 1 else ''}") for lead in LEADS])


@page
def accuracy_page(request: HttpRequest) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    risks = record_pages.risks()
    filters = AccuracyFilters(request, risk=codes([row["code"] for row in risks]))
    until = day_of(filters, "until") or scope.on
    since = day_of(filters, "since") or until - YEAR
    known = scope.known_at or max(timezone.now(), end_of(until))
    found = versions_of_ended(entity_ids=scope.entity_ids, since=since, until=until, until_known_at=known)
    leads = [int(filters.value("lead"))] if filters.value("lead") else list(LEADS)
    by_id = {row["id"]: row for row in risks}
    rows = by_entity_risk_and_lead(found, leads, {row["id"]: row["code"] for row in scope.entities}, by_id)
    if filters.value("risk"):
        rows = [row for row in rows if row["risk"] == filters.value("risk")]
    context = {
        "page_title": "Forecast accuracy", "filters": filters, "since": since, "until": until, "table": table(rows),
        "currencies": None if filters.value("risk") else currency_table(by_currency_and_lead(found, leads, by_id)),
    }  # fmt: skip
    return render(request, "exposures/accuracy.html", context)


def table(rows: list[dict]) -> Table:
    columns = [
        Column("entity", "Entity"),
        Column("risk", "Risk"),
        *_numbers(),
        Column("unit", "In"),
        *_errors(),
    ]
    return Table(
        columns, rows, caption="Forecast against what came, in the direction of the flow", key="",
        empty="No exposure with an expected day in this time was settled, recognised or cancelled.",
        next_step="Choose an earlier first day, or settle what has come.",
    )  # fmt: skip


def currency_table(rows: list[dict]) -> Table:
    """The sums of each currency over all risks and entities of the page."""
    columns = [Column("unit", "Currency"), *_numbers(), *_errors()]
    return Table(
        columns, rows, caption="By currency, all pairs and entities together", key="currency", short=True
    )


def _numbers() -> list[Column]:
    return [
        Column("lead", "Months before", "count"),
        Column("flow_count", "Flows", "count"),
        Column("forecast_count", "Forecast then", "count"),
        Column("forecast_amount", "Forecast", "amount"),
        Column("actual_amount", "Came", "amount"),
    ]


def _errors() -> list[Column]:
    return [
        Column("bias_ratio", "Bias", "percent", cell=lambda row: _ratio(row, "bias_ratio")),
        Column(
            "mean_absolute_error_ratio", "Mean absolute error", "percent",
            cell=lambda row: _ratio(row, "mean_absolute_error_ratio"),
        ),
    ]  # fmt: skip


def _ratio(row: dict, name: str) -> object:
    return formats.why(row["reason"]) if row[name] is None else formats.percent(row[name])
