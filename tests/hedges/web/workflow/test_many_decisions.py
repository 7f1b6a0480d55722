"""Rows of what waits are ticked and decided on with one word: what was shown, all or none, nobody on their own."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from exposures.domain import splitting
from exposures.domain.splitting import Part, Split
from exposures.models import ExposureVersionApproval
from hedges.models import InstrumentVersion, InstrumentVersionApproval
from tests.factories import book
from tests.factories.exposure_life import DAY
from tests.hedges.domain.trade_life.lives import done
from tests.hedges.domain.trade_life.rolls import rolled
from tests.hedges.web.workflow.desk import Desk

APPROVALS = {"exposure": ExposureVersionApproval, "instrument": InstrumentVersionApproval}
BOX = re.compile(r'<input type="checkbox" name="row" value="([^"]+)" form="decide-(\w+)"( checked)?')


def waiting(desk: Desk, kind: str, **fields):
    if kind == "exposure":
        return book.exposure(of=desk.entity, approve=False, **fields)
    return book.forward(of=desk.entity, counterparty=desk.bank, approve=False, **fields)


def boxes(html: str, kind: str) -> list[str]:
    return [value for value, of, _ in BOX.findall(html) if of == kind]


def page(desk: Desk, name: str, **asked) -> str:
    return desk.by(name).get(reverse("approvals"), asked).content.decode()


def send(desk: Desk, name: str, kind: str, rows: list[str], decision: str = "APPROVED", comment: str = ""):
    data = {"row": rows, "decision": decision, "comment": comment}
    return desk.by(name).post(reverse("decide-many", args=[kind]), data)


@pytest.mark.parametrize("kind", APPROVALS)
def test_what_is_ticked_is_decided_and_nothing_else(desk: Desk, kind: str) -> None:
    first, second, third = (waiting(desk, kind) for _ in range(3))
    shown = boxes(page(desk, "approver"), kind)
    assert shown == [f"{one.pk}:{one.content_digest}" for one in (first, second, third)]
    assert send(desk, "approver", kind, shown[:2], comment="seen").status_code == 302
    decided = APPROVALS[kind].objects.filter(version__in=[first, second, third])
    assert {one.version_id for one in decided} == {first.pk, second.pk}
    assert {(one.decision, one.decided_by, one.comment) for one in decided} == {
        ("APPROVED", desk.people["approver"], "seen")
    }
    assert len({one.event_id for one in decided}) == 1, "one action"


def test_relationships_are_decided_by_the_same_bar(desk: Desk) -> None:
    one, other = desk.hedge(approve=False), desk.hedge(approve=False)
    shown = boxes(page(desk, "approver"), "relationship")
    assert [value.partition(":")[0] for value in shown] == [str(one.pk), str(other.pk)]
    assert send(desk, "approver", "relationship", shown, "REJECTED").status_code == 422, "without a reason"
    assert send(desk, "approver", "relationship", shown, "REJECTED", "not so").status_code == 302
    for version in (one, other):
        version.refresh_from_db()
        assert version.approval.decision == "REJECTED"


@pytest.mark.parametrize("kind", APPROVALS)
def test_who_wrote_a_version_has_no_box_and_reads_why(desk: Desk, kind: str) -> None:
    own = waiting(desk, kind, author=desk.people["third"])
    other = waiting(desk, kind, author=desk.people["treasurer"])
    html = page(desk, "third")
    assert boxes(html, kind) == [f"{other.pk}:{other.content_digest}"]
    assert "another person, you wrote it" in html
    answer = send(desk, "third", kind, [f"{one.pk}:{one.content_digest}" for one in (own, other)])
    assert answer.status_code == 422
    assert "You wrote it, or a version before it" in answer.content.decode()
    assert not APPROVALS[kind].objects.filter(version__in=[own, other]).exists(), "all or none"


def test_each_row_that_is_in_the_way_is_named_and_the_ticks_stay(desk: Desk) -> None:
    decided, changed, good = (waiting(desk, "exposure") for _ in range(3))
    send(desk, "approver", "exposure", [f"{decided.pk}:{decided.content_digest}"])
    rows = [
        f"{decided.pk}:{decided.content_digest}",
        f"{changed.pk}:{'0' * 64}",
        f"{good.pk}:{good.content_digest}",
        f"999999:{'0' * 64}",
    ]
    html = send(desk, "approver", "exposure", rows, comment="all good").content.decode()
    for version, words in ((decided, "has decided on it already"), (changed, "not what you have seen")):
        assert re.search(rf"<li>{re.escape(version.exposure.external_reference)}: [^<]*{words}", html)
    assert "<li>Version 999999: There is no such version" in html
    assert f"<li>{good.exposure.external_reference}" not in html
    assert "all good</textarea>" in html
    assert [value for value, _, ticked in BOX.findall(html) if ticked] == [rows[2]]
    assert not ExposureVersionApproval.objects.filter(version__in=[changed, good]).exists()


@pytest.mark.parametrize(
    ("name", "done", "words"),
    [
        ("auditor", 403, ""),
        ("treasurer", 422, "Only an approver"),
        ("stranger", 422, "There is no such version"),
    ],
)
def test_who_may_not_decide_has_no_box_and_is_refused(desk: Desk, name: str, done: int, words: str) -> None:
    version = waiting(desk, "exposure")
    assert boxes(page(desk, name), "exposure") == []
    answer = send(desk, name, "exposure", [f"{version.pk}:{version.content_digest}"])
    assert answer.status_code == done
    assert words in answer.content.decode()
    assert not ExposureVersionApproval.objects.exists()


def test_without_script_a_link_ticks_all_of_one_list(desk: Desk) -> None:
    waiting(desk, "exposure")
    waiting(desk, "exposure")
    waiting(desk, "instrument")
    html = page(desk, "approver", tick="exposure")
    assert [of for _, of, ticked in BOX.findall(html) if ticked] == ["exposure"] * 2
    assert len(boxes(html, "instrument")) == 1
    assert "Choose all 2 on this page" in html


def test_what_one_word_decides_has_one_box(desk: Desk) -> None:
    payable = book.exposure(-1_000_000, of=desk.entity)
    parts = splitting.split(
        splits=[Split(payable.exposure_id, DAY, [Part(Decimal(400_000)), Part(Decimal(100_000))])],
        actor=desk.people["treasurer"],
        reason="two orders",
    )
    html = page(desk, "approver")
    (box,) = boxes(html, "exposure")
    assert box == ",".join(f"{one.pk}:{one.content_digest}" for one in parts)
    assert html.count("one word with ") == 2
    answer = send(desk, "approver", "exposure", box.split(",")[:2])
    assert answer.status_code == 422
    assert f"and on {parts[2].exposure.external_reference}: choose all of them" in answer.content.decode()
    assert send(desk, "approver", "exposure", [box]).status_code == 302
    assert ExposureVersionApproval.objects.filter(version__in=parts).count() == 3


def test_the_trades_of_a_roll_have_one_box(desk: Desk) -> None:
    event = done(rolled(desk.forward()))
    versions = list(InstrumentVersion.objects.filter(event_id=event.event_id).order_by("recorded_at", "id"))
    assert len(versions) == 3, "the old trade, and both legs of what follows it"
    (box,) = boxes(page(desk, "approver"), "instrument")
    assert box == ",".join(f"{one.pk}:{one.content_digest}" for one in versions)
    assert send(desk, "approver", "instrument", [box]).status_code == 302
    assert InstrumentVersionApproval.objects.filter(version__in=versions).count() == 3


def test_nothing_is_ticked_or_not_so(desk: Desk) -> None:
    for rows in ([], ["7"], ["7:xyz"]):
        answer = send(desk, "approver", "exposure", rows)
        assert answer.status_code == 422
        assert "Nothing is ticked" in answer.content.decode()
    assert send(desk, "approver", "policy", []).status_code == 404


@pytest.mark.parametrize("size", [1, 3])
def test_the_reads_do_not_grow(desk: Desk, size: int, django_assert_num_queries) -> None:
    for _ in range(size):
        waiting(desk, "exposure")
        waiting(desk, "instrument")
    client = desk.by("approver")
    address = reverse("approvals")
    rows = boxes(client.get(address).content.decode(), "exposure")
    with django_assert_num_queries(19):
        client.get(address)
    with django_assert_num_queries(12):
        client.post(reverse("decide-many", args=["exposure"]), {"row": rows, "decision": "APPROVED"})
