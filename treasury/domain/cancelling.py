"""Cancelling a run that somebody asked for by mistake: what it has computed so far is never published.

The same conditional UPDATE that fails a run ends it, so that a run is either cancelled or published and never both. A
worker that is in the middle of a shard finds nothing to claim after it.
"""

from __future__ import annotations

from typing import Any

from treasury.domain import audit, runs
from treasury.domain.refusals import Refusal, as_refusal
from treasury.enums import RunKind
from treasury.models import CalculationRun
from treasury.queries import access

CANCELLED = "Cancelled by"


def cancel(*, run: CalculationRun, actor: Any, reason: str = "") -> None:
    """Raises Refusal where the run has ended, or where the person may not ask for such a run either."""
    if not may_cancel(run, actor):
        raise Refusal("Your role does not start such a run, so it does not cancel one either.")
    said = f"{CANCELLED} {actor.username}" + (f": {reason}" if reason else "")
    with as_refusal(), audit.action("treasury.run.cancelled", actor=actor, subject=run, reason=reason):
        if not runs.fail(run_id=run.pk, reason=said):
            raise Refusal("This run has ended already, so there is nothing to cancel.")


def may_cancel(run: CalculationRun, actor: Any) -> bool:
    if run.kind == RunKind.NIGHTLY:
        return access.may_write(actor)
    entity = access.visible_entities(actor).filter(code=run.scope).first()
    return entity is not None and access.has_role_at(actor, entity.pk, access.PREPARERS)
