"""Splits: parts that add up, decided together, never over a hedged unit, and undone as a whole."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from exposures.domain import splitting, undoing
from exposures.domain.splitting import Part, Split
from exposures.models import Exposure, ExposureVersion, ExposureVersionApproval
from hedges.domain import book_approval
from tests.factories import book
from tests.factories.exposure_life import DAY, approved, change, done
from treasury.domain import approval, audit
from treasury.domain.refusals import Refusal, as_refusal
from treasury.enums import Decision

pytestmark = pytest.mark.django_db


def split(of, *sizes, verb="split", on=DAY, **fields):
    parts = [Part(Decimal(size), **fields) for size in sizes]
    return getattr(splitting, verb)(
        splits=[Split(of.exposure_id, on, parts)], actor=book.user(), reason="two orders"
    )


@pytest.fixture
def payable():
    return book.exposure(
        -1_000_000, of=book.entity(), window_start=date(2027, 4, 1), window_end=date(2027, 4, 30)
    )


def test_the_parts_add_up_and_have_their_lineage(payable):
    left, first, second = split(payable, 300_000, "200000.01")
    assert [left.exposure_amount, first.exposure_amount, second.exposure_amount] == [
        Decimal("-499999.99"), -300_000, Decimal("-200000.01"),
    ]  # fmt: skip
    reference = payable.exposure.external_reference
    assert [first.exposure.external_reference, second.exposure.external_reference] == [
        f"{reference}/1", f"{reference}/2",
    ]  # fmt: skip
    assert first.exposure.split_from == payable.exposure
    assert {version.split_of for version in (left, first, second)} == {payable.exposure}
    assert (first.window_start, first.risk, first.kind) == (payable.window_start, payable.risk, payable.kind)
    approved([left, first, second])
    (_, third) = split(left, 1, expected_date=date(2027, 7, 30))
    assert third.exposure.external_reference == f"{reference}/3"
    assert (third.expected_date, third.window_start) == (date(2027, 7, 30), None)


@pytest.mark.parametrize("sizes, match", [
    ((), "give an amount"), ((0,), "above zero"), ((-5,), "above zero"), ((1_000_000,), "something has to stay"),
    ((600_000, 400_000), "something has to stay"), (("0.001",), "exposure_version_amount"),
])  # fmt: skip
def test_what_is_no_split(payable, sizes, match):
    with pytest.raises(Refusal, match=match):
        split(payable, *sizes)
    assert Exposure.objects.count() == 1


def test_a_reference_that_is_taken_is_refused(payable):
    other = book.exposure(of=book.entity())
    with pytest.raises(Refusal, match="already recorded"):
        split(payable, 5, reference=other.exposure.external_reference)
    with pytest.raises(Refusal, match="longer than 60 characters"):
        split(payable, 5, reference="x" * 61)


def test_a_part_is_settled_and_the_rest_stays_open(payable):
    left, part = approved(split(payable, 400_000, verb="settle_part"))
    assert (left.status, left.exposure_amount) == ("OPEN", -600_000)
    assert (part.status, part.exposure_amount) == ("SETTLED", -400_000)


def test_hedged_units_stay_where_they_are():
    of = book.entity()
    item, forward = book.exposure(1_000_000, of=of), book.forward(-600_000, of=of)
    version = book.relationship(of=of, items=[(item, 600_000)], instruments=[(forward, -600_000)])
    with pytest.raises(
        Refusal, match=f"relationship {version.relationship.code} has hedged items in the part"
    ):
        split(item, "400000.01")
    assert len(split(item, 400_000)) == 2


def test_units_that_are_hedged_after_the_split_was_written_stop_its_approval():
    of = book.entity()
    item, forward = book.exposure(1_000_000, of=of), book.forward(-600_000, of=of)
    versions = split(item, 500_000)
    book.relationship(of=of, items=[(item, 600_000)], instruments=[(forward, -600_000)])
    with pytest.raises(Refusal, match="has hedged items in the part"):
        approved(versions)


def test_a_natural_offset_keeps_its_item():
    of = book.entity()
    loan = book.exposure(-1_000_000, of=of)
    book.instrument("NATURAL_OFFSET", -700_000, of=of, offset_exposure=loan.exposure)
    with pytest.raises(Refusal, match=r"natural offset .* uses the part"):
        split(loan, 300_001)
    assert len(split(loan, 300_000)) == 2


def test_a_split_is_decided_as_a_whole(payable):
    left, part = split(payable, 300_000)
    for alone in (left, part):
        with pytest.raises(Refusal, match="is decided as a whole"):
            approved([alone])
    book_approval.decide(
        kind="exposure", version_id=part.pk, actor=book.user("APPROVER"), decision=Decision.APPROVED,
        digest=part.content_digest,
    )  # fmt: skip
    assert ExposureVersionApproval.objects.filter(version__in=[left, part], decision="APPROVED").count() == 2


def test_a_rejected_split_leaves_the_exposure_as_it_was(payable):
    versions = split(payable, 300_000)
    approval.decide(
        versions=versions, approvals=ExposureVersionApproval, actor=book.user(), decision=Decision.REJECTED
    )
    (left, _) = split(payable, 100_000)
    assert left.exposure_amount == -900_000


def test_a_split_is_undone_as_a_whole_from_any_of_its_versions(payable):
    left, part = approved(split(payable, 300_000))
    undone = approved(undoing.undo(changes=[change(part)], actor=book.user(), reason="one order after all"))
    assert {(version.exposure_id, version.status, version.exposure_amount) for version in undone} == {
        (left.exposure_id, "OPEN", Decimal(-1_000_000)),
        (part.exposure_id, "CANCELLED", Decimal(-300_000)),
    }
    redone = approved(undoing.undo(changes=[change(left)], actor=book.user(), reason="two, really"))
    assert {(version.status, version.exposure_amount) for version in redone} == {
        ("OPEN", Decimal(-700_000)), ("OPEN", Decimal(-300_000)),
    }  # fmt: skip


def test_a_part_that_went_on_keeps_its_split(payable):
    left, part = approved(split(payable, 300_000))
    done("confirm", part, kind="FIRM_COMMITMENT")
    with pytest.raises(Refusal, match="has changed since the split"):
        undoing.undo(changes=[change(left)], actor=book.user(), reason="no")


def test_a_hedged_part_keeps_its_split():
    of = book.entity()
    item, forward = book.exposure(1_000_000, of=of), book.forward(-100_000, of=of)
    left, part = approved(split(item, 300_000, on=book.START))
    book.relationship(of=of, items=[(part, 100_000)], instruments=[(forward, -100_000)])
    with pytest.raises(Refusal, match=r"has hedged items in the part of .*/1"):
        undoing.undo(changes=[change(left)], actor=book.user(), reason="no")


def test_what_awaits_approval_or_is_a_net_investment_is_not_split(payable):
    versions = split(payable, 300_000)
    with pytest.raises(Refusal, match="awaits approval: have it decided on first"):
        split(payable, 1)
    with pytest.raises(Refusal, match="awaits approval as a part of a split"):
        done("amend", versions[0], exposure_amount=Decimal(-5))
    subsidiary = book.exposure(of=book.entity(), kind="NET_INVESTMENT")
    with pytest.raises(Refusal, match="net investment"):
        split(subsidiary, 1)


@pytest.mark.parametrize("change_it, match", [
    (lambda left, part: setattr(part, "exposure_amount", Decimal(-300_001)), "do not add up to it: -1 too much"),
    (lambda left, part: setattr(left, "split_of_id", None), "together, all of one risk and one side"),
    (lambda left, part: setattr(part, "split_of_id", None), "that it was not split off from"),
    (lambda left, part: setattr(part, "risk", book.risk("GBPEUR")), "one risk|unit_of_its_risk"),
])  # fmt: skip
def test_the_database_holds_the_sum_whoever_writes(payable, change_it, match):
    from exposures.domain.next_version import copied

    left = copied(payable, 2, DAY, exposure_amount=Decimal(-700_000), split_of_id=payable.exposure_id)
    identity = Exposure(
        entity_id=payable.entity_id, source_system="TEST", external_reference="P", split_from=payable.exposure
    )
    part = copied(payable, 1, DAY, exposure_amount=Decimal(-300_000), split_of_id=payable.exposure_id)
    change_it(left, part)
    with pytest.raises(Refusal, match=match), as_refusal(), audit.action("test.split", actor=book.user()):
        identity.save()
        part.exposure = identity
        ExposureVersion.objects.bulk_create([left, part])


def test_a_version_without_a_split_has_the_digest_that_it_always_had(payable):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT encode(sha256(convert_to((to_jsonb(v) - ARRAY['id', 'event_id', 'recorded_at', 'content_digest',"
            " 'capacity_units', 'split_of_id'])::text, 'UTF8')), 'hex') FROM exposures_exposureversion v WHERE id = %s",
            [payable.pk],
        )
        assert cursor.fetchone()[0] == payable.content_digest


def test_many_are_split_in_a_fixed_number_of_statements(django_assert_num_queries):
    of, actor = book.entity(), book.user()
    for size in (1, 10):
        versions = [book.exposure(of=of) for _ in range(size)]
        # what stands, parts so far, savepoint, audit event, identities, versions, reading back, end, release
        with django_assert_num_queries(9):
            splitting.split(
                splits=[Split(one.exposure_id, DAY, [Part(Decimal(10)), Part(Decimal(20))]) for one in versions],
                actor=actor, reason="orders",
            )  # fmt: skip
