"""Pages of the exposures: the list, and one exposure with its story."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from exposures.enums import ExposureKind, ExposureStatus
from exposures.queries import exposure_pages
from exposures.web.verbs import actions
from treasury.enums import Decision
from treasury.queries import version_pages
from treasury.web import formats, words
from treasury.web.filters import SHOW, Filters, choice, codes, standing
from treasury.web.page import page
from treasury.web.scope import not_known_then
from treasury.web.story import AWAITING, awaits, changed_terms, events_table, versions_table
from treasury.web.tables import Column, listing
from treasury.web.when_counted import not_in_run


class ExposureFilters(Filters):
    q = forms.CharField(label="Reference", required=False)
    risk = choice("Risk")
    kind = choice("Kind", codes(ExposureKind.values))
    status = standing(
        "Status",
        [ExposureStatus.OPEN.value, exposure_pages.PAST_ITS_DATE, *ExposureStatus.values[1:]],
        ExposureStatus.OPEN,
    )
    show = choice("Show", SHOW, everything="")

    def lookups(self) -> dict[str, object]:
        asked = {
            "exposure__external_reference__icontains": self.value("q"),
            "risk__code": self.value("risk"),
            "kind": self.value("kind"),
            "stage": self.status(ExposureStatus.OPEN),
        }
        return {name: value for name, value in asked.items() if value}


def columns(scope, *, one_risk: bool) -> list[Column]:
    return [
        Column(
            "reference",
            "Exposure",
            sort="exposure__external_reference",
            link=lambda row: scope.link(reverse("exposure", args=[row["exposure_id"]])),
        ),
        Column("entity_code", "Entity", sort="entity__code"),
        Column("risk_code", "Risk", sort="risk__code"),
        Column("kind", "Kind", "label", sort="kind"),
        Column("exposure_amount", "Amount", "amount", sort="exposure_amount", total=one_risk),
        Column("unit", "In"),
        Column("expected_date", "Expected", "day", sort="expected_date"),
        Column("certainty_ratio", "Certainty", "percent", sort="certainty_ratio"),
        Column("stage", "Status", "label", sort="stage"),
        Column(
            "decision",
            "Approval",
            sort="decision",
            sparse=True,
            cell=lambda row: formats.state(row["decision"] or "AWAITING_APPROVAL"),
        ),
        Column("version_number", "Version", "count", sort="version_number"),
    ]


@page
def exposures_page(request: HttpRequest) -> HttpResponse:
    scope = request.book
    filters = ExposureFilters(request, risk=codes(exposure_pages.risks(scope.entity_ids)))
    found = exposure_pages.exposures(
        entity_ids=scope.entity_ids, on=scope.on, known_at=scope.known_at,
        show=filters.value("show") or version_pages.IN_FORCE, filters=filters.lookups(),
    )  # fmt: skip
    shown = columns(scope, one_risk=bool(filters.value("risk")))
    table = listing(
        request, found, shown, sort="expected_date", caption=f"Exposures on {scope.on}",
        row_link=lambda row: scope.link(reverse("exposure", args=[row["exposure_id"]])),
        empty="No exposure matches.", next_step="Clear the filters, or choose another date or entity at the top.",
    )  # fmt: skip
    context = {"page_title": "Exposures", "filters": filters, "table": table, "as_of": scope.on}
    if filters.value("show") == version_pages.AWAITING:
        context["note"] = words.APPROVING
    elif past := exposure_pages.past_their_date(
        entity_ids=scope.entity_ids, on=scope.on, known_at=scope.known_at
    ):
        context["past_href"] = scope.link(reverse("exposures"), status=exposure_pages.PAST_ITS_DATE)
        context["past"] = past
    return render(request, "exposures/exposures.html", context)


@page
def exposure_page(request: HttpRequest, pk: int) -> HttpResponse:
    scope = request.book
    found = exposure_pages.exposure(pk, entity_ids=scope.all_ids)
    if not found:
        raise Http404("There is no such exposure, or it belongs to an entity that you do not see.")
    story = exposure_pages.story(pk, known_at=scope.known_at)
    if not story:
        raise Http404(not_known_then(scope, "exposure"))
    current = version_pages.in_force(story, scope.on) or story[0]
    context = {
        "page_title": f"Exposure {found['external_reference']}",
        "exposure": found,
        "current": current,
        "awaits": awaits(story, current),
        "not_counted": not_in_run(scope.run, current) if current["state"] == Decision.APPROVED else "",
        "terms": terms(found, current),
        "changed": changed_terms(story, LABELS),
        "versions": versions_table(story, [
            Column("kind", "Kind", "label"),
            Column("exposure_amount", "Amount", "amount", unit=current["exposure_currency_id"]),
            Column("expected_date", "Expected", "day"),
            Column("status", "Status", "label"),
        ]),
        "events": events_table(version_pages.events_of(story), story, LABELS),
        "relationships_href": scope.link(reverse("relationships"), exposure=pk),
        "actions": actions(scope, found, story),
        "may_compare": len(story) > 1,
    }  # fmt: skip
    return render(request, "exposures/exposure.html", context)


LABELS = {
    "risk__code": "Risk", "kind": "Kind", "status": "Status", "description": "Description", "exposure_amount": "Amount",
    "expected_date": "Expected", "window_start": "Window from", "window_end": "Window to",
    "certainty_ratio": "Certainty", "start_date": "Start", "payment_months": "Months between payments",
    "spread_rate": "Spread",
}  # fmt: skip


def terms(found: dict, row: dict) -> list[tuple[str, object]]:
    window = f"{row['window_start']} to {row['window_end']}" if row["window_start"] else None
    said = [
        ("Entity", f"{found['entity__code']} {found['entity__name']}"),
        ("Risk", row["risk__code"]),
        ("Kind", words.label(row["kind"])),
        ("Amount", f"{formats.number(row['exposure_amount'], 2)} {row['exposure_currency_id']}"),
        ("Direction", "Inflow, long" if row["exposure_amount"] > 0 else "Outflow, short"),
        ("Expected", formats.day(row["expected_date"])),
        ("Window", window),
        ("Certainty", formats.percent(row["certainty_ratio"])),
        (
            "Status",
            words.label(row["status"]) + (", once it is approved" if row["state"] == AWAITING else ""),
        ),
        ("Description", row["description"]),
        ("Start", formats.day(row["start_date"])),
        ("Months between payments", row["payment_months"]),
        ("Spread", formats.percent(row["spread_rate"], 3) if row["spread_rate"] is not None else None),
        ("Source", f"{found['source_system']} {found['external_reference']}"),
        ("Split from", found.get("split_from__external_reference")),
        ("Approval", formats.state(row["state"])),
    ]
    return [(name, value) for name, value in said if value not in (None, "")]
