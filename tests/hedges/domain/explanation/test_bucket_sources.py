"""A bucket of a horizon profile names the versions that were added up, and who approved them."""

import pytest

from exposures.models import ExposureVersion
from hedges.domain.explanation.as_json import as_json
from hedges.domain.explanation.explain import explain
from hedges.models import HorizonBucketResult, InstrumentVersion

pytestmark = pytest.mark.django_db


def bucket(field, **which):
    rows = HorizonBucketResult.objects.filter(**which, risk__code="USDEUR").select_related("entity", "risk")
    found = as_json(explain("horizon-profiles", rows.first(), field))
    assert found["agrees"]
    (step,) = found["steps"]
    return found, step


def test_an_exposure_sum_refers_to_the_versions_of_its_rows(run) -> None:
    _, step = bucket("inflow_amount", inflow_amount__gt=0)
    (given,) = step["given"]
    ids = given["source"]["refers_to"]["exposure_version_ids"]
    versions = list(ExposureVersion.objects.filter(pk__in=ids).select_related("exposure"))
    assert len(versions) == given["value"] == step["listings"][0]["row_count"] > 0
    assert {one.exposure.external_reference for one in versions} == {
        row[0] for row in step["listings"][0]["rows"]
    }
    assert f"approved by {versions[0].approval.decided_by.username} on" in given["source"]["text"]


def test_a_hedge_sum_refers_to_the_versions_of_its_rows(run) -> None:
    _, step = bucket("hedge_amount", hedge_amount__lt=0)
    (given,) = step["given"]
    ids = given["source"]["refers_to"]["instrument_version_ids"]
    versions = InstrumentVersion.objects.filter(pk__in=ids).select_related("instrument")
    assert {one.instrument.external_reference for one in versions} == {
        row[0] for row in step["listings"][0]["rows"]
    }


def test_the_profile_refers_to_its_book_and_policy(run) -> None:
    _, step = bucket("coverage_ratio", coverage_ratio__isnull=False)
    refers = step["given"][0]["source"]["refers_to"]
    assert set(refers) == {"exposure_version_ids", "instrument_version_ids", "policy_version_id"}
    assert all(refers.values())
