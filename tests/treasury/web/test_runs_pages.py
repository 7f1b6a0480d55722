"""Runs: starting a night, watching it, and who may."""

import re
from datetime import date

import pytest
from django.urls import reverse

from tests.factories import book, market, night
from tests.factories.web import signed_in
from treasury.domain import audit, runs
from treasury.models import CalculationRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def rates() -> None:
    """FX rates of 2026-10-30, and of no other day."""
    market.record(*market.quotes(weeks=1))


def test_a_night_is_a_row_that_somebody_asked_for(rates: None) -> None:
    answer = signed_in().post(reverse("run-start"), {"as_of_date": "2026-10-30"}, follow=True)
    run = CalculationRun.objects.get()
    assert (str(run.as_of_date), run.revision, run.status) == ("2026-10-30", 1, "PENDING")
    assert run.requested_by is not None
    assert "is asked for" in answer.content.decode()


def test_a_second_start_joins_the_first(rates: None) -> None:
    client = signed_in()
    client.post(reverse("run-start"), {"as_of_date": "2026-10-30"})
    answer = client.post(reverse("run-start"), {"as_of_date": "2026-10-30"}, follow=True)
    assert CalculationRun.objects.count() == 1
    assert "under way already" in answer.content.decode()


def test_a_date_that_is_published_gets_a_new_revision(rates: None) -> None:
    night.published()
    signed_in().post(reverse("run-start"), {"as_of_date": "2026-10-30"})
    assert list(CalculationRun.objects.order_by("revision").values_list("revision", flat=True)) == [1, 2]


@pytest.mark.parametrize("text", ["soon", "20261030", "2026-W44-5", "0001-1-1", ""])
def test_a_text_for_a_date_is_refused_in_words(rates: None, text: str) -> None:
    answer = signed_in().post(reverse("run-start"), {"as_of_date": text}, follow=True)
    assert "expected a date like 2026-10-09" in answer.content.decode()
    assert not CalculationRun.objects.exists()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-10-31"])
def test_a_date_without_rates_is_refused_and_nothing_is_written(rates: None, day: str) -> None:
    answer = signed_in().post(reverse("run-start"), {"as_of_date": day}, follow=True)
    assert f"there are no FX rates for {day}; record them first" in answer.content.decode()
    assert "Nothing was changed" in answer.content.decode()
    assert not CalculationRun.objects.exists()


def test_an_auditor_sees_the_runs_and_starts_none() -> None:
    client = signed_in("AUDITOR")
    assert "Start the night" not in client.get(reverse("runs")).content.decode()
    assert client.post(reverse("run-start"), {"as_of_date": "2026-10-30"}).status_code == 403
    assert not CalculationRun.objects.exists()


def test_the_progress_of_a_run_polls_until_it_has_ended() -> None:
    run = night.running()
    client = signed_in()
    live = client.get(reverse("run-progress", args=[run.pk]))
    assert live.status_code == 200
    assert "every 1s" in live.content.decode()
    assert "0 of 1" in live.content.decode()
    CalculationRun.objects.filter(pk=run.pk).update(status="FAILED", status_reason="no disk")
    ended = client.get(reverse("run-progress", args=[run.pk]))
    assert ended.status_code == 286
    assert ended["HX-Refresh"] == "true"
    assert "no disk" in client.get(reverse("run", args=[run.pk])).content.decode()


def test_the_list_links_its_dates_and_has_the_newest_revision_of_the_newest_date_first() -> None:
    runs = {
        (day, revision): night.published(as_of=date(2026, 10, day), revision=revision)
        for day, revision in [(30, 1), (30, 2), (23, 1), (23, 2)]
    }
    text = signed_in().get(reverse("runs")).content.decode()
    links = [
        f'<a href="{reverse("run", args=[runs[key].pk])}">2026-10-{key[0]}</a>'
        for key in [(30, 2), (30, 1), (23, 2), (23, 1)]
    ]
    places = [text.index(link) for link in links]
    assert places == sorted(places)


@pytest.mark.parametrize(("reason", "words"), [("", "the schedule"), ("command line", "command line")])
def test_a_run_that_nobody_asked_for_says_what_did(rates: None, reason: str, words: str) -> None:
    run = runs.request(as_of_date=date(2026, 10, 30), actor=None, reason=reason).run
    page = signed_in().get(reverse("run", args=[run.pk])).content.decode()
    assert re.search(rf"Asked for by</dt>\s*<dd>{words}</dd>", page)
    listed = signed_in().get(reverse("runs")).content.decode()
    assert words.removeprefix("the ") in listed


def test_a_close_is_seen_by_its_entity_alone() -> None:
    own, other = book.entity(), book.entity()
    with audit.action("test.close.asked", actor=None):
        close = CalculationRun.objects.create(
            kind="CLOSE", scope=own.code, as_of_date=date(2026, 9, 30), revision=1
        )
    for entity, status in ((own, 200), (other, 404)):
        client = signed_in(entity=entity)
        assert client.get(reverse("run", args=[close.pk])).status_code == status
        shown = client.get(reverse("runs")).content.decode()
        assert (reverse("run", args=[close.pk]) in shown) == (status == 200)
