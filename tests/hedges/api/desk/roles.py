"""Who may do what on the desk: each write of the API with the roles that do it, at the entity of the thing."""

from collections.abc import Callable
from typing import Any

from tests.hedges.api.desk.trading import forward, policy
from tests.hedges.api.workflow.office import Office
from treasury.enums import Role
from treasury.queries.access import DECIDERS, PREPARERS, WRITERS

PREPARE, DECIDE = {str(one) for one in PREPARERS}, {str(one) for one in DECIDERS}
WRITE, EVERYBODY = {str(one) for one in WRITERS}, {str(one) for one in Role}
_VERBS = ("amend", "settle-part", "unwind", "roll", "novate", "exercise", "lapse", "fix", "end", "cancel")
#: By the shape of the address in the resolver.
TABLE: dict[str, set[str]] = {
    "instruments/bulk/": PREPARE,
    "instruments/record/": PREPARE,
    "instruments/record/preview/": PREPARE,
    **{f"instruments/<key:key>/{verb}/": PREPARE for verb in _VERBS},
    **{f"instruments/<key:key>/{verb}/preview/": PREPARE for verb in _VERBS},
    "instrument-events/<key:key>/reverse/": PREPARE,
    "instrument-events/<key:key>/reverse/preview/": PREPARE,
    "instrument-events/record-margin/": PREPARE,
    "instrument-events/record-margin/preview/": PREPARE,
    "awaiting/decide/": DECIDE,
    "instrument-versions/<key:key>/approve/": DECIDE,
    "instrument-versions/<key:key>/reject/": DECIDE,
    "policies/record/": PREPARE,
    "policies/record/preview/": PREPARE,
    "policy-versions/<key:key>/approve/": DECIDE,
    "policy-versions/<key:key>/reject/": DECIDE,
    "proposals/into-band/": PREPARE,
    "proposals/into-band/preview/": PREPARE,
    "proposal-lines/<key:key>/dismiss/": PREPARE,
    "strategies/save/": PREPARE,
    "trade-drafts/keep/": WRITE,
    "trade-drafts/discard/": WRITE,
    "runs/start/": WRITE,
    "runs/<key:key>/cancel/": WRITE,
    "runs/<key:key>/retry/": WRITE,
    "saved-views/keep/": EVERYBODY,
    "saved-views/<key:key>/delete/": EVERYBODY,
}

#: What belongs to no entity.
ANYWHERE = {"runs/<key:key>/cancel/", "runs/<key:key>/retry/", "saved-views/<key:key>/delete/"}
#: The entity stands in the body: one that is complete.
IN_BODY: dict[str, Callable[[Office], dict[str, Any]]] = {
    "instruments/record/": forward,
    "instruments/record/preview/": forward,
    "policies/record/": policy,
    "policies/record/preview/": lambda office: {
        name: policy(office)[name] for name in ("entity", "risk", "bands")
    },
    "proposals/into-band/": lambda office: {"entity": office.entity.code, "risk": "USDEUR", "seen_run": 1},
    "proposals/into-band/preview/": lambda office: {"entity": office.entity.code, "risk": "USDEUR"},
    "strategies/save/": lambda office: {
        "tool": "programme",
        "title": "x",
        "entity": office.entity.code,
        "seen_run": 1,
    },
    "instrument-events/record-margin/": lambda office: {"entity": office.entity.code},
    "instrument-events/record-margin/preview/": lambda office: {"entity": office.entity.code},
}
