"""What a designation or change names: the newest approved version of exposures and instruments of one's entities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from exposures.models import Exposure, ExposureVersion
from hedges.models import Instrument, InstrumentVersion
from treasury.enums import Decision
from treasury.queries import access


def exposures(user: Any, ids: Iterable[int]) -> dict[int, ExposureVersion | None]:
    """By exposure, in two queries: None where nothing is approved; what the user may not see is left out."""
    return _newest(Exposure, ExposureVersion, "exposure", user, list(ids))


def instruments(user: Any, ids: Iterable[int]) -> dict[int, InstrumentVersion | None]:
    """By instrument, likewise."""
    return _newest(Instrument, InstrumentVersion, "instrument", user, list(ids))


def unit_of(version: Any) -> str:
    """The unit of what is designated of it."""
    if isinstance(version, ExposureVersion):
        return str(version.exposure_currency_id)
    return str(version.notional_currency_id)


def _newest(identity: Any, model: Any, thing: str, user: Any, ids: list[int]) -> dict[int, Any]:
    seen = access.scoped(identity._default_manager.filter(pk__in=ids), user).values_list("pk", flat=True)
    found: dict[int, Any] = dict.fromkeys(seen)
    approved = model._default_manager.filter(**{f"{thing}_id__in": list(found)})
    approved = approved.filter(approval__decision=Decision.APPROVED).select_related(thing)
    for version in approved.order_by(f"{thing}_id", "-version_number").distinct(f"{thing}_id"):
        found[getattr(version, f"{thing}_id")] = version
    return found
