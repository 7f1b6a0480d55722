"""How far the worker is with a step of an import: rows done of rows all, with a stop; the part that renews itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from exposures.domain.bulk.jobs import OPEN
from exposures.domain.importing import by_job
from exposures.enums import BulkStatus
from exposures.queries import bulk_jobs
from exposures.web.import_found import found, may_stop
from treasury.queries.rows import Row
from treasury.web import formats
from treasury.web.page import page_of_now
from treasury.web.scope import Scope

STOP_POLLING = 286  # htmx: take this answer and ask no more
WORDS = {
    by_job.COMMIT: "All rows are being recorded",
    by_job.UNDO: "All versions are being taken back",
    "APPROVED": "All versions are being approved",
    "REJECTED": "All versions are being rejected",
}
ENDS = {
    BulkStatus.REFUSED: "It was refused",
    BulkStatus.FAILED: "It has failed",
    BulkStatus.CANCELLED: "It was stopped",
}


@page_of_now
def import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(request, pk)
    context = {"row": row, **progress(request.book, row)}
    answer = render(request, "exposures/import_progress.html", context)
    if not context["live"]:
        answer.status_code = STOP_POLLING
        answer["HX-Refresh"] = "true"
    return answer


def progress(scope: Scope, row: Row) -> dict:
    """The newest step that the worker has or had: `live` while it works, `ended` where it recorded nothing."""
    job = bulk_jobs.step_of(row["id"])
    live = job is not None and job["status"] in OPEN
    if job is None:
        return {"live": False, "job": None}
    told = job["settings"]
    done, count = job["rows_checked"], job["row_count"] or row["row_count"]
    return {
        "live": live,
        "job": job,
        "working_on": WORDS[told.get("decision", told["step"])],
        "waits_for_a_worker": job["status"] == BulkStatus.WAITING,
        "done": done,
        "count": count,
        "share": f"{formats.number(done)} of {formats.number(count)} rows",
        "ended": "" if live else ENDS.get(job["status"], ""),
        "may_stop": live and may_stop(scope, row),
    }
