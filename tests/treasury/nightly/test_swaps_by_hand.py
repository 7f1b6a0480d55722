"""Interest-rate swaps, worked out again from the quotes and the rules."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from math import exp

import numpy as np
import pytest

from hedges.models import ValuationResult
from tests.factories import book, market, swaps
from tests.treasury.nightly.by_hand import TODAY, cents, factor, quote, valued, years
from treasury.models import RateCurve

pytestmark = pytest.mark.django_db


def bootstrapped(symbol: str, day: date) -> float:
    """Discount factor of today's curve as it is stored: linear in the zero rate, flat outside."""
    curve = RateCurve.objects.get(symbol=symbol, quote_date=TODAY)
    assert curve.problem == ""
    rate = np.interp(years(day), np.array(curve.node_days) / 365, curve.zero_rates)
    return exp(-rate * years(day))


def test_an_interest_rate_swap(entity, bank) -> None:
    row = valued(swaps.interest_rate_swap(of=entity, counterparty=bank))
    first, second = factor(TODAY + timedelta(days=91)), factor(TODAY + timedelta(days=274))
    fixed = 0.03 * (182 / 360 * first + 183 / 360 * second)
    running = (0.0201 + 0.001) * 182 / 360 * first
    projected = ((first / second - 1) / (183 / 360) + 0.001) * 183 / 360 * second
    accrued = (0.0201 + 0.001 - 0.03) * 182 / 360 * 91 / 182
    assert row.present_value == cents(2_000_000 * (running + projected - fixed))
    assert row.clean_value == cents(2_000_000 * (running + projected - fixed - accrued))
    assert row.clean_value + row.accrued_amount == row.present_value


def test_it_is_projected_on_its_index_and_discounted_on_its_currency(entity, bank) -> None:
    market.record(*market.rates("EUR", weeks=2, deposit="0.021", swap="0.023"))
    market.record(*market.rates("EURIBOR6M", weeks=2, deposit="0.024", swap="0.027"))
    row = valued(swaps.interest_rate_swap(of=entity, counterparty=bank))
    pay = [TODAY + timedelta(days=days) for days in (91, 274)]
    first, second = (bootstrapped("EUR", day) for day in pay)
    growth = bootstrapped("EURIBOR6M", pay[0]) / bootstrapped("EURIBOR6M", pay[1])
    fixed = 0.03 * (182 / 360 * first + 183 / 360 * second)
    running = (0.0201 + 0.001) * 182 / 360 * first
    projected = ((growth - 1) / (183 / 360) + 0.001) * 183 / 360 * second
    assert abs(growth - first / second) > 1e-3
    assert row.present_value == cents(2_000_000 * (running + projected - fixed))


def test_a_curve_that_cannot_be_made_is_the_reason_for_what_needs_it_and_the_night_goes_on(
    entity, bank
) -> None:
    market.record(quote("SWAP_RATE", "NOSUCH6M", "5Y", TODAY, "0.03"))
    index = swaps.rate_index("NOSUCH6M")
    floating = swaps.interest_rate_swap(of=entity, counterparty=bank, risk=index, start_date=TODAY)
    forward = book.forward(of=entity, counterparty=bank)
    row = valued(floating)
    assert (row.present_value, row.status, row.reasons) == (None, "UNDEFINED", ["curve_not_built"])
    assert type(row).objects.get(instrument_id=forward.instrument_id).status == "OK"


@pytest.mark.parametrize(
    "deposit, reason", [(None, "missing_data"), ("-5", "curve_not_built")], ids=["no curve", "no such curve"]
)
def test_a_swap_that_cannot_be_discounted_is_not_worth_nothing(entity, bank, deposit, reason: str) -> None:
    """Neither is a cross-currency swap, of which one leg can be discounted."""
    market.record(quote("FX_SPOT", "EURJPY", "SPOT", TODAY, "160"))
    if deposit:
        market.record(quote("DEPOSIT_RATE", "JPY", "6M", TODAY, deposit))
    floating = swaps.interest_rate_swap(of=entity, counterparty=bank, risk=swaps.rate_index("TIBOR6M", "JPY"))
    crossed = swaps.cross_currency_swap(of=entity, counterparty=bank, risk=book.risk("JPYEUR"))
    for row in (valued(floating), ValuationResult.objects.get(instrument_id=crossed.instrument_id)):
        assert (row.present_value, row.clean_value, row.status, row.reasons) == (
            None,
            None,
            "UNDEFINED",
            [reason],
        )


def test_the_clean_value_does_not_jump_over_a_coupon(entity, bank) -> None:
    """On a payment date the coupon is still in the value, so that all of it has accrued."""
    row = valued(
        swaps.interest_rate_swap(
            of=entity, counterparty=bank, start_date=TODAY - timedelta(days=182), spread_rate=Decimal(0)
        )
    )
    coupon = 2_000_000 * (0.0201 - 0.03) * 182 / 360
    after = 2_000_000 * (0.0201 - 0.03) * 183 / 360 * factor(TODAY + timedelta(days=183))
    assert row.accrued_amount == cents(coupon)
    assert row.clean_value == pytest.approx(cents(after), abs=Decimal("0.01"))


@pytest.mark.parametrize(
    "start, maturity, paid",
    [
        # 1 May is a holiday and a Saturday.
        (date(2026, 11, 1), date(2028, 5, 1), [date(2027, 5, 3), date(2027, 11, 1), date(2028, 5, 1)]),
        # From month end to month end; 31 October is a Sunday, after which November begins.
        (date(2026, 10, 31), date(2028, 4, 30), [date(2027, 4, 30), date(2027, 10, 29), date(2028, 4, 30)]),
    ],
)
def test_payment_days_are_business_days_and_the_maturity_stands(
    entity, bank, start: date, maturity: date, paid: list[date]
) -> None:
    swap = swaps.interest_rate_swap(
        of=entity,
        counterparty=bank,
        start_date=start,
        settlement_date=maturity,
        flow_days=None,
        flow_accruals=None,
    )
    assert [start + timedelta(days=days) for days in swap.flow_days] == paid
    lengths = [(end - begin).days for begin, end in pairwise([start, *paid])]
    assert swap.flow_accruals == [length / 360 for length in lengths]
