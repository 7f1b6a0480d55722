"""Filters of hedging instruments, for their list and for its sums. A trade past its last day has matured by itself."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from hedges.enums import InstrumentKind, InstrumentStatus
from hedges.queries import instrument_pages
from treasury.web.filters import SHOW, Filters, choice, codes, day, standing
from treasury.web.scope import Scope

LIVE = InstrumentStatus.LIVE.value
STAGES = [LIVE, instrument_pages.MATURED, *(one for one in InstrumentStatus.values if one != LIVE)]


class InstrumentFilters(Filters):
    q = forms.CharField(label="Reference", required=False)
    risk = choice("Risk")
    kind = choice("Kind", codes(InstrumentKind.values))
    counterparty = choice("With")
    since = day("Settles from")
    until = day("Settles until")
    status = standing("Status", STAGES, LIVE)
    show = choice("Show", SHOW, everything="")

    def lookups(self) -> dict[str, object]:
        asked = {
            "instrument__external_reference__icontains": self.value("q"),
            "risk__code": self.value("risk"),
            "kind": self.value("kind"),
            "counterparty__code": self.value("counterparty"),
            "settlement_date__gte": self.value("since"),
            "settlement_date__lte": self.value("until"),
            "stage": self.status(LIVE),
        }
        return {name: value for name, value in asked.items() if value}


def instrument_filters(request: HttpRequest, scope: Scope) -> InstrumentFilters:
    return InstrumentFilters(
        request,
        risk=codes(instrument_pages.risks(scope.entity_ids)),
        counterparty=[(code, code) for code in instrument_pages.counterparties(scope.entity_ids)],
    )
