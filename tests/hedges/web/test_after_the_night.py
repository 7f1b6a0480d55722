"""What is approved after the night has read the book: the pages say that the next night counts it, and where."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from hedges.queries import bucket_place, bucket_since, position
from hedges.web import counts_in
from tests.factories import book, night
from tests.factories.web import signed_in

pytestmark = pytest.mark.django_db


def seen(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def made():
    entity, risk = book.entity(), book.risk()
    run = night.published([night.bucket(entity, risk, 0, 12)])
    day = run.as_of_date + timedelta(days=90)
    return entity, risk, run, day


def test_a_trade_of_after_the_night_says_who_counts_it_and_where_it_shows() -> None:
    entity, risk, _, day = made()
    trade = book.forward(of=entity, risk=risk, settlement_date=day)
    page = signed_in(entity=entity).get(reverse("instrument", args=[trade.instrument_id]))
    assert "The next night counts it." in seen(page)
    assert reverse("position-cell", args=[entity.code, risk.code, 0]) in page.content.decode()


def test_the_bucket_lists_what_the_night_has_not_seen_and_nothing_else() -> None:
    entity, risk = book.entity(), book.risk()
    before = book.forward(of=entity, risk=risk)
    run = night.published([night.bucket(entity, risk, 0, 12)])
    day = run.as_of_date + timedelta(days=90)
    after = book.forward(of=entity, risk=risk, settlement_date=day)
    waits = book.exposure(of=entity, risk=risk, expected_date=day, approve=False)
    book.forward(of=entity, risk=risk, settlement_date=run.as_of_date + timedelta(days=800))
    row = position.bucket(run.pk, entity.pk, risk.code, 0)
    known = {"as_of_date": run.as_of_date, "known_at": run.known_at}
    found = {one["reference"] for one in bucket_since.since(known, row)}
    assert found == {after.instrument.external_reference, waits.exposure.external_reference}
    text = seen(signed_in(entity=entity).get(reverse("position-cell", args=[entity.code, risk.code, 0])))
    assert "Since this night" in text
    assert before.instrument.external_reference not in text.split("Since this night")[1]


def test_the_share_with_the_trade_is_that_of_the_sums() -> None:
    entity, risk, run, day = made()
    known = {"id": run.pk, "as_of_date": run.as_of_date}
    [(name, said)] = counts_in.with_the_trade(
        known, kind="FORWARD", entity_id=entity.pk, risk_code=risk.code, unit=risk.base_unit_id, day=day,
        notional=Decimal(-300_000),
    )  # fmt: skip
    assert name == f"Covered, {entity.code} {risk.code}, 0–12 M"
    words = " ".join(re.sub(r"<[^>]+>", " ", str(said)).split())
    assert words == "60.0 % now, 90.0 % with it ✖ Above band the band is 50–80 %"


def test_a_day_beyond_every_bucket_has_no_place() -> None:
    entity, risk, run, _ = made()
    known = {"id": run.pk, "as_of_date": run.as_of_date}
    assert bucket_place.place(known, entity.pk, risk.code, run.as_of_date + timedelta(days=800)) is None
    assert bucket_place.place(None, entity.pk, risk.code, run.as_of_date) is None
