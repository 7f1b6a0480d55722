"""Why a ratio moved between two published nights: parts that sum to the difference, as a picture and as a table."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hedges.domain.attribution.why_moved import Answer, End, why_moved
from hedges.queries import moved_from
from hedges.queries.bucket_content import dates
from hedges.web import bands, why_tables
from treasury.kernel.errors import HedgebookError
from treasury.kernel.money import to_minor_units
from treasury.queries import policies
from treasury.web.filters import Filters
from treasury.web.forms import DayField
from treasury.web.page import page
from treasury.web.scope import Scope


class WhyFilters(Filters):
    since = DayField(label="Since the night of", required=False)
    risk = forms.CharField(required=False, widget=forms.HiddenInput, max_length=24)
    month = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=1200)
    since_run = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**31)

    @property
    def used(self) -> bool:
        """The page is about what the hidden ones say: nothing of it is cleared."""
        return False


@page
def why_page(request: HttpRequest, entity: str) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    filters = WhyFilters(request)
    told = filters.cleaned_data
    of = next((one for one in scope.entities if one["code"] == entity), None)
    code, month = told.get("risk") or "", told.get("month")
    risk = next((one for one in policies.risks() if one["code"] == code), None) if code else None
    if of is None or (code and risk is None) or (month is not None and risk is None) or not scope.run:
        raise Http404("There is no such ratio in this run, or it belongs to an entity that you do not see.")
    risk_id = risk["id"] if risk else None
    first = _first(scope, told)
    ends = [
        run and moved_from.stored(run["id"], of["id"], risk_id=risk_id, month=month)
        for run in (first, scope.run)
    ]
    name = _name(entity, code, next((row for row in ends if row), None), month)
    context: dict[str, Any] = {
        "page_title": f"Why {name} moved", "filters": filters, "first": first, "last": scope.run,
        "back": _back(scope, entity, code, month),
    }  # fmt: skip
    context |= _split(scope, of, risk_id, first, ends, month, name)
    return render(request, "hedges/why_moved.html", context)


def _first(scope: Scope, told: dict) -> dict | None:
    assert scope.run is not None
    if told.get("since_run"):
        found = moved_from.earlier_revision(scope.run, told["since_run"])
        if found is None:
            raise Http404("There is no such night before this one. Choose a day instead.")
        return found
    return moved_from.run_before(scope.run, scope.nights, since=told.get("since"))


def _split(
    scope: Scope, of: dict, risk_id: int | None, first: dict | None, ends: list, month: int | None, name: str
) -> dict[str, Any]:
    if first is None:
        return {"note": "No earlier night is published: there is nothing to compare this one with."}
    before, after = ends
    if (
        before is None
        or after is None
        or None in (before["exposure"], after["exposure"], before["hedge_amount"])
    ):
        missing = (
            first["as_of_date"] if before is None or before["exposure"] is None else scope.run["as_of_date"]
        )  # type: ignore[index]
        return {"note": f"The night of {missing} has no amounts for this, so that there is nothing to split."}
    try:
        answer = why_moved(
            entity_id=of["id"], risk_id=risk_id, unit=after["amount_unit"],
            first=_end(first, before, month), last=_end(scope.run, after, month),  # type: ignore[arg-type]
        )  # fmt: skip
    except HedgebookError as error:
        return {"note": str(error)}
    return {
        "figures": why_tables.figures(before, after),
        "table": why_tables.parts(answer, before, after, month is not None),
        "picture": why_tables.picture(answer, before, f"{name}: covered share from one night to the other"),
        "note": _undefined(answer, before, after),
    }


def _end(run: dict, row: dict, month: int | None) -> End:
    span = (None, None) if month is None else dates(run["as_of_date"], row["month_from"], row["month_to"])
    return End(
        run_id=run["id"], as_of=run["as_of_date"], known_at=run["known_at"], span=span,
        exposure=to_minor_units(row["exposure"], row["amount_unit"]),
        hedge=to_minor_units(row["hedge_amount"], row["amount_unit"]),
    )  # fmt: skip


def _undefined(answer: Answer, before: dict, after: dict) -> str:
    if before["ratio"] is not None and after["ratio"] is not None:
        return ""
    return (
        "Without an exposure there is no ratio at one of the ends: the table says what moved the amounts,"
        " and parts of a ratio only from where there is one."
    )


def _name(entity: str, risk: str, row: dict | None, month: int | None) -> str:
    if month is None:
        return f"{entity} {risk}".strip()
    return f"{entity} {risk}, {bands.bucket_name(month, row['month_to'] if row else None)}"


def _back(scope: Scope, entity: str, risk: str, month: int | None) -> str:
    if month is not None:
        return scope.link(reverse("position-cell", args=[entity, risk, month]))
    return (
        scope.link(reverse("horizon"), book=f"{entity}:{risk}") if risk else scope.link(reverse("position"))
    )
