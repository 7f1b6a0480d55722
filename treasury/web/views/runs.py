"""Pages of the runs: the list, one run with its live progress, and the start of a night."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from treasury.domain import cancelling
from treasury.domain import runs as asking
from treasury.domain.refusals import Refusal
from treasury.enums import RunKind, RunStatus
from treasury.models import CalculationRun
from treasury.queries import change_log, run_pages
from treasury.web import run_compared, run_tables
from treasury.web.filters import Filters, choice, codes, day
from treasury.web.page import action, page, page_of_now
from treasury.web.scope import Scope
from treasury.web.start_night import start
from treasury.web.story import events_table
from treasury.web.tables import listing

STOP_POLLING = 286  # htmx: take this answer and ask no more


class RunFilters(Filters):
    kind = choice("Kind", codes(RunKind.values))
    status = choice("Status", codes(RunStatus.values))
    since = day("As of, from")
    until = day("Until")

    def lookups(self) -> dict[str, object]:
        asked = {
            "kind": self.value("kind"),
            "status": self.value("status"),
            "as_of_date__gte": self.value("since"),
            "as_of_date__lte": self.value("until"),
        }
        return {name: value for name, value in asked.items() if value}


@page_of_now
def runs_page(request: HttpRequest) -> HttpResponse:
    scope = request.book
    filters = RunFilters(request)
    found = run_pages.runs(request.user).filter(**filters.lookups())
    table = listing(
        request, found, run_tables.COLUMNS, sort="-as_of_date", then=["-revision"],
        caption="Nights and period closes",
        row_link=lambda row: reverse("run", args=[row["id"]]),
        empty="No run matches." if filters.used else "No night yet.",
        next_step="Clear the filters." if filters.used else "Give a business date above and start one.",
    )  # fmt: skip
    context = {
        "page_title": "Runs",
        "filters": filters,
        "table": table,
        "may_start": scope.may_write,
        "proposed": scope.run["as_of_date"] if scope.run else None,
    }
    return render(request, "treasury/runs.html", context)


def _may_cancel(scope: Scope, run: dict) -> bool:
    """Whoever may ask for such a run."""
    if run["kind"] == RunKind.NIGHTLY:
        return scope.may_write
    entity = next((one for one in scope.entities if one["code"] == run["scope"]), None)
    return entity is not None and scope.may_prepare_at(entity["id"])


def _progress(pk: int, request: HttpRequest) -> dict:
    scope = request.book  # type: ignore[attr-defined]
    found = run_pages.run(pk, request.user)
    if found is None:
        raise Http404(f"There is no run {pk} that you may see. The list of runs has their numbers.")
    shards = run_pages.shards(pk)
    done = sum(shard["status"] == "DONE" for shard in shards)
    return {
        "run": found,
        "live": found["status"] in run_pages.OPEN,
        "may_retry": found["status"] == RunStatus.FAILED
        and found["kind"] == RunKind.NIGHTLY
        and scope.may_write,
        "may_cancel": found["status"] in run_pages.OPEN and _may_cancel(scope, found),
        "shards": shards,
        "done": done,
        "steps": run_tables.steps(run_pages.steps(shards)),
        "failures": run_tables.failures(shards),
        "figures": run_tables.figures(found, shards, done),
    }


@page_of_now
def run_page(request: HttpRequest, pk: int) -> HttpResponse:
    context = _progress(pk, request)
    run = context["run"]
    before = run_pages.published_before(run)
    context |= {
        "page_title": f"{run_tables.called(run)}, revision {run['revision']}",
        "terms": run_tables.terms(run, before),
        "events": events_table(change_log.of(CalculationRun, pk)),
        **_read(run),
        **run_compared.tables(request.book, run, context["shards"], before),
    }
    return render(request, "treasury/run.html", context)


def _read(run: dict) -> dict[str, str]:
    """Where to read what the run has made: the position of a night, the month of a close."""
    if run["kind"] == RunKind.NIGHTLY:
        return {
            "read_href": f"{reverse('position')}?run={run['id']}",
            "read_words": "Read the position of this run",
        }
    month = f"{run['as_of_date']:%Y-%m}"
    return {"read_href": reverse("accounting-period", args=[run["scope"], month]), "read_words": "The month"}


@page
def run_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The changing part of the page of a run, for polling."""
    context = _progress(pk, request)
    response = render(request, "treasury/run_progress.html", context)
    if not context["live"]:
        response.status_code = STOP_POLLING
        response["HX-Refresh"] = "true"
    return response


@action
def run_start(request: HttpRequest) -> HttpResponse:
    run_id, words, refused = start(request.POST.get("as_of_date", ""), request.user)
    if refused:
        messages.error(request, words)
        return HttpResponseRedirect(reverse("runs"))
    messages.success(request, words)
    return HttpResponseRedirect(reverse("run", args=[run_id]))


@action
def run_retry(request: HttpRequest, pk: int) -> HttpResponse:
    if run_pages.run(pk, request.user) is None:
        raise Http404(f"There is no run {pk} that you may see. The list of runs has their numbers.")
    try:
        asked = asking.retry(run=CalculationRun.objects.get(pk=pk), actor=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("run", args=[pk]))
    words = "is asked for again." if asked.is_new else "was asked for again already; this is it."
    messages.success(request, f"The night of {asked.run.as_of_date} {words}")
    return HttpResponseRedirect(reverse("run", args=[asked.run.pk]))


@action
def run_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    if run_pages.run(pk, request.user) is None:
        raise Http404(f"There is no run {pk} that you may see. The list of runs has their numbers.")
    try:
        cancelling.cancel(run=CalculationRun.objects.get(pk=pk), actor=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, "The run is cancelled. Nothing of it is published; a new one may be started."
        )
    return HttpResponseRedirect(reverse("run", args=[pk]))
