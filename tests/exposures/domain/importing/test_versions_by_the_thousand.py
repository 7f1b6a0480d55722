"""Versions and decisions of exposures are guarded by functions of their own, with the rules of every other table."""

import pytest
from django.db import connection

from exposures.domain.importing import deciding
from exposures.models import ExposureVersion, ExposureVersionApproval
from exposures.queries.import_decisions import digest_of_waiting
from tests.factories import book, importing
from treasury.domain import access
from treasury.enums import Decision, Role

pytestmark = pytest.mark.django_db
#: The digest of a version by the rule of all tables: over what it says, without what the database gives it.
BY_THE_RULE = """
SELECT count(*) FROM exposures_exposureversion v WHERE v.content_digest IS DISTINCT FROM encode(sha256(convert_to(
    (to_jsonb(v) - ARRAY['id', 'event_id', 'recorded_at', 'content_digest', 'capacity_units', 'split_of_id'])::text,
    'UTF8')), 'hex')
"""
#: Statements that a function puts together for each row are planned for each row.
PLANNED_ANEW = """
SELECT p.proname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
WHERE t.tgrelid IN ('exposures_exposureversion'::regclass, 'exposures_exposureversionapproval'::regclass)
  AND NOT t.tgisinternal AND t.tgtype & 1 = 1 AND t.tgtype & 4 = 4 AND p.prosrc ~ 'EXECUTE format'
"""


def test_a_version_has_the_digest_of_its_content_the_further_ones_too() -> None:
    book.risk()
    entity, actor = book.entity(), book.user("TREASURER")
    importing.committed(importing.csv(importing.row("A", entity), importing.row("B", entity)), actor=actor)
    importing.committed(importing.csv(importing.row("A", entity, "2000000")), actor=actor, name="later.csv")
    assert sorted(ExposureVersion.objects.values_list("version_number", flat=True)) == [1, 1, 2]
    with connection.cursor() as cursor:
        cursor.execute(BY_THE_RULE)
        assert cursor.fetchone()[0] == 0


def test_who_wrote_since_the_last_approval_does_not_decide_and_who_wrote_before_it_does() -> None:
    book.risk()
    entity, both = book.entity(), book.user("TREASURER")
    access.give_role(user=both, role=Role.APPROVER, entity=None, actor=None)
    first = importing.committed(importing.csv(importing.row("A", entity)), actor=both)
    event: int = first.commit_event_id  # type: ignore[assignment]
    told = {"import_id": first.pk, "event_id": event, "digest": str(digest_of_waiting(event))}
    with pytest.raises(Exception, match="had a hand in"):
        deciding.decide(**told, decision=Decision.APPROVED, actor=both)  # type: ignore[arg-type]
    deciding.decide(**told, decision=Decision.APPROVED, actor=book.user("APPROVER"))  # type: ignore[arg-type]
    other = book.user("TREASURER")
    second = importing.committed(
        importing.csv(importing.row("A", entity, "2")), actor=other, name="later.csv"
    )
    event = second.commit_event_id  # type: ignore[assignment]
    deciding.decide(
        import_id=second.pk, event_id=event, digest=str(digest_of_waiting(event)), decision=Decision.REJECTED,
        actor=both,
    )  # fmt: skip
    assert list(ExposureVersionApproval.objects.order_by("id").values_list("decision", flat=True)) == [
        "APPROVED", "REJECTED",
    ]  # fmt: skip


def test_no_row_of_a_version_or_decision_is_planned_anew() -> None:
    with connection.cursor() as cursor:
        cursor.execute(PLANNED_ANEW)
        assert cursor.fetchall() == []
