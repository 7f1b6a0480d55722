"""Pages of the hedge relationships: the list, and one relationship with memo, allocations and criteria."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hedges.enums import EffectivenessStatus, HedgeType
from hedges.queries import relationship_pages
from hedges.web import relationship_sections, relationship_terms
from hedges.web.how import How, how
from treasury.queries import version_pages
from treasury.web import formats
from treasury.web.filters import SHOW, Filters, choice, codes
from treasury.web.page import page
from treasury.web.scope import not_known_then
from treasury.web.story import awaits, changed_terms, events_table, versions_table
from treasury.web.tables import Column, is_sorted_by, listing


class RelationshipFilters(Filters):
    q = forms.CharField(label="Code", required=False)
    risk = choice("Risk")
    hedge_type = choice("Hedge of", codes(HedgeType.values))
    effectiveness = choice("Effectiveness", codes(EffectivenessStatus.values))
    show = choice("Show", SHOW, everything="")
    exposure = forms.IntegerField(required=False, widget=forms.HiddenInput)
    instrument = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def lookups(self, run: dict | None) -> dict[str, object]:
        asked: dict[str, object] = {
            "relationship__code__icontains": self.value("q"),
            "risk__code": self.value("risk"),
            "hedge_type": self.value("hedge_type"),
        }
        found = {name: value for name, value in asked.items() if value}
        within = []
        if self.value("effectiveness") and run:
            within.append(relationship_pages.with_status(run["id"], self.value("effectiveness")))
        if self.value("exposure"):
            within.append(relationship_pages.of_exposure(int(self.value("exposure"))))
        if self.value("instrument"):
            within.append(relationship_pages.of_instrument(int(self.value("instrument"))))
        if within:
            found["relationship_id__in"] = within[0]
        for more in within[1:]:
            found["relationship__in"] = more
        return found


def columns(scope, *, in_force: bool) -> list[Column]:
    """What counts is approved; only elsewhere an approval says something."""
    return [
        Column(
            "code",
            "Relationship",
            sort="relationship__code",
            link=lambda row: scope.link(reverse("relationship", args=[row["relationship_id"]])),
        ),
        Column("effectiveness_status", "Effectiveness", "state", sort="status_now", sparse=True),
        Column("entity_code", "Entity", sort="entity__code"),
        Column("risk_code", "Risk", sort="risk__code"),
        Column("hedge_type", "Hedge of", "label", sort="hedge_type"),
        Column("framework", "Under", "label", sort="framework"),
        Column("designated_component", "Designated", "label", optional=True),
        Column(
            "designated_hedge_ratio",
            "Hedge ratio",
            "unit_ratio",
            sort="designated_hedge_ratio",
            optional=True,
        ),
        Column("designation_date", "Since", "day", sort="designation_date"),
        Column("hedge_end_date", "Until", "day", sort="hedge_end_date"),
        Column(
            "economic_relationship_status", "Economic relationship", "state", sort="status_now", sparse=True
        ),
        Column("credit_risk_status", "Credit risk", "state", sort="status_now", sparse=True),
        Column("hedge_ratio_status", "Ratio", "state", sort="status_now", sparse=True),
        Column("status", "Status", "label", sort="status"),
        Column(
            "decision",
            "Approval",
            sort="decision",
            sparse=True,
            cell=lambda row: formats.state(row["decision"] or "AWAITING_APPROVAL"),
            optional=in_force,
        ),
    ]


def _with_statuses(rows: list[dict], run_id: int | None) -> None:
    statuses = relationship_pages.statuses(run_id, [row["relationship_id"] for row in rows])
    untested = dict.fromkeys(relationship_pages.STATUSES, "NOT_TESTED")
    for row in rows:
        row.update(untested | statuses.get(row["relationship_id"], {}))


@page
def relationships_page(request: HttpRequest) -> HttpResponse:
    scope = request.book
    filters = RelationshipFilters(request, risk=codes(relationship_pages.risks(scope.entity_ids)))
    show = filters.value("show") or version_pages.IN_FORCE
    found = relationship_pages.relationships(
        entity_ids=scope.entity_ids, on=scope.on, known_at=scope.known_at,
        show=show, filters=filters.lookups(scope.run),
    )  # fmt: skip
    shown = columns(scope, in_force=show == version_pages.IN_FORCE)
    run_id = scope.run["id"] if scope.run else None
    if is_sorted_by(request, *relationship_pages.STATUSES):
        found = relationship_pages.by_status(found, run_id, request.GET["sort"].lstrip("-"))
    table = listing(
        request, found, shown, sort="code", enrich=lambda rows: _with_statuses(rows, run_id),
        caption=f"Hedge relationships on {scope.on}",
        row_link=lambda row: scope.link(reverse("relationship", args=[row["relationship_id"]])),
        empty="No relationship matches.", next_step="Clear the filters, or choose another date or entity at the top.",
    )  # fmt: skip
    context = {"page_title": "Hedge relationships", "filters": filters, "table": table, "as_of": scope.on}
    if scope.may_write:
        context["tool"] = {
            "href": scope.link(reverse("relationship-designate")),
            "words": "Designate a hedge",
        }
    return render(request, "treasury/list.html", context)


@page
def relationship_page(request: HttpRequest, pk: int) -> HttpResponse:
    scope = request.book
    found = relationship_pages.relationship(pk, entity_ids=scope.all_ids)
    if not found:
        raise Http404("There is no such relationship, or it belongs to an entity that you do not see.")
    story = relationship_pages.story(pk, known_at=scope.known_at)
    if not story:
        raise Http404(not_known_then(scope, "relationship"))
    current = version_pages.in_force(story, scope.on) or story[0]
    items = relationship_pages.items(pk, known_at=scope.known_at)
    instruments = relationship_pages.instruments(pk, known_at=scope.known_at)
    run_id = scope.run["id"] if scope.run else None
    statuses = relationship_pages.statuses(run_id, [pk]).get(pk)

    def of_criterion(row: dict) -> How:
        return how(scope, "effectiveness-criteria", pk, row["criterion"])

    context = {
        "page_title": f"Relationship {found['code']}",
        "relationship": found,
        "current": current,
        "awaits": awaits(story, current, "A second person decides on it."),
        "figures": relationship_terms.figures(current, statuses),
        "memo": relationship_terms.memo(found, current),
        "side_by_side": relationship_terms.side_by_side(scope.on, items, instruments),
        "items": relationship_terms.allocated(scope, items, "Hedged items", "exposure"),
        "instruments": relationship_terms.allocated(scope, instruments, "Hedging instruments", "instrument"),
        "criteria": relationship_terms.criteria(relationship_pages.criteria(run_id, pk), of_criterion),
        "reasons": statuses["reasons"] if statuses else [],
        "changed": changed_terms(story, relationship_terms.LABELS),
        "versions": versions_table(story, [
            Column("status", "Status", "label"),
            Column("designated_hedge_ratio", "Hedge ratio", "unit_ratio"),
            Column("hedge_end_date", "Until", "day"),
        ]),
        "events": events_table(version_pages.events_of(story), story, relationship_terms.LABELS),
        "effectiveness_href": scope.link(reverse("effectiveness-of", args=[pk])) if statuses else "",
    }  # fmt: skip
    if scope.known_at is None:  # what a relationship's accounting is now says nothing of what was known then
        context |= relationship_sections.accounting(
            scope, found, current, story, statuses, request.user.username
        )
    return render(request, "hedges/relationship.html", context)
