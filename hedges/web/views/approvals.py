"""What waits for a second person: the list, and one version with its content, its effect and the decision on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from hedges.domain import relationship_approval
from hedges.models import HedgeRelationshipVersion
from hedges.queries import book_decisions, decisions, relationship_pages, reversals, unrecovered_losses
from hedges.web import (
    assessed,
    book_decision_tables,
    choosing,
    decision_tables,
    effect_tables,
    loss_tables,
    policy_tables,
    relationship_terms,
    reversal_tables,
)
from hedges.web.forms.decision import DecisionForm
from treasury.kernel.errors import HedgebookError
from treasury.queries import manual_quotes, policies
from treasury.web import manual_quote_tables
from treasury.web.page import action, page_of_now, refuse_readers
from treasury.web.scope import Scope
from treasury.web.tables import Table

HEADINGS = {
    "relationship": "Hedge relationships",
    "instrument": "Hedging instruments",
    "exposure": "Exposures",
}
NO_VERSION = "There is no such version, or it belongs to an entity that you do not see."


@page_of_now
def approvals_page(request: HttpRequest) -> HttpResponse:
    return shown(request)


def shown(request: HttpRequest, kind: str = "", told: dict | None = None, status: int = 200) -> HttpResponse:
    """What waits. `told`: what was refused of one kind: its ticks, its words, the rows in the way."""
    scope, person, ids = request.book, request.user.pk, request.book.entity_ids
    sections = [
        *(_tickable(request, one, told if one == kind else None) for one in choosing.NOUNS),
        ("imports", "Imports of exposures", book_decision_tables.waiting_imports(scope, person)),
        ("policies", "Policies", policy_tables.waiting(scope, policies.waiting(ids), person)),
        ("account-maps", "Account maps", decision_tables.maps(scope, decisions.waiting_maps(ids), person)),
        (
            "reversals",
            "Reversals of journal entries",
            reversal_tables.waiting(scope, reversals.waiting(ids), person),
        ),
        (
            "losses",
            "Losses that will not be recovered",
            loss_tables.waiting(scope, unrecovered_losses.waiting(ids), person),
        ),
        (
            "quotes",
            "Market quotes by hand",
            manual_quote_tables.waiting(scope, manual_quotes.waiting(ids), person),
        ),
    ]
    context = {
        "page_title": "Approvals",
        "sections": [one for one in sections if one[2].rows or (len(one) > 3 and one[3])],
        "nothing": [one[1].lower() for one in sections if not one[2].rows],
    }
    return render(request, "hedges/approvals.html", context, status=status)


def _tickable(request: HttpRequest, kind: str, told: dict | None) -> tuple[str, str, Table, dict | None]:
    """A list whose rows are ticked and decided on with one word, and its bar."""
    scope, person = request.book, request.user.pk
    ticked = told["ticked"] if told else [request.GET.get("tick", "")]
    if kind == "relationship":
        rows = decisions.waiting(scope.entity_ids, person_id=person)
        choice = choosing.boxes(scope, kind, rows, ticked)
        table = decision_tables.waiting(scope, rows, person, choice)
    else:
        rows = book_decisions.waiting(kind, scope.entity_ids, person_id=person)
        choice = choosing.boxes(scope, kind, rows, ticked)
        table = book_decision_tables.waiting(scope, kind, rows, person, choice)
    return choosing.NOUNS[kind], HEADINGS[kind], table, choosing.bar(scope, kind, table, told)


@page_of_now
def decision_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, _found(request, pk), DecisionForm())


@action
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approves, rejects, or accepts that it was documented late."""
    scope = request.book
    row = _found(request, pk)
    refuse_readers(scope, row["entity_id"])
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            words = _decided(row, form.cleaned_data, request.user)
        except HedgebookError as error:
            form.refuse(error)
        else:
            messages.success(request, words)
            return HttpResponseRedirect(scope.link(reverse("approvals")))
    return _shown(request, row, form, status=422)


def _decided(row: dict, said_by: dict, actor: object) -> str:
    version = HedgeRelationshipVersion.objects.get(pk=row["id"])
    comment, digest = said_by["comment"], said_by["digest"]
    if said_by["decision"] == "LATE":
        relationship_approval.accept_late(version=version, actor=actor, comment=comment, digest=digest)
        return f"The late documentation of {row['code']} is accepted."
    chosen = (
        relationship_approval.approve if said_by["decision"] == "APPROVED" else relationship_approval.reject
    )
    chosen(versions=[version], actor=actor, comment=comment, digests=[digest])
    return f"{row['code']}, version {row['version_number']} is {said_by['decision'].lower()}."


def _parts(scope: Scope, row: dict) -> list[Table]:
    """What a designation takes, of exposures and of instruments."""
    pk = row["relationship_id"]
    items = relationship_pages.items(pk, known_at=None)
    instruments = relationship_pages.instruments(pk, known_at=None)
    return [
        relationship_terms.side_by_side(
            row["accounting_from"] or row["designation_date"], items, instruments
        ),
        relationship_terms.allocated(scope, items, "Hedged items", "exposure"),
        relationship_terms.allocated(scope, instruments, "Hedging instruments", "instrument"),
    ]


def _found(request: HttpRequest, pk: int) -> dict:
    row = decisions.version(pk, entity_ids=request.book.all_ids)
    if row is None:
        raise Http404(NO_VERSION)
    return row


def _shown(request: HttpRequest, row: dict, form: DecisionForm, status: int = 200) -> HttpResponse:
    scope, person = request.book, request.user.pk
    earlier = decisions.before(row)
    written_by_me = person in decisions.authors(row)
    undecided = row["approval__decision"] is None
    may = undecided and scope.may_decide_at(row["entity_id"]) and not written_by_me
    late = row["late_reason"] and row["late_acceptance__id"] is None
    accepted_by_me = row["late_acceptance__accepted_by_id"] == person
    context = {
        "page_title": f"{row['code']}, version {row['version_number']}",
        "row": row,
        "form": form,
        "head": decision_tables.head(row),
        "content": decision_tables.content(row) if earlier is None else None,
        "parts": _parts(scope, row) if earlier is None else [],
        "against": decision_tables.against(row, earlier) if earlier else None,
        "effect": effect_tables.terms(row["effect"]),
        "effect_tables": list(effect_tables.tables(row["effect"])),
        "file": decision_tables.file_terms(row) if row["inception_file_id"] else None,
        "tests": assessed.tests(decisions.assessments([row["id"]])),
        "may_reject": may,
        "may_approve": may and not late and not accepted_by_me,
        "may_accept": may and late,
        "late": undecided and late,
        "accepted_by_me": undecided and accepted_by_me,
        "own": undecided and written_by_me,
        "decided": "" if undecided else row["approval__decision"],
    }
    return render(request, "hedges/decision.html", context, status=status)
