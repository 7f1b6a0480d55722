"""Filters of the list of imports."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django import forms
from django.db.models import Q

from exposures.enums import ImportStatus
from treasury.web.filters import Filters, choice, codes, day


class ImportFilters(Filters):
    q = forms.CharField(label="File or source", required=False)
    status = choice("State", codes(ImportStatus.values))
    since = day("Received from")

    def lookups(self) -> Q:
        found = Q()
        if word := self.value("q"):
            found &= Q(file_name__icontains=word) | Q(source_system__icontains=word)
        if status := self.value("status"):
            found &= Q(status=status)
        if first := self.cleaned_data.get("since"):
            found &= Q(recorded_at__gte=datetime.combine(first, time.min, UTC))
        return found
