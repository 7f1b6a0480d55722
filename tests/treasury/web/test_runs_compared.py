"""A run beside the last published one, and a failed night that is tried again, once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import api, book, market, night
from tests.factories.web import signed_in
from treasury.domain import cancelling, runs
from treasury.domain.refusals import Refusal
from treasury.models import CalculationRun

pytestmark = pytest.mark.django_db
DAY = book.TODAY


@pytest.fixture
def two():
    """Two nights: a ratio that moved by ten points, one that moved by two, and a relationship that failed."""
    entity, risk, other = (
        book.entity(),
        book.risk(),
        book.risk("GBPEUR", base_unit_id="GBP", market_symbol="GBPEUR"),
    )
    version = book.relationship(
        of=entity, items=[(book.exposure(of=entity, risk=risk), 600_000)],
        instruments=[(book.forward(of=entity, risk=risk), -600_000)],
    )  # fmt: skip
    rows = [
        (night.ratio(entity, risk, hedge_ratio=first), night.ratio(entity, other, hedge_ratio=second),
         night.effectiveness(version, effectiveness_status=status))
        for first, second, status in ((0.6, 0.6, "EFFECTIVE"), (0.7, 0.62, "NOT_EFFECTIVE"))
    ]  # fmt: skip
    before = night.published(rows[0], DAY - timedelta(days=1))
    return entity, before, night.published(rows[1])


def test_what_moved_is_named_and_what_stayed_is_not(two) -> None:
    _, before, run = two
    page = signed_in("AUDITOR").get(reverse("run", args=[run.pk])).content.decode()
    assert "Against the last published run" in page
    assert "1 ratios moved by more than 5 points, 1 statuses flipped" in page
    assert "60.0 %" in page and "70.0 %" in page and "62.0 %" not in page
    assert reverse("run", args=[before.pk]) in page and "took 0.0 s" not in page


def test_the_api_says_the_same(two) -> None:
    _, before, run = two
    told = api.by_token("AUDITOR").read(f"runs/{run.pk}/difference/")
    assert (told["before_run_id"], told["ratios_moved"], told["statuses_flipped"]) == (before.pk, 1, 1)
    assert (told["now"]["effective"], told["before"]["effective"], told["now"]["not_effective"]) == (0, 1, 1)
    flipped = next(row for row in told["results"] if row["what"] == "STATUS")
    assert (flipped["before_status"], flipped["now_status"]) == ("EFFECTIVE", "NOT_EFFECTIVE")
    stranger = api.by_token(user=book.user("AUDITOR", entity=book.entity()))
    assert stranger.read(f"runs/{run.pk}/difference/")["results"] == []


def test_the_first_night_has_none_before(two) -> None:
    _, before, _ = two
    assert api.by_token("AUDITOR").read(f"runs/{before.pk}/difference/")["before_run_id"] is None
    assert (
        "Against the last" not in signed_in("AUDITOR").get(reverse("run", args=[before.pk])).content.decode()
    )


@pytest.fixture
def failed() -> CalculationRun:
    market.record(*market.quotes(weeks=1))
    run = runs.request(as_of_date=DAY, actor=None).run
    runs.fail(run_id=run.pk, reason="a worker died")
    run.refresh_from_db()
    return run


def test_a_failed_night_is_tried_again_once(failed: CalculationRun) -> None:
    client = signed_in("TREASURER")
    address = reverse("run-retry", args=[failed.pk])
    assert address in client.get(reverse("run", args=[failed.pk])).content.decode()
    first = client.post(address)
    made = CalculationRun.objects.get(revision=2)
    assert first.url == reverse("run", args=[made.pk])
    cancelling.cancel(run=made, actor=book.user("TREASURER"))
    second = client.post(address, follow=True)
    assert "was asked for again already" in second.content.decode()
    assert CalculationRun.objects.count() == 2


def test_by_api_the_same(failed: CalculationRun) -> None:
    caller = api.by_token("TREASURER")
    made = [caller.post(f"runs/{failed.pk}/retry/", {}, headers={"If-Match": "*"}) for _ in range(2)]
    assert [one.status_code for one in made] == [202, 200], made[0].content
    assert made[0].json()["id"] == made[1].json()["id"]


def test_nobody_tries_what_has_not_failed_or_is_not_theirs(failed: CalculationRun) -> None:
    address = reverse("run-retry", args=[failed.pk])
    client = signed_in("AUDITOR")
    assert client.post(address).status_code == 403
    assert address not in client.get(reverse("run", args=[failed.pk])).content.decode()
    made = runs.retry(run=failed, actor=book.user("TREASURER")).run
    with pytest.raises(Refusal, match="has not failed"):
        runs.retry(run=made, actor=book.user("TREASURER"))
