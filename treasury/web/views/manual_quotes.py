"""Quotes by hand: one person records or corrects one, another one decides on it, and then it counts."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from treasury.domain import manual_quotes as verbs
from treasury.kernel import parsing
from treasury.kernel.errors import HedgebookError, InputError
from treasury.models import ManualQuoteVersion, MarketQuote
from treasury.queries import manual_quotes
from treasury.queries.access import DECIDERS
from treasury.web import manual_quote_tables, words
from treasury.web.page import action, form_page, page_of_now
from treasury.web.quote_form import QuoteDecisionForm, QuoteForm, WhichForm
from treasury.web.quote_units import unit_of

NO_QUOTE = "There is no such quote, it has been corrected already, or it is of an entity that you do not see."


@form_page
def quote_new(request: HttpRequest) -> HttpResponse:
    """First what is quoted (in the address), then the number in its unit; a correction knows the first already."""
    before = _corrected(request)
    asked = WhichForm(request.GET if request.GET.get("symbol") else None, initial=request.GET.dict())
    if before is None and not (asked.is_bound and asked.is_valid()):
        context = {"page_title": "Record a quote", "form": asked}
        return render(request, "treasury/quote_which.html", context, status=422 if asked.errors else 200)
    kind, symbol = (before.kind, before.symbol) if before else _which(asked)
    unit = unit_of(kind, symbol)
    scope = request.book
    form = QuoteForm(kind, symbol, unit, before, request.POST or None, initial=_initial(request, before))
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.propose(quote=form.quote, actor=request.user, reason=form.cleaned_data["reason"])
        except InputError as error:
            form.refuse(f"Expected {error.expected}, got {error.got}.", error.field)
        except HedgebookError as error:
            form.refuse(error)
        else:
            messages.success(request, "Sent for approval. No night uses it before another person agrees.")
            return HttpResponseRedirect(scope.link(reverse("manual-quote", args=[made.pk])))
    context = {
        "page_title": f"{'Correct' if before else 'Record'} a quote: {symbol}, {words.label(kind)}",
        "form": form,
        "unit": unit,
        "before": manual_quote_tables.before(before, unit) if before else [],
    }
    return render(request, "treasury/quote_new.html", context, status=422 if form.errors else 200)


@page_of_now
def manual_quote_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, _found(request, pk), QuoteDecisionForm())


@action
def manual_quote_decide(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(request, pk)
    form = QuoteDecisionForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        version = ManualQuoteVersion.objects.select_related("manual_quote").get(pk=pk)
        said = {"actor": request.user, "comment": told["comment"], "digest": told["digest"]}
        try:
            if told["decision"] == "APPROVED":
                verbs.approve(version=version, **said)
                words_said = (
                    "The quote is made. The next night uses it; nights that have run stay as they are."
                )
            else:
                verbs.reject(version=version, **said)
                words_said = "The value is rejected; the market is as it was."
        except HedgebookError as error:
            form.refuse(error)
        else:
            messages.success(request, words_said)
            return HttpResponseRedirect(request.book.link(reverse("market"), symbol=row["symbol"]))
    return _shown(request, row, form, status=422)


def _corrected(request: HttpRequest) -> MarketQuote | None:
    """The quote that is to be corrected, if the address names one."""
    text = request.GET.get("corrects", "")
    if not text:
        return None
    number = parsing.key(text)
    found = None if number is None else manual_quotes.standing(number, entity_ids=request.book.all_ids)
    if found is None:
        raise Http404(NO_QUOTE)
    return found


def _which(asked: WhichForm) -> tuple[str, str]:
    symbol = asked.cleaned_data["symbol"].strip()
    return asked.cleaned_data["kind"], symbol.upper() if len(symbol) in (3, 6) else symbol


def _initial(request: HttpRequest, before: MarketQuote | None) -> dict[str, object]:
    if before:
        return {"source": before.source}
    return {"quote_date": request.GET.get("date") or request.book.on, "tenor": request.GET.get("tenor", "")}


def _found(request: HttpRequest, pk: int) -> dict:
    row = manual_quotes.version(pk, entity_ids=request.book.all_ids)
    if row is None:
        raise Http404("There is no such quote, or it is of the credit of an entity that you do not see.")
    return row


def _shown(request: HttpRequest, row: dict, form: QuoteDecisionForm, status: int = 200) -> HttpResponse:
    undecided = row["approval__decision"] is None
    own = undecided and row["author_id"] == request.user.pk
    context = {
        "page_title": f"{'Correction of' if row['replaces_id'] else 'Quote of'} {row['symbol']},"
        f" {words.label(row['kind'])}",
        "row": row,
        "form": form,
        "head": manual_quote_tables.head(row),
        "own": own,
        "may_decide": undecided and not own and bool(set(request.book.person.roles) & set(DECIDERS)),
        "market_href": request.book.link(reverse("market"), symbol=row["symbol"]),
    }
    return render(request, "treasury/manual_quote.html", context, status=status)
