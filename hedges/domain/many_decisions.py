"""One word of a second person on several versions, each bound to the digest that was seen: all of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exposures.models import ExposureVersionApproval
from hedges.domain import relationship_approval
from hedges.models import InstrumentVersionApproval
from hedges.queries import decidable
from treasury.domain import approval
from treasury.domain.refusals import Refusal
from treasury.enums import Decision
from treasury.queries.access import DECIDERS
from treasury.queries.people import Person, person

NOT_THERE = "There is no such version, or it belongs to an entity that you do not see."
OWN = "You wrote it, or a version before it that nobody decided on; another person decides."
OVERTAKEN = "A later version stands: look at that one."
OTHER = "Its content is not what you have seen: load the page again."
APPROVALS: dict[str, Any] = {"exposure": ExposureVersionApproval, "instrument": InstrumentVersionApproval}


class RowsRefused(Refusal):
    """`rows`: what is in the way, by the version's id."""

    def __init__(self, rows: dict[int, str], names: dict[int, str]) -> None:
        self.rows, self.names = rows, names
        told = " ".join(f"{names.get(pk, pk)}: {words}" for pk, words in rows.items())
        super().__init__(f"Nothing was decided. {told}")


def decide_many(
    *, kind: str, seen: Mapping[int, str], actor: Any, decision: Decision, comment: str = ""
) -> int:
    """A second person's yes or no to each version of `seen` (its id and the digest that was shown); how many they were.

    Raises RowsRefused, which names every version that is in the way: no approver at its entity, an author of it, not
    the newest one, another content, decided meanwhile, or one that goes with others that were not chosen.
    """
    found = decidable.versions(kind, list(seen), person_id=actor.pk)
    names = {version.pk: version.name for version in found}
    who = person(actor)
    wrong = {pk: NOT_THERE for pk in seen if pk not in names}
    for version in found:
        if words := _in_the_way(version, seen[version.pk], who):
            wrong[version.pk] = words
    whole = decidable.together(kind, [version for version in found if version.pk not in wrong])
    missing = [one for one in whole if one.pk not in seen]
    for version in found:
        others = [_name(kind, one) for one in missing if one.event_id == version.event_id]
        if others and version.pk not in wrong:
            wrong[version.pk] = f"One word decides on it and on {', '.join(others)}: choose all of them."
    if wrong:
        raise RowsRefused(wrong, names)
    digests = [seen[version.pk] for version in whole]
    if kind == "relationship":
        chosen = (
            relationship_approval.approve if decision == Decision.APPROVED else relationship_approval.reject
        )
        chosen(versions=whole, actor=actor, comment=comment, digests=digests)
    else:
        approval.decide(versions=whole, approvals=APPROVALS[kind], actor=actor, decision=decision,
                        comment=comment, digests=digests)  # fmt: skip
    return len(whole)


def _in_the_way(version: Any, digest: str, who: Person) -> str:
    if version.entity_id not in who.roles_at:
        return NOT_THERE
    if not who.has_role_at(version.entity_id, *DECIDERS):
        return f"Only an approver or a hedge accountant of {version.entity_code} decides on it."
    if version.decided_name:
        return f"{version.decided_name} has decided on it already."
    if version.overtaken:
        return OVERTAKEN
    if version.content_digest != digest:
        return OTHER
    return OWN if version.is_own else ""


def _name(kind: str, version: Any) -> str:
    return str(getattr(version, kind).external_reference)
