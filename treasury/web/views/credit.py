"""The credit of counterparties: dated facts that trigger the credit criterion, and the form that records one."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from treasury.domain import credit_facts as recording
from treasury.enums import CreditFactKind, CreditState
from treasury.kernel.errors import HedgebookError
from treasury.kernel.ratings import RATINGS
from treasury.queries import credit_facts, reference
from treasury.queries.access import PREPARERS
from treasury.web import words
from treasury.web.exports import csv_file
from treasury.web.filters import Filters, choice, codes
from treasury.web.forms import DayField, DeskForm
from treasury.web.page import form_page, page
from treasury.web.tables import Column, listing

NOTE = (
    "A default, a rating below the limit of the rule pack, or collateral that was called and not posted in time fails"
    " the credit criterion of every hedge with that counterparty, from its date on (IFRS 9 B6.4.7–8)."
)
FACTS = [
    Column("counterparty_code", "Counterparty", sort="counterparty__code"),
    Column("counterparty_name", "Name", sort="counterparty__name"),
    Column("kind", "About", "label", sort="kind"),
    Column("value", "Is", cell=lambda row: _said(row)),
    Column("fact_date", "From", "day", sort="fact_date"),
    Column("source", "Who says so", wrap=True),
    Column("recorded_by", "Recorded by"),
    Column("recorded_at", "Recorded (UTC)", "moment", sort="recorded_at"),
]


def _said(row: dict) -> str:
    return row["value"] if row["kind"] == CreditFactKind.RATING else words.label(row["value"])


class FactFilters(Filters):
    kind = choice("About", codes(CreditFactKind.values))
    counterparty = forms.CharField(label="Counterparty", required=False)


class FactForm(DeskForm):
    counterparty = forms.ChoiceField(label="Counterparty")
    value = forms.ChoiceField(
        label="Is",
        choices=[
            ("Credit rating", [(f"RATING {rating}", rating) for rating in RATINGS]),
            (
                "Default",
                [
                    (f"DEFAULT {state.value}", words.label(state.value))
                    for state in (CreditState.DEFAULTED, CreditState.CURED)
                ],
            ),
            (
                "Collateral",
                [
                    (f"COLLATERAL {state.value}", words.label(state.value))
                    for state in (CreditState.NOT_POSTED, CreditState.POSTED)
                ],
            ),
        ],
        help_text="A rating by the scale from AAA to D, a default, or collateral that was called.",
    )
    fact_date = DayField(label="From", help_text="The day from which it is so.")
    source = forms.CharField(
        label="Who says so", max_length=120, help_text="An agency, a notice, a margin call."
    )


@page
def credit_page(request: HttpRequest) -> HttpResponse:
    scope = request.book
    filters = FactFilters(request)
    found = credit_facts.listed(on=scope.on, known_at=scope.known_at)
    if filters.value("kind"):
        found = found.filter(kind=filters.value("kind"))
    if filters.value("counterparty"):
        found = found.filter(counterparty__code__iexact=filters.value("counterparty"))
    rows = found.values(*[column.key for column in FACTS])
    if request.GET.get("format") == "csv":
        return csv_file("credit-facts", FACTS, rows.order_by("-fact_date", "-id").iterator())
    context = {
        "page_title": "Credit of counterparties", "as_of": scope.on, "note": NOTE, "filters": filters,
        "table": listing(
            request, rows, FACTS, sort="-fact_date", csv=True, caption="Facts up to the date, the newest first",
            empty="Nothing is on record.", next_step="Record a rating, a default or a margin call that was not met.",
        ),
    }  # fmt: skip
    if _may_record(request):
        context["tool"] = {"href": scope.link(reverse("credit-fact-record")), "words": "Record a fact"}
    return render(request, "treasury/list.html", context)


@form_page
def credit_record(request: HttpRequest) -> HttpResponse:
    scope = request.book
    parties = {str(party.pk): party for party in reference.counterparties().order_by("code")}
    form = FactForm(request.POST or None, initial={"fact_date": scope.on})
    form.fields["counterparty"].choices = [(pk, f"{one.code} {one.name}") for pk, one in parties.items()]
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        kind, value = told["value"].split(" ")
        party = parties[told["counterparty"]]
        try:
            recording.record(
                counterparty=party, kind=kind, value=value, fact_date=told["fact_date"], source=told["source"],
                actor=request.user,
            )  # fmt: skip
        except HedgebookError as error:
            form.refuse(error)
        else:
            messages.success(request, f"On record for {party.code} from {told['fact_date']}.")
            return HttpResponseRedirect(scope.link(reverse("credit-facts")))
    context = {"page_title": "Record a fact about a counterparty's credit", "form": form, "note": NOTE}
    return render(request, "treasury/credit_fact.html", context, status=422 if form.errors else 200)


def _may_record(request: HttpRequest) -> bool:
    return bool(set(request.book.person.roles) & set(PREPARERS))
