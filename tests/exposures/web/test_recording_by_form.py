"""An exposure is recorded by form: what is typed is read, what is wrong is said beside it, and it waits."""

from decimal import Decimal

import pytest
from django.urls import reverse

from exposures.models import ExposureVersion
from tests.factories import book
from tests.factories.web import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    book.risk("USDEUR")
    return book.entity(functional_currency_id="EUR")


def typed(of, **fields):
    return {
        "entity": of.code, "side": "OUT", "size": "2.5m", "risk": "USDEUR", "expected_date": "2027-05-28",
        "kind": "FORECAST", "certainty_ratio": "80", "external_reference": "PO-17", "description": "steel",
        "valid_from": "2026-11-02", "reason": "",
    } | fields  # fmt: skip


def test_the_form_proposes_and_what_is_sent_waits_for_approval(of):
    client = signed_in(entity=of)
    page = client.get(reverse("exposure-new")).content.decode()
    assert f'value="{of.code}-0001"' in page
    answer = client.post(reverse("exposure-new"), typed(of), follow=True)
    assert "PO-17 is recorded and sent for approval." in answer.content.decode()
    version = ExposureVersion.objects.get()
    assert (version.exposure_amount, version.exposure_currency_id, version.kind) == (
        -2_500_000,
        "USD",
        "FORECAST",
    )
    assert (version.certainty_ratio, version.expected_date.isoformat()) == (Decimal("0.8"), "2027-05-28")
    assert (version.exposure.source_system, version.exposure.entity) == ("DESK", of)
    assert not hasattr(version, "approval")


def test_times_from_today_and_the_kind_by_the_side(of):
    client = signed_in(entity=of)
    told = typed(of, expected_date="3M", kind="RECOGNISED", size="250k", do="next", certainty_ratio="")
    answer = client.post(reverse("exposure-new"), told)
    assert answer["Location"] == f"{reverse('exposure-new')}?risk=USDEUR"
    version = ExposureVersion.objects.get()
    assert (version.kind, version.certainty_ratio) == ("RECOGNISED_LIABILITY", 1)
    assert version.expected_date.weekday() < 5


@pytest.mark.parametrize("field, text, words", [
    ("size", "1,000", "a comma reads both ways"), ("size", "-5m", "above zero"),
    ("size", "five", "an amount such as 5m"),
    ("size", "0.001", "more decimals|exposure_version_amount"), ("expected_date", "soon", "Expected a"),
    ("certainty_ratio", "120", "from 0 to 100"), ("window_start", "2027-05-01", "A window has both ends"),
    ("entity", "NOPE", "valid choice"), ("risk", "NOPE", "valid choice"),
])  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(of, field, text, words):
    answer = signed_in(entity=of).post(reverse("exposure-new"), typed(of, **{field: text}))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert any(part in page for part in words.split("|"))
    assert 'value="steel"' in page
    assert not ExposureVersion.objects.exists()


def test_a_reference_that_is_there_is_refused_beside_it(of):
    client = signed_in(entity=of)
    client.post(reverse("exposure-new"), typed(of))
    answer = client.post(reverse("exposure-new"), typed(of))
    assert answer.status_code == 422
    assert answer.context["form"].errors["external_reference"]


def test_who_may_record(of):
    assert signed_in("AUDITOR", entity=of).get(reverse("exposure-new")).status_code == 403
    assert signed_in("AUDITOR", entity=of).post(reverse("exposure-new"), typed(of)).status_code == 403
    listed = reverse("exposures")
    assert reverse("exposure-new") not in signed_in("AUDITOR", entity=of).get(listed).content.decode()
    assert reverse("exposure-new") in signed_in(entity=of).get(listed).content.decode()
    stranger = signed_in(entity=book.entity())
    assert stranger.post(reverse("exposure-new"), typed(of)).status_code == 422
    assert not ExposureVersion.objects.exists()


def test_without_an_entity_there_is_nothing_to_record():
    answer = signed_in().get(reverse("exposure-new"))
    assert answer.status_code == 404
    assert "There is no entity yet" in answer.content.decode()


def test_of_several_entities_the_number_is_that_of_the_chosen_one_and_given_when_it_is_sent(of):
    other, client = book.entity(), signed_in()
    page = client.get(reverse("exposure-new")).content.decode()
    assert f'value="{of.code}-0001"' not in page
    assert f'value="{other.code}-0001"' not in page
    client.post(reverse("exposure-new"), typed(other, external_reference=""))
    version = ExposureVersion.objects.get()
    assert version.exposure.external_reference == f"{other.code}-0001"
