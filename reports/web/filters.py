"""Filters of the reports: months from and to, framework, and what a page adds."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import HttpRequest

from reports.queries.span import Span, last_closed, month_of
from treasury.enums import AccountingFramework
from treasury.kernel import dates
from treasury.web.filters import Filters, choice, codes
from treasury.web.scope import FIRST_DAY, LAST_DAY, Scope


class MonthField(forms.Field):
    """A month as 2026-09; its value is its first day. What is no month counts as none."""

    widget = forms.TextInput(attrs={"type": "month", "placeholder": "2026-09"})

    def clean(self, value: object) -> date | None:
        try:
            found = dates.day(f"{str(value or '').strip()}-01")
        except ValueError:
            return None
        return found if FIRST_DAY <= found <= LAST_DAY else None


class SpanFilters(Filters):
    """The months that a page is about stand in the form also where the address does not name them."""

    first = MonthField(label="From month", required=False)
    last = MonthField(label="To month", required=False)
    framework = choice("Framework", codes(AccountingFramework.values))

    def __init__(self, request: HttpRequest, **options: list[tuple[str, str]]) -> None:
        super().__init__(request, **options)
        self.scope: Scope = request.book  # type: ignore[attr-defined]
        self.data = self.data.copy()

    def months(self, *, from_january: bool = False) -> tuple[date, date]:
        """As asked; else up to the last closed month, from January of its year or that month alone."""
        last = self.cleaned_data.get("last") or self._usual()
        usual = last.replace(month=1) if from_january else last
        first = min(self.cleaned_data.get("first") or usual, last)
        self.data["first"], self.data["last"] = f"{first:%Y-%m}", f"{last:%Y-%m}"
        return first, last

    def span(
        self, entity_ids: list[int], *, from_january: bool = False, framework: str | None = None
    ) -> Span:
        first, last = self.months(from_january=from_january)
        chosen = self.value("framework") if framework is None else framework
        return Span(entity_ids, first, last, chosen, self.scope.known_at)

    def _usual(self) -> date:
        if self.scope.as_of:
            return month_of(self.scope.as_of)
        return last_closed(self.scope.entity_ids) or month_of(self.scope.on)
