"""The second person's decision on all versions of an import at once, or of its reversal, bound to one digest.

The rules of every single version hold as well: the trigger refuses an author and a second decision. One refused version
refuses the whole; one that a later version has overtaken is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection

from exposures.domain.importing import entitled
from exposures.domain.importing.slices import Report, in_slices, unheard
from exposures.domain.importing.stopping import name as name_of
from exposures.models import Import
from exposures.queries.import_decisions import STILL_WAITS, digest_of_waiting
from treasury.domain import audit
from treasury.domain.bulk import plans
from treasury.domain.refusals import Refusal, as_refusal
from treasury.domain.stopping import stoppable
from treasury.enums import Decision

_TO_DECIDE = f"""
SELECT v.id FROM exposures_exposureversion v WHERE v.event_id = %(event)s AND {STILL_WAITS} ORDER BY v.exposure_id
"""
_DECIDE = f"""
INSERT INTO exposures_exposureversionapproval (version_id, decision, content_digest, comment)
SELECT v.id, %(decision)s, v.content_digest, %(comment)s FROM exposures_exposureversion v
WHERE v.event_id = %(event)s AND v.id = ANY (%(versions)s) AND {STILL_WAITS} ORDER BY v.exposure_id
"""

#: The same digest over what this very event has decided on.
_DECIDED = """
SELECT encode(sha256(convert_to(string_agg(
    (SELECT v.content_digest FROM exposures_exposureversion v WHERE v.id = a.version_id), '' ORDER BY a.version_id
), 'UTF8')), 'hex') FROM exposures_exposureversionapproval a WHERE a.event_id = %s
"""
OTHER = "What waits of this import is not what you have seen: load the page again. Nothing was decided."


def decide(
    *, import_id: int, event_id: int, digest: str, decision: Decision, actor: Any, comment: str = "",
    report: Report = unheard, within: Callable[[int], None] | None = None,
) -> int:  # fmt: skip
    """Decides on what still waits of one event of the import, and returns how many versions that were.

    `event_id`: its commit or its undoing. `digest`: that of the versions that were seen. Raises Refusal: another
    content than was seen, nothing that waits, no approver at every entity, an author, a stop.

    `report` hears how far it is; `within` is told the number in the same transaction.
    """
    found = Import.objects.get(pk=import_id)
    if event_id not in (found.commit_event_id, found.undo_event_id):
        raise Refusal("That is no event of this import. Nothing was decided.")
    entitled.decides(actor, found)
    name = f"exposures.import.{decision.value.lower()}"
    with (
        stoppable(name_of(import_id)) as ask,
        as_refusal(),
        audit.action(name, actor=actor, subject=found, reason=comment) as decided_in,
    ):
        plans.by_key()
        waiting = digest_of_waiting(event_id)
        if waiting is None:
            raise Refusal("Nothing of this import waits any more. Nothing was decided.")
        if waiting != digest:
            raise Refusal(OTHER)
        told: dict[str, Any] = {"event": event_id, "decision": decision.value, "comment": comment[:400]}
        count = 0
        with connection.cursor() as cursor:
            cursor.execute(_TO_DECIDE, told)
            for versions in in_slices([row[0] for row in cursor.fetchall()], ask, report):
                cursor.execute(_DECIDE, told | {"versions": versions})
                count += int(cursor.rowcount)
            # whoever decided on one of them between the two statements is seen by the second one only
            cursor.execute(_DECIDED, [decided_in])
            if cursor.fetchone()[0] != digest:
                raise Refusal(OTHER)
        if within:
            within(count)
        ask()
        return count
