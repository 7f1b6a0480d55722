"""Forecast accuracy by entity, risk and lead time, held against the lives of a few flows counted by hand."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exposures.domain import splitting
from exposures.domain.splitting import Part, Split
from tests.factories import api, book, clock
from tests.factories.exposure_life import approved, done
from tests.factories.web import signed_in

pytestmark = pytest.mark.django_db

DUE = date(2026, 9, 30)
DAYS = {"since": "2026-09-01", "until": "2026-10-15"}


def flow(of, *, forecast, amended=None, came=None, cancelled=False, since=date(2025, 12, 1)):
    """Recorded at `since`, amended on 1 July, ended on its day."""
    with clock.at(since):
        version = book.exposure(forecast, of=of, kind="FORECAST", valid_from=since, expected_date=DUE)
    if amended:
        with clock.at(date(2026, 7, 1)):
            done("amend", version, on=date(2026, 7, 1), exposure_amount=Decimal(amended))
    with clock.at(DUE):
        if came:
            done("settle", version, on=DUE, exposure_amount=Decimal(came))
        if cancelled:
            done("cancel", version, on=DUE)
    return version


def rows(of, **asked):
    answer = signed_in("AUDITOR", entity=of).get(reverse("forecast-accuracy"), DAYS | asked)
    assert answer.status_code == 200
    return {(row["risk"], row["lead"]): row for row in answer.context["table"].rows}


def test_each_lead_time_has_what_was_known_then():
    of, _ = book.entity(), book.risk("GBPEUR")
    flow(of, forecast=-100, amended=-120, came=-110)
    flow(of, forecast=-50, cancelled=True)
    flow(of, forecast=-40, came=-40, since=date(2026, 8, 20))
    flow(of, forecast=-70)  # open: nothing has come of it yet
    found = rows(of)
    one, six, twelve = (found["USDEUR", lead] for lead in (1, 6, 12))
    assert (one["flow_count"], one["forecast_count"], one["forecast_amount"], one["actual_amount"]) == (
        3,
        3,
        210,
        150,
    )
    assert one["bias_ratio"] == pytest.approx(60 / 150)
    assert one["mean_absolute_error_ratio"] == pytest.approx((10 + 50 + 0) / 150)
    assert (six["forecast_count"], six["forecast_amount"]) == (2, 150)
    assert six["bias_ratio"] == pytest.approx(0)
    assert six["mean_absolute_error_ratio"] == pytest.approx((10 + 50 + 40) / 150)
    assert (twelve["forecast_count"], twelve["bias_ratio"]) == (0, pytest.approx(-1))
    assert list(rows(of, lead="3")) == [("USDEUR", 3)]
    assert rows(of, risk="GBPEUR") == {}


def test_the_risks_of_one_currency_add_up_over_the_entities():
    of, other = book.entity(), book.entity()
    dollars = book.risk("USDGBP", base_unit_id="USD", quote_currency_id="GBP")
    flow(of, forecast=-100, came=-110)
    flow(other, forecast=-50, came=-40)
    with clock.at(date(2025, 12, 1)):
        version = book.exposure(
            30, of=of, risk=dollars, kind="FORECAST", valid_from=date(2025, 12, 1), expected_date=DUE
        )
    with clock.at(DUE):
        done("settle", version, on=DUE, exposure_amount=Decimal(20))
    answer = signed_in("AUDITOR").get(reverse("forecast-accuracy"), DAYS | {"lead": "3"})
    (row,) = [row for row in answer.context["currencies"].rows if row["unit"] == "USD"]
    assert (row["flow_count"], row["forecast_amount"], row["actual_amount"]) == (3, 180, 170)
    assert row["bias_ratio"] == pytest.approx((-10 + 10 + 10) / 170)
    assert row["mean_absolute_error_ratio"] == pytest.approx(30 / 170)
    told = api.by_token("AUDITOR").read("forecast-accuracy/", **DAYS, lead=3)
    assert next(one for one in told["currencies"] if one["unit"] == "USD")["actual_amount"] == "170.00"


def test_what_came_to_nothing_has_no_ratio_but_a_reason():
    of = book.entity()
    flow(of, forecast=100, cancelled=True)
    row = rows(of)["USDEUR", 3]
    assert (row["bias_ratio"], row["mean_absolute_error_ratio"], row["reason"]) == (
        None,
        None,
        "no_observations",
    )


def test_a_part_counts_as_if_it_had_been_apart_from_the_start():
    of = book.entity()
    with clock.at(date(2025, 12, 1)):
        version = book.exposure(100, of=of, kind="FORECAST", valid_from=date(2025, 12, 1), expected_date=DUE)
    with clock.at(DUE):
        approved(
            splitting.settle_part(
                splits=[Split(version.exposure_id, DUE, [Part(Decimal(30))])],
                actor=book.user(),
                reason="a part",
            )
        )
    row = rows(of)["USDEUR", 6]
    assert (row["flow_count"], row["forecast_amount"], row["actual_amount"]) == (1, 30, 30)
    with clock.at(DUE):
        done("settle", version, on=DUE, exposure_amount=Decimal(60))
    row = rows(of)["USDEUR", 6]
    assert (row["flow_count"], row["forecast_amount"], row["actual_amount"]) == (2, 100, 90)


def test_the_page_reads_a_fixed_number_of_times_and_says_the_next_step():
    of = book.entity()
    client, counts = signed_in(entity=of), []
    assert "settle what has come" in client.get(reverse("forecast-accuracy"), DAYS).content.decode()
    for count in (1, 2):
        for _ in range(count):
            flow(of, forecast=100, came=90)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("forecast-accuracy"), DAYS)
        counts.append(len(queries))
    assert counts == [QUERIES, QUERIES]


QUERIES = 12
