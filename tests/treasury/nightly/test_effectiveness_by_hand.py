"""Effectiveness of a night, worked out again from the quotes and the rules."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from math import exp

import pytest
from scipy.stats import linregress

from hedges.models import EffectivenessCriterionResult, EffectivenessResult, ValuationResult
from tests.factories import book, hedged, market, swaps
from tests.treasury.nightly.by_hand import TODAY, cents, factor, forward, quote, spot_of, weeks_ago, years

pytestmark = pytest.mark.django_db


def test_effectiveness_of_a_forward_against_its_hypothetical(entity, bank) -> None:
    due, designated = date(2027, 4, 30), TODAY - timedelta(weeks=20)
    item = book.exposure(1_000_000, of=entity, expected_date=due)
    hedge = book.forward(
        -600_000, of=entity, strike="0.9", trade_date=designated, settlement_date=due, counterparty=bank
    )
    book.relationship(
        of=entity, items=[(item, 600_000)], instruments=[(hedge, -600_000)], designation_date=designated,
        rationale="the same dollars",
    )  # fmt: skip
    hedged.night()
    row = EffectivenessResult.objects.get()
    instrument, hypothetical = levels(due, designated)
    assert row.cumulative_change_instrument == instrument[-1] - instrument[60 - 20]
    assert row.cumulative_change_hypothetical == hypothetical[-1] - hypothetical[60 - 20]
    assert row.cumulative_ratio == pytest.approx(
        float(row.cumulative_change_instrument / row.cumulative_change_hypothetical), rel=1e-14
    )
    hedges = [float(b - a) for a, b in pairwise(instrument)]
    items = [-float(b - a) for a, b in pairwise(hypothetical)]
    assert row.instrument_changes == pytest.approx(hedges, abs=1e-9)
    assert row.item_changes == pytest.approx(items, abs=1e-9)
    assert (len(row.observation_dates), row.observation_dates[-1], row.designated_observation_from) == (
        60,
        TODAY,
        40,
    )
    fit = linregress(items, hedges)
    assert row.slope == pytest.approx(fit.slope, rel=1e-10)
    assert row.r_squared == pytest.approx(fit.rvalue**2, rel=1e-10)
    assert (row.offset_slope, row.observation_count) == (-row.slope, 60)
    assert row.effectiveness_status == "EFFECTIVE"
    assert (row.credit_risk_status, row.hedge_ratio_status, row.actual_hedge_ratio) == (
        "EFFECTIVE",
        "EFFECTIVE",
        1.0,
    )
    slope = EffectivenessCriterionResult.objects.get(criterion="offset_slope")
    assert (slope.lower_limit, slope.upper_limit, slope.is_deciding) == (0.8, 1.25, False)
    assert slope.margin == pytest.approx(min(row.offset_slope - 0.8, 1.25 - row.offset_slope))


def levels(due: date, designated: date) -> tuple[list[Decimal], list[Decimal]]:
    """Fair values of the forward and values of the hypothetical on the 61 weekly dates, oldest first."""
    instrument, hypothetical = [], []
    struck = forward(due, designated, spot_of(20))
    for week in range(60, -1, -1):
        day = weeks_ago(week)
        discount, rate = factor(due, day), forward(due, day, spot_of(week))
        value = -600_000 * (rate - 0.9) * discount
        instrument.append(cents(value - value * (1 - exp(-0.01 * years(due, day)))))
        hypothetical.append(cents(-600_000 * (rate - struck) * discount))
    return instrument, hypothetical


def test_the_hypothetical_knows_no_basis(entity, bank) -> None:
    """Forward points move the instrument; what it is held against stays on covered parity."""
    due, designated = date(2027, 4, 30), weeks_ago(20)
    market.record(*(quote("FORWARD_POINTS", "EURUSD", "1Y", weeks_ago(week), "0.05") for week in range(61)))
    item = book.exposure(600_000, of=entity, expected_date=due)
    hedge = book.forward(
        -600_000, of=entity, strike="0.9", trade_date=designated, settlement_date=due, counterparty=bank
    )
    book.relationship(
        of=entity, items=[(item, 600_000)], instruments=[(hedge, -600_000)], designation_date=designated,
        rationale="the same dollars",
    )  # fmt: skip
    hedged.night()
    row = EffectivenessResult.objects.get()
    instrument, hypothetical = levels(due, designated)
    assert row.cumulative_change_hypothetical == hypothetical[-1] - hypothetical[60 - 20]
    assert abs(row.cumulative_change_instrument - (instrument[-1] - instrument[60 - 20])) > 10


def test_what_a_reset_has_paid_stays_in_the_change_of_a_swap(entity, bank) -> None:
    """Held against itself without resets: each holds the whole gain on the principal since the designation."""
    start = weeks_ago(20)
    debt = book.exposure(
        -1_000_000, of=entity, kind="RECOGNISED_LIABILITY", expected_date=start + timedelta(364)
    )
    swap = swaps.cross_currency_swap(
        of=entity, counterparty=bank, start_date=start, settlement_date=start + timedelta(days=364),
        payment_months=3, flow_days=[91, 182, 273, 364], flow_accruals=[0.25] * 4, resets_notional=True,
        counter_amount=Decimal(-920_000),
    )  # fmt: skip
    book.relationship(
        of=entity, items=[(debt, -1_000_000)], instruments=[(swap, 1_000_000)], designation_date=start,
        hedge_end_date=start + timedelta(days=364), rationale="the same dollars",
    )  # fmt: skip
    hedged.night()
    valued, row = ValuationResult.objects.get(), EffectivenessResult.objects.get()
    assert valued.profit_amount == cents(1_000_000 * spot_of(7) - 920_000)
    begin = clean_fair_value(start, start, spot_of(20), [920_000])
    now = clean_fair_value(TODAY, start, spot_of(0), [920_000, 1_000_000 * spot_of(7)])
    assert row.cumulative_change_instrument == cents(now) - cents(begin)


def test_the_weeks_before_the_first_exchange_of_a_swap_move_as_those_after_it(entity, bank) -> None:
    """Two weeks after its start nearly all of the regression's weeks lie before it: those of a seasoned swap count."""
    start = weeks_ago(2)
    due = start + timedelta(days=365)
    debt = book.exposure(-1_000_000, of=entity, kind="RECOGNISED_LIABILITY", expected_date=due)
    rate = Decimal(f"{spot_of(2):.6f}")
    swap = swaps.cross_currency_swap(
        of=entity, counterparty=bank, start_date=start, settlement_date=due, counter_amount=-1_000_000 * rate
    )
    book.relationship(
        of=entity, items=[(debt, -1_000_000)], instruments=[(swap, 1_000_000)], designation_date=start,
        hedge_end_date=due, rationale="the same dollars",
    )  # fmt: skip
    hedged.night()
    row = EffectivenessResult.objects.get()
    assert row.regression_status == "EFFECTIVE", row.reasons
    assert row.r_squared > 0.98


def clean_fair_value(day: date, start: date, spot: float, notionals: list[float]) -> float:
    """The swap of four quarters, clean and with credit, and what its resets have paid."""
    ends = [start + timedelta(days=91 * number) for number in range(5)]
    begun = len(notionals)
    notionals = notionals + [1_000_000 * forward(begin, day, spot) for begin in ends[begun:4]]
    value = 0.0
    for number in range(begun - 1, 4):
        begin, end = ends[number], ends[number + 1]
        dollars = 1_000_000 * (0.05 * 0.25 + (number == 3))
        value += dollars * forward(end, day, spot) * factor(end, day)
        value -= notionals[number] * (1 + 0.03 * 0.25) * factor(end, day)
        value += notionals[number] * factor(begin, day) if begin > day else 0.0
    passed = (day - ends[begun - 1]).days / 91 * 0.25
    clean = value - (1_000_000 * 0.05 * spot - notionals[begun - 1] * 0.03) * passed
    return clean * exp(-0.01 * years(ends[4], day)) + notionals[begun - 1] - notionals[0]


def test_an_exposure_that_was_cut_leaves_the_hedge_ratio_out_of_balance(entity, bank) -> None:
    item = book.exposure(1_000_000, of=entity)
    hedge = book.forward(-1_000_000, of=entity, counterparty=bank)
    book.relationship(
        of=entity, items=[(item, 1_000_000)], instruments=[(hedge, -1_000_000)], rationale="the same dollars"
    )
    amend(item, Decimal(550_000))
    hedged.night()
    row = EffectivenessResult.objects.get()
    assert row.actual_hedge_ratio == pytest.approx(1_000_000 / 550_000)
    assert (row.hedge_ratio_status, row.effectiveness_status) == ("NOT_EFFECTIVE", "NOT_EFFECTIVE")
    assert "ratio_imbalance" in row.reasons


@pytest.mark.parametrize("method", ["REGRESSION", "DOLLAR_OFFSET"])
@pytest.mark.parametrize("framework", ["IFRS9", "IAS39"])
def test_a_relationship_whose_rates_have_ended_is_inconclusive(method: str, framework: str) -> None:
    """The weeks before speak for it, but today it cannot be valued."""
    book.rule_pack("IAS39")
    old_day = TODAY - timedelta(weeks=2)
    market.record(*market.quotes(old_day))
    market.record(quote("FX_SPOT", "EURJPY", "SPOT", TODAY, "160"))
    entity, bank = book.entity(accounting_framework=framework), book.counterparty()
    market.record_spreads(bank.code, entity.code)
    item = book.exposure(1_000_000, of=entity)
    hedge = book.forward(-1_000_000, of=entity, counterparty=bank)
    book.relationship(
        of=entity, items=[(item, 1_000_000)], instruments=[(hedge, -1_000_000)], rationale="the same dollars",
        assessment_method=method,
    )  # fmt: skip
    hedged.night()
    row = EffectivenessResult.objects.get()
    assert (row.effectiveness_status, row.dollar_offset_status, row.regression_status) == (
        "INCONCLUSIVE",
    ) * 3
    assert "stale_data" in row.reasons
    assert (row.designated_notional_amount, row.cumulative_change_instrument, row.cumulative_ratio) == (
        None,
    ) * 3
    assert row.status == "PARTIAL"
    assert row.observation_count > 50


def test_a_relationship_whose_curve_cannot_be_made_is_inconclusive_for_that_reason(entity, bank) -> None:
    market.record(*market.rates("NOSUCH6M", weeks=30))
    index, start = swaps.rate_index("NOSUCH6M"), weeks_ago(13)
    debt = book.exposure(
        -2_000_000, of=entity, risk=index, kind="RECOGNISED_LIABILITY", start_date=start,
        expected_date=start + timedelta(days=365), payment_months=6, spread_rate=Decimal("0.001"),
    )  # fmt: skip
    swap = swaps.interest_rate_swap(of=entity, counterparty=bank, risk=index, start_date=start)
    book.relationship(
        of=entity, items=[(debt, -2_000_000)], instruments=[(swap, 2_000_000)], designation_date=start,
        hedge_end_date=start + timedelta(days=365), rationale="the same rate",
    )  # fmt: skip
    hedged.night()
    row = EffectivenessResult.objects.get()
    assert (row.effectiveness_status, row.cumulative_ratio) == ("INCONCLUSIVE", None)
    assert "curve_not_built" in row.reasons
    assert "missing_data" not in row.reasons


def test_floating_debt_is_held_against_its_own_par_swap(entity, bank) -> None:
    """Six months at a time from the end of July, the first payment on the last business day of January."""
    start, first, last = weeks_ago(13), date(2027, 1, 29), date(2027, 7, 31)
    debts = [
        book.exposure(
            -amount, of=entity, risk=swaps.rate_index(), kind="RECOGNISED_LIABILITY", start_date=start,
            expected_date=last, payment_months=6, spread_rate=Decimal("0.001"),
        )
        for amount in (1_500_000, 500_000)
    ]  # fmt: skip
    swap = swaps.interest_rate_swap(
        of=entity,
        counterparty=bank,
        start_date=start,
        settlement_date=last,
        flow_days=None,
        flow_accruals=None,
    )
    book.relationship(
        of=entity, items=[(debt, debt.exposure_amount) for debt in debts], instruments=[(swap, 2_000_000)],
        designation_date=start, hedge_end_date=last, rationale="the same rate",
    )  # fmt: skip
    hedged.night()
    accruals = (first - start).days / 360, (last - first).days / 360

    def legs(day: date) -> tuple[float, float, float]:
        near, far = factor(first, day), factor(last, day)
        floating = 0.0201 * accruals[0] * near + near - far
        return floating, accruals[0] * near + accruals[1] * far, (day - start).days / 360

    floating, annuity, _ = legs(start)
    par = floating / annuity
    floating, annuity, elapsed = legs(TODAY)
    clean = floating - par * annuity - (0.0201 - par) * elapsed
    row = EffectivenessResult.objects.get()
    assert row.cumulative_change_hypothetical == cents(1_500_000 * clean) + cents(500_000 * clean)


def amend(item, amount: Decimal) -> None:
    from exposures.domain import recording
    from exposures.models import ExposureVersionApproval
    from treasury.domain import approval

    version = book.unsaved_exposure(amount, expected_date=item.expected_date)
    version.exposure = item.exposure
    recorded = recording.amend(versions=[version], actor=book.user(), reason="cut")
    approval.decide(versions=recorded, approvals=ExposureVersionApproval, actor=book.user())


def test_the_other_method_warns_where_it_misses(entity, bank) -> None:
    """By the slope the two move together; since the designation the smaller notional has offset too little."""
    due, designated = date(2027, 4, 30), TODAY - timedelta(weeks=20)
    item = book.exposure(1_000_000, of=entity, expected_date=due)
    hedge = book.forward(
        -600_000, of=entity, counterparty=bank, trade_date=designated, settlement_date=due, strike="0.9"
    )
    book.relationship(
        of=entity, items=[(item, 1_000_000)], instruments=[(hedge, -600_000)], rationale="the same dollars",
        designation_date=designated, hedge_end_date=due, designated_hedge_ratio=Decimal("0.6"),
        assessment_method="DOLLAR_OFFSET",
    )  # fmt: skip
    hedged.night()
    row = EffectivenessResult.objects.get()
    assert (row.dollar_offset_status, row.regression_status) == ("NOT_EFFECTIVE", "NOT_EFFECTIVE")
    assert row.effectiveness_status == "EFFECTIVE", "under IFRS 9 a miss of a band is a warning"
    assert {"method_warning", "other_method_missed"} <= set(row.warnings)
