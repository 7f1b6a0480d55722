"""Pages of the hedging instruments: the list, and one instrument with its terms, value and story."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hedges.enums import InstrumentStatus
from hedges.queries import instrument_pages
from hedges.web import counts_in, instrument_life, instrument_terms
from hedges.web.how import how
from hedges.web.instrument_filters import instrument_filters
from hedges.web.ticket_pages import may_amend, new_trade
from treasury.queries import version_pages
from treasury.web import formats, words
from treasury.web.page import page
from treasury.web.scope import not_known_then
from treasury.web.story import awaits, changed_terms, events_table, versions_table
from treasury.web.tables import Column, is_sorted_by, listing
from treasury.web.when_counted import not_in_run


def columns(scope, *, one_risk: bool, in_force: bool) -> list[Column]:
    """What counts is approved; only elsewhere an approval says something."""
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
        Column("trade_date", "Traded", "day", sort="trade_date", optional=True),
        Column("settlement_date", "Settles", "day", sort="settlement_date"),
        Column("counterparty_code", "With", sort="counterparty__code"),
        Column("fair_value", "Fair value", "amount", sort="value_now", sparse=True, cell=_value),
        Column("currency", "In"),
        Column("stage", "Status", "label", sort="stage"),
        Column(
            "decision",
            "Approval",
            sort="decision",
            sparse=True,
            cell=lambda row: formats.state(row["decision"] or "AWAITING_APPROVAL"),
            optional=in_force,
        ),
    ]


def _value(row: dict) -> object:
    if row.get("fair_value") is not None:
        return formats.number(row["fair_value"])
    return formats.why(row["reasons"][0]) if row.get("reasons") else ""


def _with_values(rows: list[dict], run_id: int | None) -> None:
    values = instrument_pages.values(run_id, [row["instrument_id"] for row in rows])
    for row in rows:
        value = values.get(row["instrument_id"], {})
        row["fair_value"], row["currency"] = (
            value.get("fair_value_functional"),
            value.get("functional_currency"),
        )
        row["reasons"] = value.get("reasons")


@page
def instruments_page(request: HttpRequest) -> HttpResponse:
    scope = request.book
    filters = instrument_filters(request, scope)
    show = filters.value("show") or version_pages.IN_FORCE
    found = instrument_pages.instruments(
        entity_ids=scope.entity_ids,
        on=scope.on,
        known_at=scope.known_at,
        show=show,
        filters=filters.lookups(),
    )
    shown = columns(scope, one_risk=bool(filters.value("risk")), in_force=show == version_pages.IN_FORCE)
    run_id = scope.run["id"] if scope.run else None
    if is_sorted_by(request, "fair_value"):
        found = instrument_pages.by_value(found, run_id)
    table = listing(
        request, found, shown, sort="settlement_date", enrich=lambda rows: _with_values(rows, run_id),
        caption=f"Hedging instruments on {scope.on}",
        row_link=lambda row: scope.link(reverse("instrument", args=[row["instrument_id"]])),
        empty="No instrument matches.", next_step="Clear the filters, or choose another date or entity at the top.",
    )  # fmt: skip
    context = {"page_title": "Instruments", "filters": filters, "table": table, "as_of": scope.on,
               "tool": new_trade(scope),
               "ladder_href": f"{reverse('instrument-ladder')}?{request.GET.urlencode()}"}  # fmt: skip
    if filters.value("show") == version_pages.AWAITING:
        context["note"] = words.APPROVING
    return render(request, "hedges/instruments.html", context)


ENDED = "It has ended: what came of it stands below, under Life."
NO_VALUE = "It was not in force on the night's date, or the night had no rate for it: its run says which."


def _place(scope, found: dict, current: dict) -> list[tuple[str, object]]:
    """Where on the position a live trade shows."""
    if current["status"] != InstrumentStatus.LIVE:
        return []
    return counts_in.shown_in(scope, found["entity_id"], current["risk__code"], current["settlement_date"])


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
    is_live = current["status"] == InstrumentStatus.LIVE
    context = {
        "page_title": f"{instrument_terms.kind_words(current)} {found['external_reference']}",
        "instrument": found,
        "current": current,
        "awaits": awaits(story, current),
        "terms": [*instrument_terms.terms(found, current), *_place(scope, found, current)],
        "why_no_value": not_in_run(scope.run, current) or (NO_VALUE if is_live else ENDED),
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
        "events": events_table(version_pages.events_of(story), story, instrument_terms.LABELS),
        "life": instrument_life.section(scope, found, current, story),
        "may_amend": may_amend(scope, found["entity_id"]),
        "relationships_href": scope.link(reverse("relationships"), instrument=pk),
        "offset_href": scope.link(reverse("exposure", args=[offset])) if offset else "",
    }  # fmt: skip
    return render(request, "hedges/instrument.html", context)
