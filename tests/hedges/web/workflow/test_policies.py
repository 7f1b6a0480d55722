"""Bands of a policy: typed, tried on today's book and on the past year, sent, and decided on by another person."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from hedges.domain.policy_preview import preview
from hedges.models import HorizonBucketResult
from hedges.queries import policy_effect, position
from tests.factories import book, night
from tests.factories.web import signed_in
from tests.hedges.web.workflow import tickets
from tests.hedges.web.workflow.desk import Desk, fields_of
from treasury.domain import policies
from treasury.domain.policies import Band
from treasury.domain.refusals import Refusal
from treasury.models import CalculationRun, PolicyVersion

BANDS = [(0, 6, "0.6", "0.75", "0.9"), (6, 12, "0.5", "0.65", "0.8")]


@pytest.fixture
def risk(desk: Desk):
    of = book.risk("USDEUR")
    book.policy(of=desk.entity, risk=of, bands=BANDS)
    return of


def edit(desk: Desk) -> str:
    return reverse("policy-edit", args=[desk.entity.code, "USDEUR"])


def typed(desk: Desk, **changed: str) -> dict[str, str]:
    page = desk.by("treasurer").get(edit(desk))
    return fields_of(page.content.decode()) | {"change_reason": "the board asked", "do": "send"} | changed


def band(first=0, end=6, lower="0.5", target="0.6", upper="0.7") -> Band:
    return Band(first, end, Decimal(lower), Decimal(target), Decimal(upper))


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ([], "at least one band"),
        ([band(6, 6)], "ends before it begins"),
        ([band(lower="0.65")], "not in order"),
        ([band(upper="0.55")], "not in order"),
        ([band(upper="2.1")], "above 200 %"),
        ([band(0, 7), band(6, 12)], "months 0–7 and months 6–12 overlap"),
        ([band(6, 12), band(0, 7)], "months 0–7 and months 6–12 overlap"),
    ],
)
def test_bands_that_are_wrong_are_named(bands, said) -> None:
    with pytest.raises(Refusal, match=said):
        policies.checked(bands)


def test_a_change_waits_for_another_person_and_then_counts(desk: Desk, risk) -> None:
    answer = desk.by("treasurer").post(edit(desk), typed(desk, lower_0="70", valid_from="2026-10-30"))
    assert answer.status_code == 302, tickets.said(answer)
    version = PolicyVersion.objects.get(version_number=2)
    assert [one.lower_ratio for one in version.bands.order_by("month_from")] == [
        Decimal("0.7"),
        Decimal("0.5"),
    ]
    approvals = tickets.said(desk.by("preparer").get(reverse("approvals")))
    assert "the board asked" in approvals
    at = reverse("policy-decide", args=[version.pk])
    told = {"digest": version.content_digest, "decision": "APPROVED"}
    own = desk.by("treasurer").post(at, told)
    assert own.status_code == 422
    assert desk.by("approver").post(at, told | {"digest": "0" * 64}).status_code == 422
    assert desk.by("approver").post(at, told).status_code == 302
    page = tickets.said(desk.by("treasurer").get(reverse("policy", args=[desk.entity.code, "USDEUR"])))
    assert "version 2, from 2026-10-30" in page
    assert "Bands: 0–6 M 60–90 %, target 75 %; 6–12 M 50–80 %, target 65 % → 0–6 M 70–90 %" in page
    assert "Policy version approved" in page


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_recorded(desk: Desk, risk) -> None:
    for changed, said in (
        ({"lower_0": "sixty"}, "Expected a percentage like 62.5"),
        ({"upper_1": ""}, "A band has its months and three limits"),
        ({"to_0": "7"}, "overlap; give each month one band"),
        ({"lower_0": "80"}, "are not in order"),
        ({"change_reason": ""}, "Why is missing"),
        ({"valid_to": "2020-01-01"}, "Expected a day after"),
    ):
        answer = desk.by("treasurer").post(edit(desk), typed(desk, **changed))
        assert answer.status_code == 422
        assert said in tickets.said(answer)
    assert PolicyVersion.objects.count() == 1


def test_of_two_who_change_it_at_once_the_second_is_told(desk: Desk, risk) -> None:
    first = typed(desk)
    assert desk.by("treasurer").post(edit(desk), first).status_code == 302
    late = desk.by("preparer").post(edit(desk), first)
    assert late.status_code == 422
    assert "has changed meanwhile" in tickets.said(late)


def test_readers_and_strangers_change_nothing(desk: Desk, risk) -> None:
    assert signed_in("AUDITOR", entity=desk.entity).get(edit(desk)).status_code == 403
    assert signed_in("TREASURER", entity=book.entity()).get(edit(desk)).status_code == 404
    with pytest.raises(Refusal, match="Only a treasurer or hedge accountant"):
        policies.revise(
            entity_id=desk.entity.pk, risk_id=risk.pk, bands=[band()], valid_from=date(2026, 11, 1), reason="x",
            seen_version=1, actor=book.user("APPROVER", entity=desk.entity),
        )  # fmt: skip


def test_the_effect_on_today_and_on_the_past_is_shown(desk: Desk, risk) -> None:
    for back in (400, 60, 30, 0):
        day = book.TODAY - timedelta(days=back)
        flags = ["under_hedged"] if back == 60 else []
        night.published([night.bucket(desk.entity, risk, 6, 9, flags=flags)], day)
    page = desk.by("treasurer").post(
        edit(desk), typed(desk, do="work", lower_1="61", valid_from="2026-10-30")
    )
    said = tickets.said(page)
    assert page.status_code == 200
    assert PolicyVersion.objects.count() == 1
    assert "Over 3 nights of the past year a bucket was in breach on 1" in said
    assert "under these bands it would have been on 3" in said
    assert "61–80 %" in said
    rows, total = policy_effect.past(
        CalculationRun.objects.all(), entity_id=desk.entity.pk, risk_id=risk.pk,
        limits=[(6, Decimal("0.6"), Decimal("0.8"))],
    )  # fmt: skip
    assert (total["would"], total["was"], rows[0]["buckets"]) == (
        0,
        1,
        4,
    )  # 0.6 is on the edge, which is inside


@pytest.mark.parametrize("size", [1, 3])
def test_the_reads_do_not_grow(desk: Desk, risk, size: int, django_assert_num_queries) -> None:
    for back in range(size):
        night.published([night.bucket(desk.entity, risk, 6, 9)], book.TODAY - timedelta(days=back))
    client = signed_in(user=desk.people["treasurer"])
    told = typed(desk, do="work")
    with django_assert_num_queries(16):
        client.post(edit(desk), told)
    with django_assert_num_queries(14):
        client.get(reverse("policy", args=[desk.entity.code, "USDEUR"]))


def test_a_preview_is_the_function_of_the_night(desk: Desk, risk) -> None:
    run = night.published([night.bucket(desk.entity, risk, 6, 9)])
    row = position.profile(run.pk, desk.entity.pk, risk.pk)[0]
    same = preview([row], [band(6, 12, "0.5", "0.65", "0.8")])[0]
    stored = HorizonBucketResult.objects.get()
    assert same["min_to_hedge_amount"] == Decimal(100_000) == stored.min_to_hedge_amount
    assert same["flags"] == []
    assert preview([row], [band(0, 6)])[0]["lower_ratio"] is None
