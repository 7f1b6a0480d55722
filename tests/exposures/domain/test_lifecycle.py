"""The life of an exposure: what each verb records, and what it refuses."""

from datetime import date
from decimal import Decimal

import pytest

from exposures.domain import lifecycle, undoing
from exposures.domain.next_version import Change
from exposures.models import ExposureVersion, ExposureVersionApproval
from tests.factories import book
from tests.factories.exposure_life import DAY, approved, change, done
from treasury.domain import approval
from treasury.domain.refusals import Refusal
from treasury.enums import Decision
from treasury.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def forecast():
    return book.exposure(of=book.entity(), kind="FORECAST", certainty_ratio=Decimal("0.7"))


def test_one_life_from_forecast_to_settlement(forecast):
    done("confirm", forecast, kind="HIGHLY_PROBABLE_FORECAST")
    firm = done("confirm", forecast, kind="FIRM_COMMITMENT", exposure_amount=Decimal(1_100_000))
    assert (firm.kind, firm.certainty_ratio, firm.exposure_amount) == (
        "FIRM_COMMITMENT",
        1,
        Decimal(1_100_000),
    )
    asset = done("confirm", forecast, kind="RECOGNISED")
    assert asset.kind == "RECOGNISED_ASSET"
    last = done("settle", forecast, exposure_amount=Decimal(1_095_000))
    assert (last.status, last.exposure_amount, last.version_number) == ("SETTLED", Decimal(1_095_000), 5)
    events = AuditEvent.objects.filter(action__startswith="exposures.exposure.").order_by("id")
    assert [event.action.rpartition(".")[2] for event in events] == [
        "recorded", "confirmed", "confirmed", "confirmed", "settled",
    ]  # fmt: skip
    assert {event.reason for event in events[1:]} == {"as the business says"}


def test_an_outflow_is_recognised_as_a_liability():
    version = book.exposure(-500_000, of=book.entity(), kind="FIRM_COMMITMENT")
    assert done("confirm", version, kind="RECOGNISED").kind == "RECOGNISED_LIABILITY"


@pytest.mark.parametrize(
    "verb, terms, match",
    [
        ("amend", {"exposure_amount": Decimal(1_000_000)}, "Nothing changes"),
        ("amend", {"kind": "FIRM_COMMITMENT"}, "kind cannot be amended"),
        ("confirm", {"kind": "FORECAST"}, "it is confirmed as highly probable forecast or firm commitment"),
        ("confirm", {"kind": "NET_INVESTMENT"}, "it is confirmed as"),
        ("confirm", {"kind": "RECOGNISED_LIABILITY"}, "exposure_version_liability_is_negative"),
        (
            "confirm",
            {"kind": "FIRM_COMMITMENT", "status": "SETTLED"},
            "status cannot change with a confirmation",
        ),
        ("lower", {}, "is a forecast; only a highly probable"),
        ("settle", {"exposure_amount": Decimal(-5)}, "is an inflow: what is settled has the same side"),
        ("settle", {"exposure_amount": Decimal(0)}, "the same side and is not zero"),
    ],
)
def test_what_a_forecast_cannot_do(forecast, verb, terms, match):
    with pytest.raises(Refusal, match=match):
        done(verb, forecast, **terms)
    assert ExposureVersion.objects.count() == 1


def test_what_is_recognised_goes_no_further(forecast):
    done("confirm", forecast, kind="RECOGNISED")
    with pytest.raises(Refusal, match="is a recognised asset: it is confirmed as nothing further"):
        done("confirm", forecast, kind="RECOGNISED")
    with pytest.raises(Refusal, match="is not a matter of expecting"):
        done("no_longer_expected", forecast)


def test_a_highly_probable_forecast_may_become_a_forecast_again():
    version = book.exposure(of=book.entity())
    assert done("lower", version).kind == "FORECAST"


def test_what_is_closed_is_undone_before_anything_else(forecast):
    done("no_longer_expected", forecast)
    with pytest.raises(Refusal, match="is no longer expected: undo that first"):
        done("amend", forecast, exposure_amount=Decimal(5))
    done("cancel", forecast)
    with pytest.raises(Refusal, match="is cancelled: undo that first"):
        done("settle", forecast)
    (undone,) = approved(undoing.undo(changes=[change(forecast)], actor=book.user(), reason="a mistake"))
    assert (undone.status, undone.change_reason) == ("NO_LONGER_EXPECTED", "a mistake")


def test_an_undo_brings_back_the_terms_and_counts_from_the_day_of_what_is_undone(forecast):
    done("amend", forecast, on=date(2026, 3, 1), exposure_amount=Decimal(5), expected_date=date(2027, 6, 30))
    (undone,) = undoing.undo(changes=[change(forecast)], actor=book.user(), reason="the wrong line")
    assert (undone.exposure_amount, undone.expected_date) == (
        forecast.exposure_amount,
        forecast.expected_date,
    )
    assert (undone.valid_from, undone.version_number) == (date(2026, 3, 1), 3)


def test_an_undo_needs_something_to_undo(forecast):
    with pytest.raises(Refusal, match="has nothing before version 1: cancel it"):
        undoing.undo(changes=[change(forecast)], actor=book.user(), reason="no")
    done("amend", forecast, approve=False, exposure_amount=Decimal(5))
    with pytest.raises(Refusal, match=r"Version 2 of .* awaits approval: have it rejected"):
        undoing.undo(changes=[change(forecast)], actor=book.user(), reason="no")


def test_only_an_amendment_builds_on_what_awaits_approval(forecast):
    done("amend", forecast, approve=False, exposure_amount=Decimal(5))
    with pytest.raises(Refusal, match=r"Version 2 of .* awaits approval: have it decided on first"):
        done("settle", forecast)
    again = done("amend", forecast, expected_date=date(2027, 5, 31))
    assert (again.version_number, again.exposure_amount) == (3, 5)


def test_after_a_rejection_the_last_approved_version_stands(forecast):
    rejected = done("amend", forecast, approve=False, exposure_amount=Decimal(5))
    approval.decide(
        versions=[rejected], approvals=ExposureVersionApproval, actor=book.user(), decision=Decision.REJECTED
    )
    settled = done("settle", forecast)
    assert (settled.exposure_amount, settled.version_number) == (forecast.exposure_amount, 3)


def test_a_reason_is_needed_and_a_stale_form_is_told_what_changed(forecast):
    with pytest.raises(Refusal, match="needs its reason"):
        lifecycle.cancel(changes=[change(forecast)], actor=book.user(), reason="  ")
    done("amend", forecast, exposure_amount=Decimal(5))
    with pytest.raises(Refusal, match=r"changed meanwhile: version 2 by person\d+, as the business says"):
        lifecycle.cancel(changes=[change(forecast, seen=1)], actor=book.user(), reason="gone")
    with pytest.raises(Refusal, match="There is no exposure 0"):
        lifecycle.cancel(changes=[Change(0, DAY)], actor=book.user(), reason="gone")
    with pytest.raises(Refusal, match="changed once at a time"):
        lifecycle.cancel(changes=[change(forecast), change(forecast)], actor=book.user(), reason="gone")


def test_many_are_changed_as_one_event_or_none_in_a_fixed_number_of_statements(django_assert_num_queries):
    of, actor = book.entity(), book.user()
    for size in (1, 20):
        versions = [book.exposure(of=of) for _ in range(size)]
        # what stands, savepoint, audit event, versions, reading back, end of the name, release
        with django_assert_num_queries(7):
            recorded = lifecycle.settle(
                changes=[change(version) for version in versions], actor=actor, reason="paid"
            )
        assert len({version.event_id for version in recorded}) == 1
    one, other = book.exposure(of=of), book.exposure(of=of)
    done("cancel", other)
    with pytest.raises(Refusal, match="is cancelled"):
        lifecycle.settle(changes=[change(one), change(other)], actor=actor, reason="paid")
    assert one.exposure.versions.count() == 1
