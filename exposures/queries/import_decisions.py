"""What waits for a second person of the imports: all versions of one commit or one undoing as a single item."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Value, When

from exposures.models import ExposureVersion, Import
from treasury.queries.rows import Row, listed

#: Of a version v: the newest of its exposure, and undecided. By key, in subqueries that cannot become joins:
#: the planner knows nothing yet of rows that were recorded a moment ago and would read the tables through for each.
STILL_WAITS = """
(SELECT a.id FROM exposures_exposureversionapproval a WHERE a.version_id = v.id) IS NULL AND v.version_number =
(SELECT max(l.version_number) FROM exposures_exposureversion l WHERE l.exposure_id = v.exposure_id)
"""
_DIGEST = f"""
SELECT encode(sha256(convert_to(string_agg(v.content_digest, '' ORDER BY v.id), 'UTF8')), 'hex')
FROM exposures_exposureversion v WHERE v.event_id = %s AND {STILL_WAITS}
"""
_DIGEST_THEN = """
SELECT encode(sha256(convert_to(string_agg(v.content_digest, '' ORDER BY v.id), 'UTF8')), 'hex')
FROM exposures_exposureversion v WHERE v.event_id = %(event)s AND NOT EXISTS
    (SELECT FROM exposures_exposureversionapproval a WHERE a.version_id = v.id AND a.recorded_at <= %(known_at)s)
AND v.version_number = (SELECT max(l.version_number) FROM exposures_exposureversion l
                        WHERE l.exposure_id = v.exposure_id AND l.recorded_at <= %(known_at)s)
"""


def digest_of_waiting(event_id: int, known_at: datetime | None = None) -> str | None:
    """One digest over the versions of an event that wait, or waited at a time; None where nothing does."""
    with connection.cursor() as cursor:
        if known_at is None:
            cursor.execute(_DIGEST, [event_id])
        else:
            cursor.execute(_DIGEST_THEN, {"event": event_id, "known_at": known_at})
        found: str | None = cursor.fetchone()[0]
        return found


def waiting(entity_ids: list[int]) -> list[Row]:
    """Commits and undoings with versions that nobody has decided on, the longest waiting first; two reads.

    A version that a later one has overtaken cannot be decided on any more, and does not wait.
    """
    later = ExposureVersion.objects.filter(
        exposure=OuterRef("exposure"), version_number__gt=OuterRef("version_number")
    )
    waiting_now = (
        ExposureVersion.objects.filter(of_an_import(), ~Exists(later), entity_id__in=entity_ids, approval=None)
        .values("event_id")
        .annotate(versions=Count("id"), since=F("event__recorded_at"), person_id=F("event__actor_id"),
                  author_name=F("event__actor__username"))
        .order_by("since")
    )  # fmt: skip
    found: dict[int, Row] = {
        row["event_id"]: row | {"author_id": row["person_id"], "recorded_at": row["since"]}
        for row in listed(waiting_now)
    }
    imports = Import.objects.filter(Q(commit_event__in=found) | Q(undo_event__in=found)).annotate(
        event_now=Case(When(undo_event__in=found, then=F("undo_event")), default=F("commit_event")),
        what=Case(
            When(undo_event__in=found, then=Value("UNDO")), default=Value("COMMIT"), output_field=CharField()
        ),
    )
    for row in imports.values("id", "source_system", "file_name", "event_now", "what", "entity_ids"):
        found[row["event_now"]] |= row
    return [row for row in found.values() if "id" in row]


def waiting_counts(entity_ids: list[int]) -> tuple[int, int]:
    """How many exposures by themselves and how many imports wait for a decision; one read, as every page asks."""
    later = ExposureVersion.objects.filter(
        exposure=OuterRef("exposure"), version_number__gt=OuterRef("version_number")
    )
    found = ExposureVersion.objects.filter(entity_id__in=entity_ids, approval=None).aggregate(
        single=Count("id", filter=~of_an_import()),
        imports=Count("event", distinct=True, filter=of_an_import() & Q(~Exists(later))),
    )
    return int(found["single"]), int(found["imports"])


def of_an_import() -> Q:
    """Versions that an import or its undoing has made."""
    committed = Import.objects.exclude(commit_event=None).values("commit_event")
    undone = Import.objects.exclude(undo_event=None).values("undo_event")
    return Q(event__in=committed) | Q(event__in=undone)
