"""One thing of each resource that the desk writes to, of the office's entity."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.factories import book, clock, night
from tests.hedges.api.desk.trading import NOW, policy, recorded
from tests.hedges.api.workflow.office import Office


def outside_its_band(office: Office) -> dict[str, Any]:
    """A published night with one bucket below the band, and the body that asks to bring it in."""
    below = night.bucket(
        office.entity, book.risk(), lower_ratio=0.7, target_ratio=0.8, upper_ratio=0.9, flags=["UNDER_HEDGED"]
    )
    with clock.at(
        timezone.now() + timedelta(minutes=1)
    ):  # the factory's runs are known by the clock on the wall
        run = night.published([below])
    return {"entity": office.entity.code, "risk": "USDEUR", "seen_run": run.pk}


def keys_of(office: Office) -> dict[str, Any]:
    """By the first part of the address."""
    trade = recorded(office)
    event = office.done(
        "treasurer", f"instruments/{trade}/unwind/", {"event_date": str(NOW), "rate": "0.9", "reason": "x"}
    )
    waiting = book.forward(of=office.entity, approve=False)
    proposal = office.done("treasurer", "proposals/into-band/", outside_its_band(office))
    view = office.done(
        "treasurer",
        "saved-views/keep/",
        {"name": "Ours", "path": "/instruments/", "shared_with": office.entity.code},
    )
    return {
        "instruments": trade, "instrument-events": event["id"], "instrument-versions": waiting.pk,
        "policy-versions": office.done("treasurer", "policies/record/", policy(office))["id"],
        "proposal-lines": proposal["lines"][0]["id"], "runs": proposal["run_id"], "saved-views": view["id"],
    }  # fmt: skip
