"""The waterfall's page: risks, parts, picture, months, and the exposures of a part, in a fixed number of reads."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import book, clock
from tests.factories.exposure_life import done
from tests.factories.web import signed_in

pytestmark = pytest.mark.django_db

DAYS = {"since": "2026-02-01", "until": "2026-03-31"}
ON = date(2026, 3, 2)


@pytest.fixture
def of():
    return book.entity()


def changed(of, count=1):
    with clock.at(date(2026, 1, 5)):
        made = [
            book.exposure(1_000_000, of=of, kind="FORECAST", valid_from=date(2026, 1, 5))
            for _ in range(count)
        ]
    with clock.at(ON):
        for version in made:
            done("amend", version, on=ON, exposure_amount=Decimal(1_250_000))
    return made


def test_the_parts_of_the_only_risk_with_its_picture(of):
    (version,) = changed(of)
    client = signed_in("AUDITOR", entity=of)
    answer = client.get(reverse("waterfall"), DAYS)
    page = answer.content.decode()
    rows = {row["name"]: row["amount"] for row in answer.context["parts"].rows}
    assert (rows["Open at first"], rows["Revised up"], rows["Open at last"]) == (
        1_000_000,
        250_000,
        1_250_000,
    )
    assert "USDEUR: open exposure from 2026-02-01 to 2026-03-31" in page
    assert version.exposure.external_reference not in page
    drilled = client.get(reverse("waterfall"), DAYS | {"part": "revised-up"})
    assert version.exposure.external_reference in drilled.content.decode()
    assert [row["amount"] for row in drilled.context["drill"]["table"].rows] == [250_000]
    file = client.get(reverse("waterfall"), DAYS | {"parts-format": "csv"})
    text = b"".join(file.streaming_content).decode()
    assert "Revised up,250000,1" in text


def test_months_and_days_that_cannot_be_read(of):
    changed(of)
    client = signed_in(entity=of)
    within = client.get(reverse("waterfall"), DAYS | {"months": "2027-04 2027-04"}).context
    assert [row["month"] for row in within["months"].rows] == ["2027-04"]
    assert "parts" not in client.get(reverse("waterfall"), DAYS | {"months": "2030-01"}).context
    for odd in ({"months": "soon", "since": "then"}, {"until": "0001-01-05"}, {"since_known": "noon"}):
        assert client.get(reverse("waterfall"), odd).status_code == 200
    assert client.get(reverse("forecast-accuracy"), {"until": "0001-01-05"}).status_code == 200
    turned = client.get(reverse("waterfall"), {"since": "2026-03-31", "until": "2026-02-01"})
    assert "is not before the last one" in turned.content.decode()


def test_another_entity_is_not_seen(of):
    changed(of)
    page = signed_in(entity=book.entity()).get(reverse("waterfall"), DAYS).content.decode()
    assert "Nothing was open on either day." in page


def test_the_page_reads_a_fixed_number_of_times(of):
    client, counts = signed_in(entity=of), []
    for count in (1, 3):
        changed(of, count)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("waterfall"), DAYS | {"risk": "USDEUR", "part": "revised-up"})
        counts.append(len(queries))
    assert counts == [QUERIES, QUERIES]


QUERIES = 13
