"""Recording exposures: all or nothing, and each guard by its name."""

from datetime import date
from decimal import Decimal

import pytest

from exposures.domain import recording
from exposures.models import Exposure, ExposureVersion
from tests.factories import book
from treasury.domain.refusals import Refusal
from treasury.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "constraint, change",
    [
        ("exposure_version_amount", {"exposure_amount": Decimal("0.001")}),
        ("exposure_version_amount", {"exposure_amount": Decimal("90071992547409.93")}),
        ("exposure_version_amount_not_zero", {"exposure_amount": Decimal(0)}),
        ("exposure_version_liability_is_negative", {"kind": "RECOGNISED_LIABILITY"}),
        ("exposure_version_asset_is_positive", {"kind": "RECOGNISED_ASSET", "exposure_amount": Decimal(-5)}),
        ("exposure_version_window", {"window_start": date(2027, 5, 1), "window_end": date(2027, 5, 31)}),
        ("exposure_version_certainty", {"certainty_ratio": Decimal("1.01")}),
        ("exposure_version_validity", {"valid_to": book.START}),
        ("exposure_version_in_the_unit_of_its_risk", {"exposure_currency_id": "GBP"}),
        ("exposure_version_kind", {"kind": "WISH"}),
    ],
)
def test_a_guard_refuses_by_its_name_and_leaves_nothing(constraint, change):
    with pytest.raises(Refusal) as refusal:
        book.exposure(of=book.entity(), **change)
    assert refusal.value.constraint == constraint
    assert not Exposure.objects.exists()


def test_a_reference_is_recorded_once():
    of = book.entity()

    def record():
        exposure = Exposure(entity=of, source_system="ERP", external_reference="SO-1")
        recording.record(exposures=[(exposure, book.unsaved_exposure())], actor=book.user())

    record()
    with pytest.raises(Refusal, match="amend it instead"):
        record()


def test_many_are_recorded_under_one_event_in_a_fixed_number_of_statements(django_assert_num_queries):
    of, actor = book.entity(), book.user()
    book.risk()
    for size in (1, 30):
        pairs = [
            (
                Exposure(entity=of, source_system="ERP", external_reference=f"SO-{size}-{number}"),
                book.unsaved_exposure(risk=book.risk()),
            )
            for number in range(size)
        ]
        # savepoint, audit event, identities, versions, reading back, end of the name, release
        with django_assert_num_queries(7):
            versions = recording.record(exposures=pairs, actor=actor, reason="ERP push")
        assert len({version.event_id for version in versions}) == 1
        event = AuditEvent.objects.get(pk=versions[0].event_id)
        assert (event.action, event.actor, event.reason) == ("exposures.exposure.recorded", actor, "ERP push")


def test_a_version_stays_with_its_entity():
    version = book.exposure(of=book.entity())
    with pytest.raises(Refusal, match="exposure_version_same_entity"):
        foreign = book.unsaved_exposure(exposure=version.exposure)
        foreign.exposure.entity_id = book.entity().pk
        recording.amend(versions=[foreign], actor=book.user(), reason="elsewhere")
    assert ExposureVersion.objects.count() == 1


@pytest.mark.parametrize("amount", ["1.00001", "1000000.123456"])
def test_nothing_is_rounded_on_its_way_in(amount):
    with pytest.raises(Refusal, match="exposure_amount: expected at most 4 decimals"):
        book.exposure(of=book.entity(), exposure_amount=Decimal(amount))
    book.exposure(of=book.entity(), exposure_amount=Decimal("1000000.10000000"))
