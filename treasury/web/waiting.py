"""What waits on the shared ground: a night that failed and was not followed by a published one."""

from __future__ import annotations

from django.urls import reverse

from treasury.domain.cancelling import CANCELLED
from treasury.enums import RunStatus
from treasury.queries import published
from treasury.web.scope import Scope


def waiting(scope: Scope) -> list[dict]:
    last = published.last_run()
    failed = (
        bool(last)
        and last["status"] == RunStatus.FAILED
        and not last["status_reason"].startswith(CANCELLED)  # somebody knows of it: they did it
    )
    return [
        {
            "count": int(failed),
            "label": "failed night",
            "href": reverse("run", args=[last["id"]]) if failed else "",
        }
    ]
