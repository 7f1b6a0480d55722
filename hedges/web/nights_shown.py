"""Which nights a history shows: those since a day in the address, a year of them where it has none."""

from __future__ import annotations

from datetime import date, timedelta

from treasury.queries import policies
from treasury.web.filters import Filters, day
from treasury.web.scope import Scope

USUAL = timedelta(days=366)


class Nights(Filters):
    since = day("Nights since")


def since(filters: Filters, scope: Scope) -> date:
    """The first night of the history; it stands in the form too, so that what is shown is said."""
    found = filters.cleaned_data.get("since") or scope.on - USUAL
    filters.data = filters.data.copy()
    filters.data["since"] = found.isoformat()
    return found


def policy_changes(scope: Scope, entity_id: int, risk_id: int, first: date) -> list[dict]:
    return policies.changes(entity_id, risk_id, since=first, until=scope.on, known_at=scope.known_at)
