"""The second person: exactly one outcome, never one's own, bound to the content."""

import threading
from decimal import Decimal

import pytest
from django.db import connection

from exposures.domain import recording
from exposures.models import ExposureVersion, ExposureVersionApproval
from tests.factories import book
from treasury.domain import approval
from treasury.domain.refusals import Refusal
from treasury.enums import Decision
from treasury.queries import known


def decide(version, actor, **kwargs):
    approval.decide(versions=[version], approvals=ExposureVersionApproval, actor=actor, **kwargs)


@pytest.mark.django_db
class TestDecide:
    def test_one_does_not_approve_what_one_recorded(self):
        author = book.user()
        version = book.exposure(of=book.entity(), author=author, approve=False)
        with pytest.raises(Refusal, match="had a hand in"):
            decide(version, author)

    def test_nor_what_one_amended_before_somebody_else_did(self):
        first, second = book.user(), book.user()
        version = book.exposure(of=book.entity(), author=first, approve=False)
        [amended] = recording.amend(
            versions=[book.unsaved_exposure(2_000_000, exposure=version.exposure)],
            actor=second,
            reason="Doubled",
        )
        for one_of_them in (first, second):
            with pytest.raises(Refusal, match="had a hand in"):
                decide(amended, one_of_them)
        decide(amended, book.user())

    def test_who_wrote_an_approved_version_may_approve_a_later_one_by_somebody_else(self):
        first = book.user()
        version = book.exposure(of=book.entity(), author=first)
        [amended] = recording.amend(
            versions=[book.unsaved_exposure(exposure=version.exposure)], actor=book.user(), reason="Again"
        )
        decide(amended, first)

    def test_a_decision_names_the_content_it_was_made_on(self):
        version = book.exposure(of=book.entity(), approve=False)
        with pytest.raises(Refusal, match="another content"):
            decide(version, book.user(), digests=["0" * 64])

    def test_only_the_newest_version_is_decided_on(self):
        version = book.exposure(of=book.entity(), approve=False)
        recording.amend(
            versions=[book.unsaved_exposure(exposure=version.exposure)], actor=book.user(), reason="Newer"
        )
        with pytest.raises(Refusal, match="not the newest"):
            decide(version, book.user())

    def test_the_system_is_not_a_person(self):
        version = book.exposure(of=book.entity(), approve=False)
        with pytest.raises(Refusal, match="needs a person"):
            decide(version, None)

    def test_a_rejected_version_does_not_count(self):
        version = book.exposure(of=book.entity(), approve=False)
        decide(version, book.user(), decision=Decision.REJECTED)
        at = known.Point(book.TODAY)
        assert not known.applicable(ExposureVersion.objects.all(), parent="exposure", at=at).exists()


@pytest.mark.django_db
class TestVersions:
    def test_number_author_time_and_digest_are_given_by_the_database(self):
        author = book.user()
        version = book.exposure(of=book.entity(), author=author, approve=False)
        assert (version.version_number, version.author_id) == (1, author.pk)
        assert len(version.content_digest) == 64
        assert version.recorded_at is not None

    def test_the_digest_covers_every_term(self):
        of, digests = book.entity(), set()
        identity = book.exposure(of=of).exposure
        for change in (
            {},
            {"description": "x"},
            {"certainty_ratio": Decimal("0.9")},
            {"valid_to": book.TODAY},
        ):
            [version] = recording.amend(
                versions=[book.unsaved_exposure(exposure=identity, **change)],
                actor=book.user(),
                reason="same",
            )
            digests.add(version.content_digest)
        assert len(digests) == 4

    def test_writing_the_next_version_of_a_stale_one_is_refused(self):
        version = book.exposure(of=book.entity())
        [second] = recording.amend(
            versions=[book.unsaved_exposure(exposure=version.exposure, version_number=2)],
            actor=book.user(),
            reason="a",
        )
        assert second.version_number == 2
        with pytest.raises(Refusal, match="changed meanwhile"):
            recording.amend(
                versions=[book.unsaved_exposure(exposure=version.exposure, version_number=2)],
                actor=book.user(),
                reason="b",
            )

    def test_both_clocks_choose_the_version(self):
        of = book.entity()
        first = book.exposure(1_000_000, of=of)
        [second] = recording.amend(
            versions=[book.unsaved_exposure(2_000_000, exposure=first.exposure, valid_from=book.TODAY)],
            actor=book.user(),
            reason="Doubled from today",
        )

        def counting(as_of, known_at=None):
            at = known.Point(as_of, known_at)
            return list(known.applicable(ExposureVersion.objects.all(), parent="exposure", at=at))

        assert counting(book.TODAY) == [first], "not approved yet"
        decide(second, book.user())
        assert counting(book.TODAY) == [second]
        assert counting(book.START) == [first], "not valid yet"
        assert counting(book.TODAY, second.recorded_at) == [first], "not approved as known then"
        assert counting(book.TODAY, first.recorded_at) == [], "nothing was approved when it was recorded"


@pytest.mark.database
def test_sixteen_racing_approvers_make_one_approval(committed_db):
    """Read-then-write granted 2,907 approvals over 200 objects; one row a version cannot."""
    versions = [book.exposure(of=book.entity(), approve=False) for _ in range(5)]
    approvers = [book.user() for _ in range(16)]
    outcomes: list[str] = []

    def approve_all(person):
        try:
            for version in versions:
                try:
                    decide(version, person)
                    outcomes.append("approved")
                except Refusal:
                    outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=approve_all, args=[person]) for person in approvers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("approved") == 5
    assert len(outcomes) == 80
    assert ExposureVersionApproval.objects.count() == 5
