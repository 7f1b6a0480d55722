"""Recording a proposed change: version n + 1 of the relationship with what it will put in force and what it does."""

import copy
from typing import Any

from hedges.domain.changes import effect
from hedges.domain.changes.standing import Standing
from hedges.domain.changes.volumes import Volumes, from_date_on, of
from hedges.domain.entitled import prepares
from hedges.enums import ChangeCause, ChangeKind, RelationshipStatus
from hedges.models import HedgeRelationshipVersion
from treasury.domain import audit
from treasury.domain.refusals import Refusal, as_refusal
from treasury.domain.versions import as_recorded
from treasury.kernel.hashing import digest


def draft(
    at: Standing, *, kind: ChangeKind, cause: ChangeCause, plan: Volumes, reason: str, **changed: Any
) -> HedgeRelationshipVersion:
    """The unsaved version with its effect. Raises Refusal without a reason, or where nothing would change."""
    if not reason.strip():
        raise Refusal(f"{at.code}: give the reason of the change; it is part of the documentation.")
    before = of(from_date_on(at.layers, at.from_date))
    if plan == before:
        raise Refusal(f"{at.code}: the volumes would stay as they are; there is nothing to change.")
    version = copy.copy(at.version)
    version._state = copy.copy(version._state)
    version._state.adding, version._state.fields_cache = True, {}
    version.pk = None
    version.version_number = at.newest_number + 1
    version.valid_from, version.valid_to = at.from_date, None
    version.change_kind, version.change_cause, version.change_reason = kind, cause, reason.strip()
    version.status = RelationshipStatus.DISCONTINUED if plan.is_empty else RelationshipStatus.DESIGNATED
    version.late_reason = None
    for name, value in changed.items():
        setattr(version, name, value)
    version.volumes = plan.as_json()
    version.allocations_digest = digest(version.volumes)
    version.effect = effect.of_change(at, version, before=before, after=plan)
    return version


def propose(version: HedgeRelationshipVersion, *, actor: Any) -> HedgeRelationshipVersion:
    """Records the draft; it waits for another person. Refusal: no preparer, or somebody was faster."""
    prepares(actor, version.entity_id, "proposes a change of its hedges")
    with (
        as_refusal(),
        audit.action(
            "hedges.relationship.change_proposed",
            actor=actor,
            subject=version.relationship,
            reason=version.change_reason,
        ),
    ):
        return as_recorded(HedgeRelationshipVersion.objects.bulk_create([version]))[0]
