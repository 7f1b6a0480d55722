"""An exposure goes through its life by form: what each sends, what a stale form is told, and who sees no button."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exposures.models import ExposureVersion
from exposures.web.verbs import VERBS
from tests.factories import book
from tests.factories.exposure_life import approved, done
from tests.factories.web import signed_in
from tests.hedges.web.workflow.desk import fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return book.entity()


@pytest.fixture
def payable(of):
    return book.exposure(-1_000_000, of=of, kind="FORECAST")


def address(version, verb):
    return reverse("exposure-change", args=[version.exposure_id, verb])


def send(client, version, verb, **fields):
    page = client.get(address(version, verb)).content.decode()
    told = {name: text for name, text in fields_of(page).items() if name != "q"}
    return client.post(address(version, verb), told | {"reason": "as agreed"} | fields)


def newest(version):
    return version.exposure.versions.order_by("-version_number")[0]


@pytest.mark.parametrize("verb, fields, becomes", [
    ("amend", {"size": "1.25m"}, {"exposure_amount": Decimal(-1_250_000)}),
    ("confirm", {"kind": "RECOGNISED", "size": "900k"}, {"kind": "RECOGNISED_LIABILITY"}),
    ("confirm", {}, {"kind": "HIGHLY_PROBABLE_FORECAST"}),
    ("settle", {"size": "950000", "rest": "NONE"}, {"status": "SETTLED", "exposure_amount": Decimal(-950_000)}),
    ("settle", {}, {"status": "SETTLED", "exposure_amount": Decimal(-1_000_000)}),
    ("settle", {"size": "400k"}, {"status": "OPEN", "exposure_amount": Decimal(-600_000)}),
    ("no-longer-expected", {}, {"status": "NO_LONGER_EXPECTED"}),
    ("cancel", {"valid_from": "2026-09-01"}, {"status": "CANCELLED", "valid_from": date(2026, 9, 1)}),
    ("split", {"size_1": "100k", "size_3": "50k", "reference_3": "P-3"}, {"exposure_amount": Decimal(-850_000)}),
])  # fmt: skip
def test_a_form_as_it_stands_records_the_change(of, payable, verb, fields, becomes):
    answer = send(signed_in(entity=of), payable, verb, **fields)
    assert answer.status_code == 302, answer.context["form"].errors
    version = newest(payable)
    assert {name: getattr(version, name) for name in becomes} == becomes
    assert version.change_reason == "as agreed"
    assert not hasattr(version, "approval")


def test_the_interest_of_debt_is_amended_too_and_of_nothing_else(of, payable):
    client = signed_in(entity=of)
    assert not {"start_date", "payment_months", "spread"} & set(_form(client, payable))
    index = book.risk("EURIBOR6M", kind="RATE_INDEX", base_unit_id="EUR", quote_currency_id="EUR")
    debt = book.exposure(
        -10_000_000, of=of, kind="RECOGNISED_LIABILITY", risk=index, expected_date=date(2030, 1, 30),
        start_date=date(2026, 1, 30), payment_months=6, spread_rate=Decimal("0.0125"),
    )  # fmt: skip
    stands = _form(client, debt)
    assert (stands["start_date"], stands["payment_months"], stands["spread"]) == ("2026-01-30", "6", "1.25")
    assert send(client, debt, "amend").status_code == 422, "nothing changes"
    answer = send(client, debt, "amend", payment_months="3", spread="1.1")
    assert answer.status_code == 302, answer.context["form"].errors
    version = newest(debt)
    assert (version.payment_months, version.spread_rate) == (3, Decimal("0.011"))
    assert (version.start_date, version.exposure_amount) == (debt.start_date, debt.exposure_amount)


def _form(client, version):
    return fields_of(client.get(address(version, "amend")).content.decode())


def test_undo_brings_the_terms_back(of, payable):
    done("amend", payable, exposure_amount=Decimal(-5))
    assert send(signed_in(entity=of), payable, "undo").status_code == 302
    assert newest(payable).exposure_amount == -1_000_000


@pytest.mark.parametrize("verb, fields, words", [
    ("amend", {}, "Nothing changes"),
    ("amend", {"reason": ""}, "Reason is missing"),
    ("settle", {"size": "2m"}, "choose that nothing more comes"),
    ("split", {}, "at least one part"),
    ("split", {"size_1": "1m"}, "something has to stay"),
    ("split", {"reference_2": "P"}, "This part has no amount"),
    ("lower", {}, "only a highly probable forecast"),
    ("undo", {}, "has nothing before version 1"),
])  # fmt: skip
def test_what_is_refused_says_why_and_keeps_what_was_typed(of, payable, verb, fields, words):
    answer = send(signed_in(entity=of), payable, verb, **fields)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert fields.get("reason") == "" or 'value="as agreed"' in page
    assert ExposureVersion.objects.count() == 1


def test_a_stale_form_is_told_what_changed_and_loses_nothing(of, payable):
    client = signed_in(entity=of)
    told = fields_of(client.get(address(payable, "amend")).content.decode()) | {
        "size": "7m", "reason": "a larger order",
    }  # fmt: skip
    done("amend", payable, expected_date=date(2027, 6, 30))
    answer = client.post(address(payable, "amend"), told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "It has changed meanwhile by person" in page
    assert "as the business says" in page
    assert "2027-06-30" in page
    assert 'value="7m"' in page
    assert ExposureVersion.objects.count() == 2
    assert client.post(address(payable, "amend"), told | {"version_number": "2"}).status_code == 302
    assert newest(payable).exposure_amount == -7_000_000


def test_the_page_offers_what_is_possible_to_those_who_may_write(of, payable):
    page = reverse("exposure", args=[payable.exposure_id])

    def offered(client):
        text = client.get(page).content.decode()
        return [verb for verb in VERBS if address(payable, verb) in text]

    client = signed_in(entity=of)
    assert offered(client) == ["confirm", "amend", "settle", "split", "no-longer-expected", "cancel"]
    assert offered(signed_in("AUDITOR", entity=of)) == []
    version = done("settle", payable, approve=False)
    assert offered(client) == []
    approved([version])
    assert offered(client) == ["undo"]
    assert signed_in("AUDITOR", entity=of).get(address(payable, "undo")).status_code == 403
    assert signed_in(entity=book.entity()).get(address(payable, "undo")).status_code == 404
    assert client.get(address(payable, "delete")).status_code == 404


def test_two_versions_stand_side_by_side(of, payable):
    done("amend", payable, exposure_amount=Decimal(-5), description="bolts")
    done("confirm", payable, kind="FIRM_COMMITMENT")
    compare = reverse("exposure-compare", args=[payable.exposure_id])
    client = signed_in("AUDITOR", entity=of)
    assert compare in client.get(reverse("exposure", args=[payable.exposure_id])).content.decode()
    rows = {row["term"]: row for row in client.get(compare, {"from": "1", "to": "3"}).context["table"].rows}
    assert (rows["Amount"]["before"], rows["Amount"]["after"], rows["Amount"]["changed"]) == (
        "−1,000,000",
        "−5",
        "changed",
    )
    assert rows["Risk"]["changed"] == ""
    usual = client.get(compare).context
    assert (usual["since"], usual["to"]) == ("2", "3")


@pytest.mark.parametrize("verb", ["amend", "split", "settle"])
def test_a_form_reads_a_fixed_number_of_times(of, payable, verb, django_assert_num_queries):
    client, counts = signed_in(entity=of), []
    for _ in range(3):
        with CaptureQueriesContext(connection) as queries:
            client.get(address(payable, verb))
        counts.append(len(queries))
        done("amend", payable, exposure_amount=newest(payable).exposure_amount - 1)
    assert counts == [14, 14, 14]


def test_a_split_is_shown_and_decided_on_as_a_whole(of, payable):
    send(signed_in(entity=of), payable, "split", size_1="400k")
    version = newest(payable)
    client = signed_in("APPROVER", entity=of)
    shown = client.get(reverse("book-decision", args=["exposure", version.pk]))
    assert [row["exposure_amount"] for row in shown.context["together"].rows] == [-600_000, -400_000]
    assert "the decision is on all of these" in shown.content.decode()
    told = {"decision": "APPROVED", "digest": version.content_digest, "comment": ""}
    assert client.post(reverse("book-decide", args=["exposure", version.pk]), told).status_code == 302
    assert not ExposureVersion.objects.filter(approval=None).exists()


def test_recorded_once_and_changed_by_two_at_once(of, payable):
    """Two forms of the same version: the second is told, whichever came first."""
    client = signed_in(entity=of)
    page = fields_of(client.get(address(payable, "settle")).content.decode()) | {"reason": "paid"}
    other = fields_of(client.get(address(payable, "cancel")).content.decode()) | {"reason": "fell through"}
    assert client.post(address(payable, "settle"), page).status_code == 302
    answer = client.post(address(payable, "cancel"), other)
    assert answer.status_code == 422
    assert "It has changed meanwhile" in answer.content.decode()
