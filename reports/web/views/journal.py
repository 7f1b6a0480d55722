"""Pages of the journal: the entries, and one entry with its lines."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from hedges.enums import PostingRule
from hedges.queries import reversals
from hedges.web.forms.reversal import ReversalForm
from reports.domain.journal_export import journal
from reports.queries import journal_entries
from reports.queries.journal_entries import Asked
from reports.web.downloads import download
from reports.web.filters import SpanFilters
from reports.web.measured_links import measured_href
from reports.web.tables import amount
from treasury.enums import AccountingFramework
from treasury.kernel.money import exponent
from treasury.web import formats, words
from treasury.web.filters import choice, codes
from treasury.web.page import page
from treasury.web.scope import Scope
from treasury.web.story import events_table
from treasury.web.tables import Column, Table, listing

ALL_LEDGERS = "ALL"
LEDGERS = [*codes(AccountingFramework.values), (ALL_LEDGERS, "All ledgers")]

MOST_FIGURES = 5


class JournalFilters(SpanFilters):
    framework = choice("Ledger", LEDGERS, everything="Each entity's own")
    rule = choice("Rule", codes(PostingRule.values))
    relationship = forms.CharField(label="Relationship", required=False, max_length=24)

    def ledger(self, scope: Scope) -> str:
        """The ledger's name, as the page and the file say it."""
        chosen = self.value("framework")
        if chosen:
            return dict(LEDGERS)[chosen]
        if scope.entity:
            return words.label(scope.entity["accounting_framework"])
        return "Each entity's own framework"

    def asked(self, scope: Scope) -> Asked:
        return Asked(
            scope.entity_ids,
            first=self.cleaned_data.get("first"),
            last=self.cleaned_data.get("last"),
            framework="" if self.value("framework") == ALL_LEDGERS else self.value("framework"),
            own_ledger=not self.value("framework"),
            rule=self.value("rule"),
            relationship=self.value("relationship"),
            known_at=scope.known_at,
        )


def columns(scope: Scope) -> list[Column]:
    return [
        Column("number", "Entry", "count", sort="number",
               cell=lambda row: _entry_link(scope, row["id"], row["number"])),
        Column("entity_code", "Entity", sort="entity__code"),
        Column("entry_date", "Date", "day", sort="entry_date"),
        Column("relationship_code", "Relationship", sort="relationship__code",
               link=lambda row: scope.link(reverse("relationship", args=[row["relationship_id"]]))),
        Column("framework", "Under", "label", sort="framework"),
        Column("rule", "Rule", "label", sort="rule"),
        Column("amount", "Debit and credit", "money", sort="amount",
               cell=lambda row: amount(row["amount"], row["currency"])),
        Column("currency", "In"),
        Column("paragraph", "Paragraph", wrap=True),
        Column("description", "Description"),
    ]  # fmt: skip


def _entry_link(scope: Scope, pk: int, number: int) -> object:
    return formats.format_html('<a href="{}">{}</a>', scope.link(reverse("journal-entry", args=[pk])), number)


@page
def journal_page(request: HttpRequest) -> HttpResponseBase:
    scope = request.book
    filters = JournalFilters(request)
    asked = filters.asked(scope)
    ledger = filters.ledger(scope)
    of = f"-{scope.entity['code']}" if scope.entity else ""
    name = f"journal{of}-{ledger.lower().replace(chr(39), '').replace(' ', '-')}"
    file = download(request, name, lambda: [journal(asked)])
    if file:
        return file
    table = listing(
        request, journal_entries.entries(asked), columns(scope), sort="-number", then=["entity__code"],
        caption="Journal entries", row_link=lambda row: scope.link(reverse("journal-entry", args=[row["id"]])),
        empty="No entry matches.", next_step="Entries are posted when a month is closed.",
    )  # fmt: skip
    figures = _totals(journal_entries.totals(asked))
    context = {
        "page_title": "Journal",
        "filters": filters,
        "table": table,
        "figures": figures,
        "ledger": ledger,
    }
    return render(request, "reports/journal.html", context)


def _totals(rows: list[dict]) -> list[dict]:
    """At most five; the debits of a currency are its credits, which the database holds."""
    shown = rows if len(rows) <= MOST_FIGURES else rows[: MOST_FIGURES - 1]
    figures = [
        {"label": "Debit, and as much credit", "value": amount(row["debit_amount"], row["currency"]),
         "unit": row["currency"]}
        for row in shown
    ]  # fmt: skip
    if len(shown) < len(rows):
        figures.append(
            {"label": "In further currencies", "value": len(rows) - len(shown), "unit": "not shown"}
        )
    return figures


@page
def entry_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    scope = request.book
    found = journal_entries.entry(pk, entity_ids=scope.all_ids, known_at=scope.known_at)
    if not found:
        raise Http404("There is no such entry, or it belongs to an entity that you do not see.")
    lines = list(journal_entries.lines_of([pk]).values())
    places, currency = exponent(found["currency"]), found["currency"]
    table = Table(
        [
            Column("account_code", "Account"),
            Column("account_name", "Name"),
            Column("account_role", "For", "label"),
            Column("debit_amount", "Debit", "amount", places=places, unit=currency, total=True),
            Column("credit_amount", "Credit", "amount", places=places, unit=currency, total=True),
        ],
        lines,
        caption=f"Lines of entry {found['number']}",
        short=True,
    )
    proposed = reversals.newest_of(pk)
    waits = proposed is not None and proposed["approval__decision"] is None
    may_reverse = (
        not found["reversal_of_id"] and not found["reversed_by_id"] and not waits
        and scope.may_write and scope.may_prepare_at(found["entity_id"])
    )  # fmt: skip
    context = {
        "page_title": f"Entry {found['entity_code']} {found['number']}",
        "entry": found,
        "terms": _terms(scope, found),
        "table": table,
        "measured_href": measured_href(scope, found),
        "form": ReversalForm() if may_reverse else None,
        "proposed": proposed,
        "waits": waits,
        "events": events_table(journal_entries.change_log(pk, scope.known_at)),
    }
    return render(request, "reports/journal_entry.html", context)


def _terms(scope: Scope, row: dict) -> list[tuple[str, object]]:
    address = scope.link(reverse("relationship", args=[row["relationship_id"]]))
    found: list[tuple[str, object]] = [
        ("Dated", formats.day(row["entry_date"])),
        ("Period", f"{row['period_start']:%Y-%m}"),
        ("Relationship", formats.format_html('<a href="{}">{}</a>', address, row["relationship_code"])),
        ("Framework", words.label(row["framework"])),
        ("Rule", words.label(row["rule"])),
        ("Paragraph", row["paragraph"]),
        ("Description", row["description"]),
        ("Posted (UTC)", formats.moment(row["recorded_at"])),
        ("By", row["actor"] or "the system"),
    ]
    for words_of, key in (("Takes back entry", "reversal_of"), ("Taken back by entry", "reversed_by")):
        if row[f"{key}_id"]:
            found.append((words_of, _entry_link(scope, row[f"{key}_id"], row[f"{key}_number"])))
    if row["run_id"]:
        run = scope.link(reverse("run", args=[row["run_id"]]))
        found.append(("Measured by", formats.format_html('<a href="{}">run {}</a>', run, row["run_id"])))
    return found
