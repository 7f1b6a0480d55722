"""Cross-currency swaps, worked out again from the quotes and the rules: fixed and resetting notionals."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from hedges.models import ValuationResult
from tests.factories import book, market, swaps
from tests.treasury.nightly.by_hand import (
    SPOT,
    TODAY,
    cents,
    factor,
    forward,
    quote,
    spot_of,
    valued,
    weeks_ago,
)

pytestmark = pytest.mark.django_db


def test_a_cross_currency_swap(entity, bank) -> None:
    row = valued(swaps.cross_currency_swap(of=entity, counterparty=bank))
    end = TODAY + timedelta(days=265)
    receive = 1_000_000 * 1.05 * forward(end) * factor(end)
    pay = 920_000 * 1.03 * factor(end)
    accrued = (1_000_000 * 0.05 * SPOT - 920_000 * 0.03) * 100 / 365
    assert row.present_value == cents(receive - pay)
    assert row.accrued_amount == row.present_value - cents(receive - pay - accrued)
    assert row.profit_amount is None


def test_it_agrees_with_forwards_flow_by_flow(entity, bank) -> None:
    """Two exchanges, in a year and in two, at the market's forwards: each is a forward at the rate of its flows."""
    market.record(
        quote("FORWARD_POINTS", "EURUSD", "1Y", TODAY, "0.031"),
        quote("FORWARD_POINTS", "EURUSD", "3Y", TODAY, "0.05"),
    )
    common = {"of": entity, "counterparty": bank}
    swap = swaps.cross_currency_swap(
        start_date=TODAY, settlement_date=TODAY + timedelta(days=730), flow_days=[365, 730],
        flow_accruals=[1.0, 1.0], **common,
    )  # fmt: skip
    legs = [
        book.forward(
            base,
            strike=rate,
            counter_amount=Decimal(paid),
            settlement_date=TODAY + timedelta(days=days),
            **common,
        )
        for base, rate, paid, days in (
            (50_000, "0.552", -27_600, 365),
            (1_050_000, "0.9024761905", -947_600, 730),
        )
    ]
    row = valued(swap)
    alone = ValuationResult.objects.filter(instrument_id__in=[leg.instrument_id for leg in legs])
    assert abs(row.present_value - sum(leg.present_value for leg in alone)) <= Decimal("0.02")


def resetting(entity, bank, start, **fields):
    """Four quarters of the notional's own rate, dealt at 0.92."""
    quarters = [91, 182, 273, 364]
    return swaps.cross_currency_swap(
        of=entity, counterparty=bank, start_date=start, settlement_date=start + timedelta(days=364),
        payment_months=3, flow_days=quarters, flow_accruals=[0.25] * 4, resets_notional=True, **fields,
    )  # fmt: skip


def test_a_resetting_notional_is_fixed_at_each_start_and_the_forward_ahead(entity, bank) -> None:
    """Twenty weeks in: the second quarter runs, on the rate of seven weeks ago."""
    start = weeks_ago(20)
    row = valued(resetting(entity, bank, start))
    ends = [start + timedelta(days=91 * number) for number in (1, 2, 3, 4)]
    receive = 1_000_000 * (
        sum(0.05 * 0.25 * forward(day) * factor(day) for day in ends[1:]) + forward(ends[3]) * factor(ends[3])
    )
    running = 1_000_000 * spot_of(7)
    pay = running * (1 + 0.03 * 0.25) * factor(ends[1])
    for begin, end in pairwise(ends[1:]):
        notional = 1_000_000 * forward(begin)
        pay += notional * ((1 + 0.03 * 0.25) * factor(end) - factor(begin))
    accrued = (1_000_000 * 0.05 * SPOT - running * 0.03) * 0.25 * 49 / 91
    assert row.present_value == cents(receive - pay)
    assert row.accrued_amount == row.present_value - cents(receive - pay - accrued)
    assert row.profit_amount == cents(running - 920_000), "what the first reset has paid"


def test_on_the_day_of_a_reset_its_difference_is_in_the_value_and_not_paid_yet(entity, bank) -> None:
    start = weeks_ago(13)
    row = valued(resetting(entity, bank, start))
    ends = [start + timedelta(days=91 * number) for number in (1, 2, 3, 4)]
    assert ends[0] == TODAY
    receive = 1_000_000 * (
        sum(0.05 * 0.25 * forward(day) * factor(day) for day in ends) + forward(ends[3]) * factor(ends[3])
    )
    pay = 920_000 * (1 + 0.03 * 0.25)
    notionals = [1_000_000 * SPOT, *(1_000_000 * forward(day) for day in ends[1:3])]
    for notional, begin, end in zip(notionals, ends, ends[1:], strict=False):
        pay += notional * ((1 + 0.03 * 0.25) * factor(end) - factor(begin))
    assert row.present_value == cents(receive - pay)
    assert row.profit_amount == 0
    assert row.accrued_amount == pytest.approx(
        cents((1_000_000 * 0.05 * SPOT - 920_000 * 0.03) * 0.25), abs=Decimal("0.01")
    )


def test_a_reset_whose_rate_is_not_known_leaves_no_value(entity, bank) -> None:
    """The market begins 74 weeks ago; a period that began before that has no rate."""
    start = weeks_ago(80)
    swap = swaps.cross_currency_swap(
        of=entity, counterparty=bank, start_date=start - timedelta(days=182),
        settlement_date=start + timedelta(days=1092), payment_months=6, flow_days=[182, 1274],
        flow_accruals=[0.5, 3.0], resets_notional=True,
    )  # fmt: skip
    row = valued(swap)
    assert (row.present_value, row.status, row.reasons) == (None, "UNDEFINED", ["missing_data"])
