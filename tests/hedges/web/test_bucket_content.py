"""A cell of the position opens to what the night put into it: the same rows, the same sum."""

from datetime import date
from decimal import Decimal

import pytest

from hedges.queries import bucket_content, position
from tests.factories import book, night

pytestmark = pytest.mark.django_db


def content(entity, risk) -> tuple[list, list]:
    run = night.published([night.bucket(entity, risk, 6, 9)])
    found = position.bucket(run.pk, entity.pk, risk.code, 6)
    sealed = {"as_of_date": run.as_of_date, "known_at": run.known_at}
    exposures = bucket_content.exposures(sealed, found)
    hedges = bucket_content.instruments(sealed, found)
    return [row["amount"] for row in exposures], [row["amount"] for row in hedges]


def test_the_first_day_of_a_bucket_is_in_and_the_first_after_it_is_not() -> None:
    entity, risk = book.entity(), book.risk()
    book.exposure(100, of=entity, expected_date=date(2027, 4, 30))
    book.exposure(200, of=entity, expected_date=date(2027, 7, 29))
    book.exposure(400, of=entity, expected_date=date(2027, 7, 30))
    book.exposure(800, of=entity, expected_date=date(2027, 4, 29))
    assert content(entity, risk) == ([Decimal(100), Decimal(200)], [])


def test_a_natural_offset_is_a_hedge_and_no_exposure() -> None:
    entity, risk = book.entity(), book.risk()
    book.exposure(1000, of=entity, kind="RECOGNISED_ASSET")
    loan = book.exposure(-700, of=entity, kind="RECOGNISED_LIABILITY")
    book.instrument("NATURAL_OFFSET", -700, of=entity, offset_exposure=loan.exposure)
    assert content(entity, risk) == ([Decimal(1000)], [Decimal(-700)])


def test_what_nobody_has_approved_and_what_came_after_the_seal_is_left_out() -> None:
    entity, risk = book.entity(), book.risk()
    book.exposure(100, of=entity, approve=False)
    run = night.published([night.bucket(entity, risk, 6, 9)])
    book.exposure(200, of=entity)
    found = position.bucket(run.pk, entity.pk, risk.code, 6)
    assert bucket_content.exposures({"as_of_date": run.as_of_date, "known_at": run.known_at}, found) == []
