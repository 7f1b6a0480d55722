"""Accounting periods: what is closed and what comes next; one month with what stands in its way, and its close."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from hedges.domain import accounting_periods, closing
from hedges.enums import PeriodStatus
from hedges.queries import accounting_pages, periods
from hedges.web import accounting_tables, blockers
from hedges.web.found_entity import entity_of
from treasury.enums import RunStatus
from treasury.kernel.errors import HedgebookError
from treasury.web import formats
from treasury.web.page import action, page_of_now, refuse_readers
from treasury.web.story import events_table


@page_of_now
def accounting_page(request: HttpRequest) -> HttpResponse:
    scope = request.book
    closed = periods.last_closed_of(scope.entity_ids)
    months = accounting_pages.next_months(scope.entity_ids)
    entities = [
        entity | {"last": closed.get(entity["id"]), "next": months.get(entity["id"])}
        for entity in scope.entities
        if entity["id"] in scope.entity_ids
    ]
    context = {
        "page_title": "Accounting periods",
        "entities": accounting_tables.entities(scope, entities),
        "periods": accounting_tables.periods(request, periods.periods(scope.entity_ids)),
    }
    return render(request, "hedges/accounting.html", context)


@page_of_now
def period_page(request: HttpRequest, code: str, month: str) -> HttpResponse:
    scope = request.book
    entity, start = entity_of(scope, code), _month(month)
    last_day = accounting_periods.last_day(start)
    found = accounting_pages.period(entity.pk, start)
    closed = bool(found) and found["status"] == PeriodStatus.CLOSED
    under_way = accounting_pages.is_under_way(entity.code, last_day)
    asked = accounting_pages.closes(entity.code, last_day)
    failed = asked[0] if asked and asked[0]["status"] == RunStatus.FAILED and not closed else None
    stands = [] if closed or under_way else closing.blockers(entity, start)
    status = "CLOSED" if closed else "RUNNING" if under_way else "OPEN"
    context = {
        "page_title": f"{entity.code} {start:%Y-%m}",
        "entity": entity,
        "month": f"{start:%Y-%m}",
        "closed": closed,
        "under_way": under_way,
        "figures": [
            {"label": "Status", "value": formats.state(f"PERIOD_{status}")},
            {"label": "Last day", "value": formats.day(last_day)},
            *([] if closed else [{"label": "In the way", "value": formats.count(len(stands))}]),
        ],
        "found": found,
        "blockers": None if closed or under_way else blockers.table(scope, entity, stands),
        "closes": accounting_tables.closes(scope, asked),
        "events": events_table(accounting_pages.change_log(found["id"] if found else 0, asked)),
        "may_write": scope.may_prepare_at(entity.pk),
        "failed": failed,
        "named": blockers.named(scope, entity, failed["status_reason"]) if failed else [],
        "entries": accounting_tables.entries(accounting_pages.entries_by_rule(found["id"]))
        if found
        else None,
        "may_close": not closed and not under_way and not stands and scope.may_prepare_at(entity.pk),
    }
    return render(request, "hedges/accounting_period.html", context)


@action
def close_period(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Asks for the run that closes the month; asked twice it is one run."""
    scope = request.book
    entity, start = entity_of(scope, code), _month(month)
    refuse_readers(scope, entity.pk)
    try:
        asked = closing.request(entity=entity, period=start, actor=request.user)
    except HedgebookError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(scope.link(reverse("accounting-period", args=[code, month])))
    messages.success(request, asked.answer)
    return HttpResponseRedirect(scope.link(reverse("run", args=[asked.run.pk])))


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Http404(f"{text} is no month; expected one like 2026-09.") from error
