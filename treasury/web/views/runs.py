"""Pages of the runs: the list, one run with its live progress, and the start of a night."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from treasury.enums import RunKind
from treasury.queries import run_pages
from treasury.web import run_tables
from treasury.web.page import action, page
from treasury.web.start_night import start
from treasury.web.tables import listing

STOP_POLLING = 286  # htmx: take this answer and ask no more


@page
def runs_page(request: HttpRequest) -> HttpResponse:
    scope = request.book
    table = listing(
        request, run_pages.runs(request.user), run_tables.COLUMNS, sort="-as_of_date", then=["-revision"],
        caption="Nights and period closes",
        row_link=lambda row: reverse("run", args=[row["id"]]), empty="No night yet.",
        next_step="Give a business date above and start one.",
    )  # fmt: skip
    context = {
        "page_title": "Runs",
        "table": table,
        "may_start": scope.may_write,
        "proposed": scope.run["as_of_date"] if scope.run else None,
    }
    return render(request, "treasury/runs.html", context)


def _progress(pk: int, user: object) -> dict:
    found = run_pages.run(pk, user)
    if found is None:
        raise Http404(f"There is no run {pk} that you may see. The list of runs has their numbers.")
    shards = run_pages.shards(pk)
    done = sum(shard["status"] == "DONE" for shard in shards)
    return {
        "run": found,
        "live": found["status"] in run_pages.OPEN,
        "shards": shards,
        "done": done,
        "steps": run_tables.steps(run_pages.steps(shards)),
        "failures": run_tables.failures(shards),
        "figures": run_tables.figures(found, shards, done),
    }


@page
def run_page(request: HttpRequest, pk: int) -> HttpResponse:
    context = _progress(pk, request.user)
    run = context["run"]
    before = run_pages.published_before(run)
    context |= {
        "page_title": f"{run_tables.called(run)}, revision {run['revision']}",
        "terms": run_tables.terms(run, before),
        **_read(run),
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
    context = _progress(pk, request.user)
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
