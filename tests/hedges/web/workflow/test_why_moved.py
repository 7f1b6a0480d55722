"""The page of a ratio's move: two nights, parts that sum to the difference, for a bucket, a risk and an entity."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import book, night
from tests.factories.web import signed_in
from tests.hedges.web.workflow import tickets
from tests.hedges.web.workflow.desk import Desk

EARLIER = book.TODAY - timedelta(days=7)


@pytest.fixture
def nights(desk: Desk):
    """Nights whose numbers are those of the book: 1,000,000 of which 500,000, then 600,000 is hedged."""
    risk = book.risk("USDEUR")
    book.exposure(of=desk.entity, expected_date=date(2027, 5, 20))
    book.forward(-500_000, of=desk.entity, settlement_date=date(2027, 5, 20))
    first = _night(desk, risk, EARLIER, -500_000)
    book.forward(
        -100_000,
        of=desk.entity,
        settlement_date=date(2027, 5, 20),
        valid_from=book.TODAY,
        trade_date=book.TODAY,
    )
    return first, _night(desk, risk, book.TODAY, -600_000)


def _night(desk: Desk, risk, day, hedge: int):
    amounts = {"hedge_amount": hedge}
    ratio = hedge / -1_000_000
    return night.published(
        [
            night.ratio(desk.entity, risk, hedge_ratio=ratio, **amounts),
            night.bucket(desk.entity, risk, 6, 9, coverage_ratio=ratio, flags=[], **amounts),
        ],
        day,
    )


def why(desk: Desk, **parameters):
    return desk.by("treasurer").get(reverse("why-moved", args=[desk.entity.code]), parameters)


@pytest.mark.parametrize("month", [{}, {"month": 6}])
def test_a_new_trade_is_the_whole_difference(desk: Desk, nights, month) -> None:
    said = tickets.said(why(desk, risk="USDEUR", **month))
    assert "Covered at first 50.0 %" in said
    assert "Covered now 60.0 %" in said
    assert "Moved by +10.0 points" in said
    assert "New trades +10.0 60.0 % – -100,000 1" in said.replace("−", "-")
    assert "Not explained" not in said


def test_what_has_no_earlier_night_says_so(desk: Desk, nights) -> None:
    assert "No earlier night is published" in tickets.said(why(desk, risk="USDEUR", since="2020-01-01"))
    assert "has no amounts for this" in tickets.said(why(desk))
    for wrong in ({"risk": "NOPE"}, {"month": 6}, {"risk": "USDEUR", "since_run": 999999}):
        assert why(desk, **wrong).status_code == 404
    stranger = signed_in("TREASURER", entity=book.entity())
    assert stranger.get(reverse("why-moved", args=[desk.entity.code]), {"risk": "USDEUR"}).status_code == 404


def test_a_night_whose_quotes_are_not_the_sealed_ones_splits_nothing_and_says_so(desk: Desk, nights) -> None:
    for revision, day in ((2, EARLIER), (2, book.TODAY)):
        night.published([_of_the_entity(desk)], day, revision=revision)
    answer = why(desk)
    assert answer.status_code == 200
    assert "are not those that were sealed" in tickets.said(answer)
    read = desk.by("treasurer").get(f"/api/v1/entities/{desk.entity.pk}/why-moved/")
    assert read.status_code == 200
    assert "are not those that were sealed" in read.json()["reason"]


def _of_the_entity(desk: Desk):
    return night.ratio(desk.entity, None, subject="ENTITY", subject_key=0, amount_unit="EUR")


def test_a_correction_of_the_same_day_is_one_part(desk: Desk, nights) -> None:
    _, last = nights
    book.exposure(250_000, of=desk.entity, expected_date=date(2027, 5, 20))
    risk = book.risk("USDEUR")
    night.published(
        [night.ratio(desk.entity, risk, exposure_amount=1_250_000, hedge_ratio=0.48)], book.TODAY, revision=2
    )
    said = tickets.said(why(desk, risk="USDEUR", since_run=last.pk))
    assert "Corrections −12.0 48.0 % 250,000" in said.replace("-12.0", "−12.0")


@pytest.mark.parametrize("size", [1, 3])
def test_the_reads_do_not_grow(desk: Desk, nights, size: int, django_assert_num_queries) -> None:
    for place in range(size):
        book.exposure(Decimal(100 + place), of=desk.entity, expected_date=date(2027, 5, 20))
    client = signed_in(user=desk.people["treasurer"])
    with django_assert_num_queries(15):
        client.get(reverse("why-moved", args=[desk.entity.code]), {"risk": "USDEUR", "month": 6})
