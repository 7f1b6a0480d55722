"""Pages of the hedging instruments: the list, and one instrument with its terms, value and story."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hedges.enums import InstrumentKind, InstrumentStatus
from hedges.queries import instrument_pages
from hedges.web import instrument_terms
from hedges.web.how import how
from treasury.queries import version_pages
from treasury.web import formats, words
from treasury.web.exports import csv_file
from treasury.web.filters import SHOW, Filters, choice, codes, standing
from treasury.web.page import page
from treasury.web.scope import not_known_then
from treasury.web.story import awaits, changed_terms, events_table, versions_table
from treasury.web.tables import Column, listing


class InstrumentFilters(Filters):
    q = forms.CharField(label="Reference", required=False)
    risk = choice("Risk")
    kind = choice("Kind", codes(InstrumentKind.values))
    status = standing("Status", InstrumentStatus.values, InstrumentStatus.LIVE)
    show = choice("Show", SHOW, everything="")

    def lookups(self) -> dict[str, object]:
        asked = {
            "instrument__external_reference__icontains": self.value("q"),
            "risk__code": self.value("risk"),
            "kind": self.value("kind"),
            "status": self.status(InstrumentStatus.LIVE),
        }
        return {name: value for name, value in asked.items() if value}


def columns(scope, *, one_risk: bool) -> list[Column]:
    return [
        Column(
            "reference",
            "Instrument",
            sort="instrument__external_reference",
            link=lambda row: scope.link(reverse("instrument", args=[row["instrument_id"]])),
        ),
        Column("entity_code", "Entity", sort="entity__code"),
        Column("kind", "Kind", "label", sort="kind"),
        Column("risk_code", "Risk", sort="risk__code"),
        Column("notional_amount", "Notional", "amount", sort="notional_amount", total=one_risk),
        Column("unit", "In"),
        Column("strike_rate", "Rate", "rate", sort="strike_rate"),
        Column("trade_date", "Traded", "day", sort="trade_date"),
        Column("settlement_date", "Settles", "day", sort="settlement_date"),
        Column("counterparty_code", "With", sort="counterparty__code"),
        Column("fair_value", "Fair value", "amount", cell=_value),
        Column("currency", "In"),
        Column("status", "Status", "label", sort="status"),
        Column(
            "decision", "Approval", cell=lambda row: formats.state(row["decision"] or "AWAITING_APPROVAL")
        ),
    ]


def _value(row: dict) -> object:
    if row.get("fair_value") is not None:
        return formats.number(row["fair_value"])
    return formats.why(row["reasons"][0]) if row.get("reasons") else ""


@page
def instruments_page(request: HttpRequest) -> HttpResponse:
    scope = request.book
    filters = InstrumentFilters(request, risk=codes(instrument_pages.risks(scope.entity_ids)))
    found = instrument_pages.instruments(
        entity_ids=scope.entity_ids, on=scope.on, known_at=scope.known_at,
        show=filters.value("show") or version_pages.IN_FORCE, filters=filters.lookups(),
    )  # fmt: skip
    shown = columns(scope, one_risk=bool(filters.value("risk")))
    if request.GET.get("format") == "csv":
        book_columns = [column for column in shown if column.key not in ("fair_value", "currency")]
        return csv_file("instruments", book_columns, found.order_by("settlement_date", "pk").iterator())
    table = listing(
        request, found, shown, sort="settlement_date", csv=True, caption=f"Hedging instruments on {scope.on}",
        row_link=lambda row: scope.link(reverse("instrument", args=[row["instrument_id"]])),
        empty="No instrument matches.", next_step="Clear the filters, or choose another date or entity at the top.",
    )  # fmt: skip
    run_id = scope.run["id"] if scope.run else None
    values = instrument_pages.values(run_id, [row["instrument_id"] for row in table.rows])
    for row in table.rows:
        value = values.get(row["instrument_id"], {})
        row["fair_value"], row["currency"] = (
            value.get("fair_value_functional"),
            value.get("functional_currency"),
        )
        row["reasons"] = value.get("reasons")
    context = {"page_title": "Instruments", "filters": filters, "table": table, "as_of": scope.on}
    if filters.value("show") == version_pages.AWAITING:
        context["note"] = f"{words.APPROVING} {words.DESK}"
    return render(request, "treasury/list.html", context)


@page
def instrument_page(request: HttpRequest, pk: int) -> HttpResponse:
    scope = request.book
    found = instrument_pages.instrument(pk, entity_ids=scope.all_ids)
    if not found:
        raise Http404("There is no such instrument, or it belongs to an entity that you do not see.")
    story = instrument_pages.story(pk, known_at=scope.known_at)
    if not story:
        raise Http404(not_known_then(scope, "instrument"))
    current = version_pages.in_force(story, scope.on) or story[0]
    value = instrument_pages.valuation(scope.run["id"] if scope.run else None, pk)
    explained = how(scope, "valuations", pk)
    offset = found["offset_exposure_id"]
    context = {
        "page_title": f"{instrument_terms.kind_words(current)} {found['external_reference']}",
        "instrument": found,
        "current": current,
        "awaits": awaits(story, current),
        "terms": instrument_terms.terms(found, current),
        "value": value,
        "components": instrument_terms.components(value, explained) if value else None,
        "market": instrument_terms.market(value, explained) if value else [],
        "changed": changed_terms(story, instrument_terms.LABELS),
        "versions": versions_table(story, [
            Column("notional_amount", "Notional", "amount", unit=current["notional_currency_id"]),
            Column("strike_rate", "Rate", "rate"),
            Column("settlement_date", "Settles", "day"),
            Column("status", "Status", "label"),
        ]),
        "events": events_table(version_pages.events_of(story)),
        "relationships_href": scope.link(reverse("relationships"), instrument=pk),
        "offset_href": scope.link(reverse("exposure", args=[offset])) if offset else "",
    }  # fmt: skip
    return render(request, "hedges/instrument.html", context)
