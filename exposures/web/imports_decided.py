"""What becomes of an import: committed, discarded, undone, decided on by a second person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from exposures.domain.importing import by_job, committing, deciding, receiving, stopping, undoing
from exposures.web.forms.imports import CommitForm, DecideForm, UndoForm
from exposures.web.import_found import found, seen_attempt, to_page
from treasury.enums import Decision
from treasury.kernel.errors import HedgebookError
from treasury.web.forms import DeskForm
from treasury.web.page import action

ENDED = "Nobody works on it any more. What was stopped has recorded nothing; what was faster stands below."


@action
def commit(request: HttpRequest, pk: int) -> HttpResponse:
    form = CommitForm(request.POST)

    def committed() -> str:
        if _is_long(request, pk):
            told = {"attempt": seen_attempt(request), "reason": form.cleaned_data["reason"]}
            return _asked(request, pk, by_job.COMMIT, told)
        made = committing.commit(
            import_id=pk,
            actor=request.user,
            attempt=seen_attempt(request),
            reason=form.cleaned_data["reason"],
        )
        return f"{made:,} versions are recorded. Another person decides on them, all at once."

    return _done(request, pk, form, committed)


@action
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    def discarded() -> str:
        receiving.discard(import_id=pk, actor=request.user)
        return "The import is discarded. Nothing was recorded; its file may come again."

    return _done(request, pk, CommitForm(request.POST), discarded)


@action
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    form = UndoForm(request.POST)

    def undone() -> str:
        if _is_long(request, pk):
            return _asked(request, pk, by_job.UNDO, {"reason": form.cleaned_data["reason"]})
        made = undoing.undo(import_id=pk, actor=request.user, reason=form.cleaned_data["reason"])
        return f"{made:,} versions take the import back. Another person decides on them, all at once."

    return _done(request, pk, form, undone)


@action
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    form = DecideForm(request.POST)

    def decided() -> str:
        told = form.cleaned_data
        decision = Decision.APPROVED if told["decision"] == "APPROVED" else Decision.REJECTED
        seen = {"event_id": told["event"], "digest": told["digest"], "comment": told["comment"]}
        if _is_long(request, pk):
            return _asked(request, pk, by_job.DECIDE, seen | {"decision": decision.value})
        count = deciding.decide(import_id=pk, decision=decision, actor=request.user, **seen)
        return f"{count:,} versions are {decision.value.lower()}."

    return _done(request, pk, form, decided)


@action
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """What is being done with the import ends; what was recorded already is said, not taken back."""
    found(request, pk)
    try:
        stopping.stop(import_id=pk, actor=request.user)
    except HedgebookError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.info(request, ENDED)
    return to_page(request, pk)


def _is_long(request: HttpRequest, pk: int) -> bool:
    return by_job.is_long(found(request, pk)["row_count"])


def _asked(request: HttpRequest, pk: int, step: str, told: dict[str, Any]) -> str:
    by_job.ask(import_id=pk, step=step, told=told, actor=request.user)
    return "The server works on it. This page shows how far it is, and stops it if you want."


def _done(request: HttpRequest, pk: int, form: DeskForm, what: Callable[[], str]) -> HttpResponse:
    found(request, pk)
    try:
        if form.is_valid():
            messages.success(request, what())
        else:
            messages.error(request, " ".join(words for said in form.errors.values() for words in said))
    except HedgebookError as refusal:
        messages.error(request, str(refusal))
    return to_page(request, pk)
