"""A swap whose legs pay on days and count by day counts of their own, from the ticket to its page and its amendment."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from hedges.models import InstrumentVersion
from tests.factories import clock
from tests.hedges.web.workflow import tickets
from tests.hedges.web.workflow.desk import Desk

TODAY = date(2026, 11, 18)
KIND = "INTEREST_RATE_SWAP"
SAID = {"payment_months": "12", "day_count": "30/360", "floating_payment_months": "6",
        "floating_day_count": "ACT/360"}  # fmt: skip


def test_what_is_typed_of_the_legs_is_recorded_and_shown(desk: Desk) -> None:
    with clock.at(TODAY):
        (swap,) = tickets.sent(desk, KIND, **SAID)
        page = tickets.said(desk.by("treasurer").get(reverse("instrument", args=[swap.instrument_id])))
    assert (swap.payment_months, swap.day_count) == (12, "30/360")
    assert (swap.floating_payment_months, swap.floating_day_count) == (6, "ACT/360")
    assert (len(swap.flow_days), len(swap.floating_flow_days)) == (5, 10)
    for words in (
        "Months between payments 12", "Day count 30/360", "Floating leg, months 6",
        "Floating leg, day count ACT/360",
    ):  # fmt: skip
        assert words in page, page


def test_what_is_left_open_is_the_markets_and_said_back_beside_its_field(desk: Desk) -> None:
    with clock.at(TODAY):
        told = tickets.opened(desk, kind=KIND) | tickets.typed(
            desk, KIND, payment_months="12", floating_payment_months="6"
        )
        page = tickets.said(tickets.send(desk, told, do="preview"))
        assert "30/360 (months of 30 days)" in page
        assert "actual days / 360" in page
        assert "every 12 months (30/360) against floating every 6 months (ACT/360)" in page
        (swap,) = tickets.sent(desk, KIND, payment_months="12", floating_payment_months="6")
    assert (swap.day_count, swap.floating_day_count) == ("30/360", "ACT/360")


def test_months_and_counts_that_are_none_are_refused_by_their_field(desk: Desk) -> None:
    with clock.at(TODAY):
        told = tickets.opened(desk, kind=KIND) | tickets.typed(desk, KIND)
        answer = tickets.send(desk, told | {"floating_payment_months": "0", "day_count": "ACT/ACT"})
    assert answer.status_code == 422
    page = tickets.said(answer)
    assert "Expected a whole number from 1 to 60" in page
    assert "Expected ACT/360, ACT/365F, 30/360, 30E/360" in page
    assert not InstrumentVersion.objects.filter(kind=KIND).exists()


@pytest.mark.parametrize(
    "said", [SAID, {"day_count": "30E/360", "floating_day_count": "30E/360"}], ids=["apart", "alike"]
)
def test_an_amendment_begins_with_the_legs_as_they_are(desk: Desk, said: dict[str, str]) -> None:
    with clock.at(TODAY):
        (swap,) = tickets.sent(desk, KIND, **said)
        address = reverse("instrument-amend", args=[swap.instrument_id])
        told = tickets.fields_of(desk.by("treasurer").get(address).content.decode())
        told |= {"do": "send", "reason": "the bank's confirmation says so"}
        again = desk.by("treasurer").post(address, told)
        assert "Nothing differs from version 1" in tickets.said(again)
        answer = desk.by("treasurer").post(address, told | {"floating_payment_months": "3"})
        assert answer.status_code == 302, tickets.said(answer)
        newest = InstrumentVersion.objects.get(instrument_id=swap.instrument_id, version_number=2)
    assert newest.fixed_rate == Decimal("0.0275")
    assert (newest.flow_days, newest.flow_accruals) == (swap.flow_days, swap.flow_accruals)
    assert len(newest.floating_flow_days) == 20
