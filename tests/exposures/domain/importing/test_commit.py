"""From the file into the book: all or nothing, once, and back again by a reversal."""

from datetime import date
from decimal import Decimal

import pytest

from exposures.domain import recording
from exposures.domain.importing import checking, committing, deciding, receiving, undoing
from exposures.models import (
    Exposure,
    ExposureVersion,
    ExposureVersionApproval,
    Import,
    ImportChange,
    ImportProblem,
)
from exposures.queries import import_decisions
from tests.factories import book, importing
from tests.factories.importing import csv, row
from treasury.domain import access
from treasury.domain.refusals import Refusal
from treasury.enums import Decision
from treasury.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def entity():
    book.risk()
    return book.entity()


def outcomes(found: Import) -> list[str]:
    return list(
        ImportChange.objects.filter(exposure_import=found, attempt=found.attempt)
        .order_by("row_number")
        .values_list("outcome", flat=True)
    )


def decide(found: Import, event: int, decision: Decision = Decision.APPROVED, actor=None) -> int:
    digest = import_decisions.digest_of_waiting(event)
    return deciding.decide(
        import_id=found.pk, event_id=event, digest=digest, decision=decision, actor=actor or book.user("APPROVER")
    )  # fmt: skip


def test_a_file_becomes_versions_that_wait_under_one_event(entity):
    actor = book.user("TREASURER")
    found = importing.committed(csv(row("A", entity), row("B", entity, "-250000.50")), actor=actor)
    versions = ExposureVersion.objects.order_by("id")
    assert [(v.exposure.external_reference, v.exposure_amount) for v in versions] == [
        ("A", Decimal(1000000)),
        ("B", Decimal("-250000.5")),
    ]
    assert {v.event_id for v in versions} == {found.commit_event_id}
    assert not ExposureVersionApproval.objects.exists()
    event = AuditEvent.objects.get(pk=found.commit_event_id)
    assert (event.action, event.actor, event.subject_id) == ("exposures.import.committed", actor, found.pk)


def test_the_same_file_again_adds_nothing_and_is_named(entity):
    actor, content = book.user("TREASURER"), csv(row("A", entity))
    found = importing.committed(content, actor=actor)
    with pytest.raises(receiving.AlreadyHere, match=f"import {found.pk} of this source already") as refusal:
        importing.checked(content, actor=book.user("TREASURER"))
    assert refusal.value.import_id == found.pk
    assert Import.objects.count() == Exposure.objects.count() == 1
    importing.checked(content, actor=actor, source="OTHER")  # another source has references of its own


def test_unchanged_rows_make_no_version_and_changed_ones_the_next(entity):
    actor = book.user("TREASURER")
    importing.committed(csv(row("A", entity), row("B", entity)), actor=actor)
    again = importing.checked(csv(row("A", entity), row("B", entity, "7"), row("C", entity)), actor=actor)
    assert outcomes(again) == ["UNCHANGED", "CHANGED", "NEW"]
    assert committing.commit(import_id=again.pk, actor=actor, attempt=again.attempt) == 2
    numbers = ExposureVersion.objects.values_list("exposure__external_reference", "version_number")
    assert sorted(numbers) == [("A", 1), ("B", 1), ("B", 2), ("C", 1)]


def test_a_file_that_changes_nothing_is_not_committed(entity):
    actor = book.user("TREASURER")
    importing.committed(csv(row("A", entity)), actor=actor)
    spaced = importing.checked(csv(row("A ", entity)), actor=actor)
    assert outcomes(spaced) == ["UNCHANGED"]
    with pytest.raises(Refusal, match="No row changes anything"):
        committing.commit(import_id=spaced.pk, actor=actor, attempt=spaced.attempt)
    spaced.refresh_from_db()
    assert spaced.status == "STAGED"


def test_what_has_no_column_stays_as_it_was(entity):
    actor = book.user("TREASURER")
    of = importing.layout(columns=importing.COLUMNS | {"description": 7, "certainty": 8})
    header = (*importing.HEADER, "Text", "Share")
    importing.committed(csv([*row("A", entity), "rent", "0.8"], header=header), actor=actor, of=of)
    importing.committed(csv(row("A", entity, "5")), actor=actor)
    newest = ExposureVersion.objects.get(version_number=2)
    assert (newest.description, newest.certainty_ratio, newest.status) == ("rent", Decimal("0.8"), "OPEN")


def test_a_wrong_cell_keeps_the_whole_file_out(entity):
    actor = book.user("TREASURER")
    found = importing.checked(csv(row("A", entity), row("B", entity, "1_000")), actor=actor)
    assert found.problem_count == 1
    with pytest.raises(Refusal, match="1 cells are wrong"):
        committing.commit(import_id=found.pk, actor=actor, attempt=found.attempt)
    assert not Exposure.objects.exists()


def test_a_corrected_cell_lets_it_in_and_the_file_stays_as_it_came(entity):
    actor, content = book.user("TREASURER"), csv(row("A", entity), row("B", entity, "1_000"))
    found = importing.checked(content, actor=actor)
    checking.correct(import_id=found.pk, cells={(3, 5): "1000"}, actor=actor, attempt=found.attempt)
    found = checking.check(import_id=found.pk, actor=actor, attempt=found.attempt + 1)
    assert found.problem_count == 0
    assert committing.commit(import_id=found.pk, actor=actor, attempt=found.attempt) == 2
    file = found.files.get()
    assert bytes(file.content) == content
    correction = file.corrections.get()
    assert (correction.old_value, correction.new_value, correction.event.actor) == ("1_000", "1000", actor)


def test_a_mended_file_takes_the_place_and_both_are_kept(entity):
    actor = book.user("TREASURER")
    wrong, right = csv(row("A", entity, "x")), csv(row("A", entity, "1"))
    found = importing.checked(wrong, actor=actor)
    found = receiving.mend_by_file(
        import_id=found.pk, name="mended.csv", content=right, actor=actor, attempt=found.attempt
    )
    found = checking.check(import_id=found.pk, actor=actor, attempt=found.attempt)
    assert committing.commit(import_id=found.pk, actor=actor, attempt=found.attempt) == 1
    assert [bytes(file.content) for file in found.files.order_by("id")] == [wrong, right]
    for content in (wrong, right):
        with pytest.raises(receiving.AlreadyHere):
            importing.checked(content, actor=actor)


def test_a_commit_names_the_attempt_that_was_seen(entity):
    actor = book.user("TREASURER")
    found = importing.checked(csv(row("A", entity)), actor=actor)
    checking.check(import_id=found.pk, actor=actor, attempt=found.attempt)
    with pytest.raises(Refusal, match="changed this import meanwhile"):
        committing.commit(import_id=found.pk, actor=actor, attempt=found.attempt)
    assert not Exposure.objects.exists()


def test_a_book_that_moved_since_the_check_is_not_overwritten(entity):
    actor = book.user("TREASURER")
    importing.committed(csv(row("A", entity)), actor=actor)
    found = importing.checked(csv(row("A", entity, "5"), row("N", entity)), actor=actor)
    exposure = Exposure.objects.get(external_reference="A")
    recording.amend(versions=[book.unsaved_exposure(7, exposure=exposure)], actor=actor, reason="by hand")
    with pytest.raises(Refusal, match="The book has changed since"):
        committing.commit(import_id=found.pk, actor=actor, attempt=found.attempt)
    assert ExposureVersion.objects.count() == 2


def test_undone_once_by_new_versions(entity):
    actor = book.user("TREASURER")
    first = importing.committed(csv(row("A", entity)), actor=actor)
    decide(first, first.commit_event_id)
    second = importing.committed(csv(row("A", entity, "5"), row("N", entity)), actor=actor)
    assert undoing.undo(import_id=second.pk, actor=actor, reason="wrong month") == 2
    newest = {
        v.exposure.external_reference: v
        for v in ExposureVersion.objects.order_by("version_number")
    }  # fmt: skip
    assert (newest["A"].exposure_amount, newest["A"].status, newest["A"].version_number) == (
        1000000,
        "OPEN",
        3,
    )
    assert (newest["N"].status, newest["N"].version_number) == ("CANCELLED", 2)
    assert newest["N"].change_reason == "wrong month"
    with pytest.raises(Refusal, match="only once"):
        undoing.undo(import_id=second.pk, actor=actor, reason="again")
    second.refresh_from_db()
    assert decide(second, second.undo_event_id) == 2
    importing.checked(csv(row("A", entity, "5"), row("N", entity)), actor=actor)  # may come again


def test_an_undoing_is_refused_by_name_where_later_versions_came(entity):
    actor = book.user("TREASURER")
    found = importing.committed(csv(row("A", entity), row("B", entity)), actor=actor)
    importing.committed(csv(row("B", entity, "5")), actor=actor)
    with pytest.raises(Refusal, match="Later versions were recorded of B: amend these by hand"):
        undoing.undo(import_id=found.pk, actor=actor, reason="no")
    assert ExposureVersion.objects.count() == 3
    found.refresh_from_db()
    assert found.status == "COMMITTED"


def test_a_whole_import_is_approved_at_once_by_another_person(entity):
    actor = book.user("APPROVER")
    found = importing.committed(csv(*(row(f"R{n}", entity) for n in range(5))), actor=actor)
    event = found.commit_event_id
    with pytest.raises(Refusal, match="had a hand in"):
        decide(found, event, actor=actor)
    with pytest.raises(Refusal, match="no role"):
        decide(found, event, actor=book.user("TREASURER"))
    with pytest.raises(Refusal, match="not what you have seen"):
        deciding.decide(import_id=found.pk, event_id=event, digest="0" * 64, decision=Decision.APPROVED,
                        actor=book.user("APPROVER"))  # fmt: skip
    assert decide(found, event) == 5
    assert ExposureVersionApproval.objects.filter(decision="APPROVED").count() == 5
    with pytest.raises(Refusal, match="Nothing of this import waits"):
        deciding.decide(import_id=found.pk, event_id=event, digest="0" * 64, decision=Decision.APPROVED,
                        actor=book.user("APPROVER"))  # fmt: skip


def test_a_rejected_import_is_new_again(entity):
    actor = book.user("TREASURER")
    found = importing.committed(csv(row("A", entity)), actor=actor)
    decide(found, found.commit_event_id, Decision.REJECTED)
    again = importing.checked(csv(row("A", entity), row("B", entity)), actor=actor)
    assert outcomes(again) == ["CHANGED", "NEW"]
    assert committing.commit(import_id=again.pk, actor=actor, attempt=again.attempt) == 2


def test_another_entitys_reference_is_refused_without_naming_it(entity):
    importing.committed(csv(row("A", entity)), actor=book.user("TREASURER"))
    other = book.entity()
    found = importing.checked(csv(row("A", other)), actor=book.user("TREASURER", entity=other))
    problem = ImportProblem.objects.get(exposure_import=found, attempt=found.attempt)
    assert problem.code == "reference_taken"
    assert entity.code not in problem.expected


def test_a_person_imports_for_the_entities_they_may_write(entity):
    other, seen = book.entity(), book.entity()
    actor = book.user("TREASURER", entity=entity)
    access.give_role(user=actor, role="AUDITOR", entity=seen, actor=None)
    found = importing.checked(csv(row("A", entity), row("B", other), row("C", seen)), actor=actor)
    problems = ImportProblem.objects.filter(exposure_import=found).values_list("row_number", "code")
    assert list(problems) == [(3, "unknown_entity"), (4, "entity_read_only")]
    foreign = book.user("TREASURER", entity=other)
    mine = importing.checked(csv(row("D", entity)), actor=actor)
    with pytest.raises(Refusal, match="no role"):
        committing.commit(import_id=mine.pk, actor=foreign, attempt=mine.attempt)
    with pytest.raises(Refusal, match="records exposures"):
        importing.checked(csv(row("E", entity)), actor=book.user("AUDITOR"))


def test_it_counts_from_the_day_that_was_said(entity):
    found = importing.committed(
        csv(row("A", entity)), actor=book.user("TREASURER"), of=importing.layout(valid_from="2026-05-04")
    )
    assert ExposureVersion.objects.get(event=found.commit_event_id).valid_from == date(2026, 5, 4)
