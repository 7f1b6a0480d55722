"""Changes: the effect first, then sent for approval; what the domain refuses is shown and nothing typed is lost."""

from datetime import date

import pytest
from django.urls import reverse

from hedges.models import HedgeRelationshipVersion
from tests.factories import book, clock
from tests.hedges.web.workflow.desk import Desk, fields_of

TODAY = date(2026, 5, 4)


def address(version, kind: str) -> str:
    return reverse("relationship-change", args=[version.relationship_id, kind])


def sent(desk: Desk, version, kind: str, name: str = "preparer", do: str = "send", **changed):
    client = desk.by(name)
    told = fields_of(client.get(address(version, kind)).content.decode())
    return client.post(address(version, kind), told | {"do": do, "reason": "less is sold"} | changed)


def instrument_field(version) -> str:
    return f"instrument_{version.instrument_allocations.get().instrument_id}"


def test_the_effect_is_shown_before_anything_is_recorded(desk: Desk) -> None:
    version = desk.hedge()
    with clock.at(TODAY):
        answer = sent(desk, version, "rebalance", do="preview", **{instrument_field(version): "-500,000.00"})
        html = answer.content.decode()
        assert answer.status_code == 200, html
        assert "In force before and after" in html
        assert "−500,000" in html
        assert HedgeRelationshipVersion.objects.count() == 1
        assert fields_of(html)[instrument_field(version)] == "-500,000.00"


def test_a_rebalancing_is_sent_and_approved_by_another(desk: Desk) -> None:
    version = desk.hedge()
    with clock.at(TODAY):
        assert sent(desk, version, "rebalance", **{instrument_field(version): "500k"}).status_code == 302
        change = HedgeRelationshipVersion.objects.get(version_number=2)
        assert (change.change_kind, change.status) == ("REBALANCING", "DESIGNATED")
        page = desk.by("approver").get(reverse("relationship-decision", args=[change.pk])).content.decode()
        assert "In force before and after" in page
        data = {"decision": "APPROVED", "digest": change.content_digest}
        decided = desk.by("approver").post(reverse("relationship-decide", args=[change.pk]), data)
        assert decided.status_code == 302
    assert [row.designated_amount for row in change.instrument_allocations.all()] == [-500_000]


def test_sent_twice_it_is_one_version(desk: Desk) -> None:
    version = desk.hedge()
    with clock.at(TODAY):
        told = {instrument_field(version): "500k"}
        assert sent(desk, version, "rebalance", **told).status_code == 302
        again = sent(desk, version, "rebalance", **told)
    assert again.status_code == 422
    assert "waits for approval" in again.content.decode()
    assert HedgeRelationshipVersion.objects.count() == 2


def test_a_refusal_is_shown_and_nothing_is_lost(desk: Desk) -> None:
    version = desk.hedge()
    with clock.at(TODAY):
        answer = sent(desk, version, "rebalance", reason="prices moved apart")
    assert answer.status_code == 422
    assert "the hedge ratio would stay the same" in answer.content.decode()
    assert fields_of(answer.content.decode())["reason"] == "prices moved apart"
    assert HedgeRelationshipVersion.objects.count() == 1


def test_ifrs_9_has_no_button_for_a_choice(desk: Desk) -> None:
    version = desk.hedge()
    html = desk.by("preparer").get(reverse("relationship", args=[version.relationship_id])).content.decode()
    assert address(version, "rebalance") in html
    assert address(version, "discontinue") in html
    assert address(version, "de-designate") not in html
    assert address(version, "rebalance") not in desk.by("auditor").get(
        reverse("relationship", args=[version.relationship_id])
    ).content.decode()  # fmt: skip


def test_a_stop_without_facts_is_refused_with_what_to_record(desk: Desk) -> None:
    version = desk.hedge()
    with clock.at(TODAY):
        answer = sent(desk, version, "discontinue", cause="NO_LONGER_EXPECTED", extent="WHOLE")
    assert answer.status_code == 422
    assert "record and approve a version of the exposure" in answer.content.decode()


@pytest.mark.parametrize(("name", "status"), [("auditor", 403), ("stranger", 404)])
def test_an_auditor_and_a_stranger_change_nothing(desk: Desk, name: str, status: int) -> None:
    version = desk.hedge()
    client = desk.by(name)
    assert client.get(address(version, "rebalance")).status_code == status
    assert client.post(address(version, "rebalance"), {"do": "send"}).status_code == status
    assert HedgeRelationshipVersion.objects.count() == 1


def test_a_rebalancing_says_what_is_free_and_what_another_relationship_has(desk: Desk) -> None:
    version, other = desk.hedge(), desk.hedge()
    spare = desk.forward()
    with clock.at(TODAY):
        html = desk.by("preparer").get(address(version, "rebalance")).content.decode()
    rows = html.split("<tr>")
    taken = other.instrument_allocations.get().instrument.external_reference
    of_other = next(row for row in rows if taken in row)
    of_spare = next(row for row in rows if spare.instrument.external_reference in row)
    assert f"in {other.relationship.code}" in of_other
    assert "\u2212600,000" not in of_other
    assert "\u2212600,000" in of_spare
    assert ", in " not in of_spare
    own = version.instrument_allocations.get().instrument.external_reference
    assert ", in " not in next(row for row in rows if own in row)


def test_a_rebalancing_takes_in_another_exposure(desk: Desk) -> None:
    version, other = desk.hedge(), book.exposure(250_000, of=desk.entity)
    field = f"item_{other.exposure_id}"
    with clock.at(TODAY):
        html = desk.by("preparer").get(address(version, "rebalance")).content.decode()
        assert other.exposure.external_reference in html
        answer = sent(desk, version, "rebalance", **{field: "200,000.00"})
        assert answer.status_code == 302, answer.content.decode()
    change = HedgeRelationshipVersion.objects.latest("id")
    assert [row["exposure"] for row in change.volumes["items"] if row["struck_on"] == str(TODAY)] == [
        other.exposure_id
    ]
