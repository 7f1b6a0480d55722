"""Page of the waterfall: what became of the open exposures between two snapshots, in parts that sum exactly."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from exposures.enums import ExposureKind
from exposures.queries import exposure_pages, record_pages
from exposures.queries.waterfall import snapshots
from exposures.queries.waterfall_parts import SLUGS, WORDS, by_month, by_risk, chosen, parts_of
from exposures.web import waterfall_tables
from treasury.kernel.dates import moment_or_utc
from treasury.web import formats
from treasury.web.charts.render import draw
from treasury.web.charts.waterfall import waterfall
from treasury.web.filters import Filters, choice, codes
from treasury.web.forms import DayField
from treasury.web.page import page
from treasury.web.scope import FIRST_DAY, LAST_DAY

MONTH_BACK = 31
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class WaterfallFilters(Filters):
    since = DayField(label="From the end of", required=False)
    until = DayField(label="to the end of", required=False)
    since_known = forms.CharField(
        label="the first as known at (UTC)", required=False, max_length=30,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )  # fmt: skip
    risk = choice("Risk")
    kind = choice("Kind", codes(ExposureKind.values))
    months = forms.CharField(
        label="Expected in",
        required=False,
        max_length=16,
        widget=forms.TextInput(attrs={"placeholder": "2027-01 2027-03"}),
    )
    part = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


@page
def waterfall_page(request: HttpRequest) -> HttpResponse:
    scope = request.book  # type: ignore[attr-defined]
    risks = record_pages.risks()
    filters = WaterfallFilters(request, risk=codes([row["code"] for row in risks]))
    until = day_of(filters, "until") or scope.on
    since = day_of(filters, "since") or until - timedelta(days=MONTH_BACK)
    since_known = _moment(filters.value("since_known")) or end_of(since)
    known = scope.known_at or max(timezone.now(), end_of(until))
    context: dict[str, Any] = {
        "page_title": "What changed in the exposures", "filters": filters, "since": since, "until": until,
        "since_known": since_known, "ranges": _ranges(until),
    }  # fmt: skip
    if since >= until:
        context["note"] = (
            f"The first day, {since}, is not before the last one, {until}: choose an earlier one."
        )
        return render(request, "exposures/waterfall.html", context)
    found = chosen(
        snapshots(
            entity_ids=scope.entity_ids,
            since=since,
            since_known_at=since_known,
            until=until,
            until_known_at=known,
        ),
        kinds=[filters.value("kind")] if filters.value("kind") else [],
        months=months_of(filters.value("months")),
    )
    rows = by_risk(found, {row["id"]: row for row in risks})
    risk = _risk(filters.value("risk"), rows, risks)
    context["risks"] = waterfall_tables.risks(request, rows)
    if risk:
        parts = parts_of(found, risk)
        context |= {
            "risk": risk, "parts": waterfall_tables.parts(request, parts, risk["base_unit_id"]),
            "months": waterfall_tables.months(by_month(found, risk), risk["base_unit_id"]),
            "picture": _picture(parts, risk, since, until),
            "drill": _drill(request, found, risk, filters.value("part")),
        }  # fmt: skip
    return render(request, "exposures/waterfall.html", context)


def day_of(filters: Filters, name: str) -> date | None:
    """The day of a filter, if the calendar of the book has it."""
    found: date | None = filters.cleaned_data.get(name)
    return found if found and FIRST_DAY <= found <= LAST_DAY else None


def end_of(day: date) -> datetime:
    """The last moment of a day: what was known by then."""
    return datetime.combine(day, time.max, tzinfo=UTC)


def months_of(text: str) -> tuple[int | None, int | None]:
    """`2027-01` or `2027-01 2027-03` as months from year 0; anything else asks for none."""
    found = []
    for word in text.split()[:2]:
        try:
            day = date.fromisoformat(f"{word}-01")
        except ValueError:
            return None, None
        found.append(day.year * 12 + day.month - 1)
    return (found[0], found[-1]) if found else (None, None)


def _moment(text: str) -> datetime | None:
    try:
        return moment_or_utc(text) if text else None
    except ValueError:
        return None


def _ranges(until: date) -> list[tuple[str, date]]:
    first = until.replace(day=1)
    quarter = date(until.year, (until.month - 1) // 3 * 3 + 1, 1)
    day = timedelta(days=1)
    return [
        ("a day", until - day), ("a week", until - 7 * day), ("the month", first - day), ("the quarter", quarter - day),
        ("the year", date(until.year, 1, 1) - day),
    ]  # fmt: skip


def _risk(code: str, rows: list[dict], risks: list[dict]) -> dict | None:
    """The one that is asked for, or the only one that has something to show."""
    wanted = code or (rows[0]["risk"] if len(rows) == 1 else "")
    return next((row for row in risks if row["code"] == wanted), None)


def _picture(parts: list[dict], risk: dict, since: date, until: date) -> Any:
    top = max((max(abs(row["start"]), abs(row["end"])) for row in parts), default=0)
    scale, unit = (1_000_000, "m") if top >= 1_000_000 else (1, "")
    ends = (parts[0]["part"], parts[-1]["part"])
    steps = [
        {
            "name": row["name"], "start": float(row["start"] / scale), "end": float(row["end"] / scale),
            "amount": float(row["amount"] / scale), "whole": row["part"] in ends,
            "top": float(max(row["start"], row["end"]) / scale), "label": formats.short(row["amount"]),
        }
        for row in parts
        if row["amount"] or row["part"] in ends
    ]  # fmt: skip
    if not any(step["amount"] for step in steps):
        return None
    name = f"{risk['code']}: open exposure from {since} to {until}"
    return draw(
        waterfall(steps, unit=f"{risk['base_unit_id']} {unit}".strip(), name=name),
        words="The two ends stand on zero; each step begins where the one before it ended.",
    )


def _drill(request: HttpRequest, found: Any, risk: dict, slug: str) -> dict | None:
    part = SLUGS.get(slug)
    if part is None:
        return None
    everything = found.of_part(found.risk == risk["id"], part)
    page_of = Paginator(everything, 50).get_page(request.GET.get("page"))

    def detailed(pairs: Any) -> list[dict]:
        return waterfall_tables.detailed(pairs, exposure_pages.named, risk["base_unit_id"])

    table = waterfall_tables.exposures_of(
        request, detailed(page_of.object_list), caption=f"{WORDS[part][0]}: {risk['code']}", page=page_of,
        every=lambda: iter(detailed(everything)), unit=risk["base_unit_id"],
        link=lambda row: request.book.link(reverse("exposure", args=[row["id"]])),  # type: ignore[attr-defined]
    )  # fmt: skip
    return {"name": WORDS[part][0], "table": table}
