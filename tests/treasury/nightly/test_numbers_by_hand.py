"""Every result family on a tiny book, against values worked out here from the quotes and the rules alone."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from math import exp, log, sqrt

import pytest
from scipy.stats import linregress, norm

from hedges.models import (
    EffectivenessCriterionResult,
    EffectivenessResult,
    HedgeRatioResult,
    HorizonBucketResult,
    ValuationResult,
)
from tests.factories import book, hedged, market

pytestmark = pytest.mark.django_db
TODAY = book.TODAY
SPOT = 1 / float(market.usd_per_eur(0))


def years(day: date, since: date = TODAY) -> float:
    return (day - since).days / 365


def cents(value: float) -> Decimal:
    return Decimal(f"{value:.2f}")


@pytest.fixture
def entity():
    book.rule_pack()
    market.record()
    return book.entity()


@pytest.fixture
def bank(entity):
    bank = book.counterparty()
    market.record_spreads(bank.code, entity.code)
    return bank


def valued(instrument) -> ValuationResult:
    hedged.night()
    return ValuationResult.objects.get(instrument_id=instrument.instrument_id)


def test_a_forward(entity, bank) -> None:
    due, trade_date = date(2027, 4, 30), TODAY - timedelta(weeks=10)
    row = valued(
        book.forward(
            -600_000, of=entity, strike="0.9", trade_date=trade_date, settlement_date=due, counterparty=bank
        )
    )
    factor = exp(-0.02 * years(due))
    forward = SPOT * exp(-0.04 * years(due)) / factor
    value = -600_000 * (forward - 0.9) * factor
    spot_element = -600_000 * (SPOT - 1 / float(market.usd_per_eur(10))) * factor
    credit = -max(value, 0) * (1 - exp(-0.01 * years(due))) + max(-value, 0) * (1 - exp(-0.01 * years(due)))
    assert row.present_value == cents(value)
    assert row.spot_element == cents(spot_element)
    assert row.spot_element + row.forward_element == row.present_value
    assert row.fair_value == cents(value) + cents(credit)
    assert row.credit_value_adjustment + row.debit_value_adjustment == cents(credit)
    assert row.fair_value_functional == row.fair_value
    assert row.forward_rate == pytest.approx(forward, rel=1e-14)
    assert (row.status, row.reasons) == ("OK", [])


def test_a_bought_put(entity, bank) -> None:
    expiry, due = date(2027, 4, 28), date(2027, 4, 30)
    row = valued(
        book.instrument(
            "OPTION", -500_000, of=entity, counterparty=bank, settlement_date=due, expiry_date=expiry,
            strike_rate=Decimal("0.92"), counter_amount=Decimal(460_000), counter_currency_id="EUR",
            option_kind="PUT", option_side="BOUGHT", premium_amount=Decimal(-9000), premium_currency_id="EUR",
        )
    )  # fmt: skip
    term = years(expiry)
    base, quote = exp(-0.04 * term), exp(-0.02 * term)
    forward = SPOT * base / quote
    d1 = log(forward / 0.92) / (0.1 * sqrt(term)) + 0.05 * sqrt(term)
    unit = quote * (0.92 * norm.cdf(-d1 + 0.1 * sqrt(term)) - forward * norm.cdf(-d1))
    assert row.present_value == cents(500_000 * unit)
    assert row.intrinsic_value == cents(500_000 * max(0.92 - forward, 0) * quote)
    assert row.intrinsic_value + row.time_value == row.present_value
    assert row.delta == pytest.approx(-base * norm.cdf(-d1), rel=1e-12)


def test_a_future_is_settled_daily(entity, bank) -> None:
    oil = book.risk("WTI", kind="COMMODITY", base_unit_id="BBL", quote_currency_id="USD")
    contract = book.futures_contract(oil, code="CLH27")
    row = valued(
        book.instrument(
            "FUTURE", 5000, of=entity, risk=oil, counterparty=bank, contract=contract, contract_count=5,
            entry_price=Decimal("68.5"),
        )
    )  # fmt: skip
    assert (row.present_value, row.fair_value_functional) == (0, 0)
    assert row.profit_amount == (Decimal("71.00") - Decimal("68.5")) * 5000
    assert row.value_currency == "USD"


def test_an_fx_swap_is_two_forwards(entity, bank) -> None:
    near, far = TODAY + timedelta(days=20), TODAY + timedelta(days=110)
    row = valued(
        book.instrument(
            "FX_SWAP", -1_000_000, of=entity, counterparty=bank, trade_date=TODAY, settlement_date=far,
            near_settlement_date=near, near_rate=Decimal("0.91"), near_counter_amount=Decimal(-910_000),
            strike_rate=Decimal("0.908"), counter_amount=Decimal(908_000), counter_currency_id="EUR",
        )
    )  # fmt: skip
    value = sum(
        size * (SPOT * exp(-0.04 * years(day)) - rate * exp(-0.02 * years(day)))
        for size, rate, day in ((1_000_000, 0.91, near), (-1_000_000, 0.908, far))
    )
    assert row.present_value == cents(value)


def test_an_interest_rate_swap(entity, bank) -> None:
    index = book.risk("EURIBOR6M", kind="RATE_INDEX", base_unit_id="EUR", quote_currency_id="EUR")
    start, maturity = TODAY - timedelta(days=91), TODAY + timedelta(days=274)
    row = valued(
        book.instrument(
            "INTEREST_RATE_SWAP", 2_000_000, of=entity, risk=index, counterparty=bank, trade_date=start,
            start_date=start,
            settlement_date=maturity, payment_months=6, pay_fixed=True, fixed_rate=Decimal("0.03"),
            spread_rate=Decimal("0.001"), flow_days=[182, 365], flow_accruals=[182 / 360, 183 / 360],
        )
    )  # fmt: skip
    first, second = exp(-0.02 * 91 / 365), exp(-0.02 * 274 / 365)
    fixed = 0.03 * (182 / 360 * first + 183 / 360 * second)
    running = (0.0201 + 0.001) * 182 / 360 * first
    projected = ((first / second - 1) / (183 / 360) + 0.001) * 183 / 360 * second
    accrued = (0.0201 + 0.001 - 0.03) * 182 / 360 * 91 / 182
    assert row.present_value == cents(2_000_000 * (running + projected - fixed))
    assert row.clean_value == cents(2_000_000 * (running + projected - fixed - accrued))
    assert row.clean_value + row.accrued_amount == row.present_value


def test_the_clean_value_does_not_jump_over_a_coupon(entity, bank) -> None:
    """On a payment date the coupon is still in the value, so that all of it has accrued."""
    index = book.risk("EURIBOR6M", kind="RATE_INDEX", base_unit_id="EUR", quote_currency_id="EUR")
    start, maturity = TODAY - timedelta(days=182), TODAY + timedelta(days=183)
    row = valued(
        book.instrument(
            "INTEREST_RATE_SWAP", 2_000_000, of=entity, risk=index, counterparty=bank, trade_date=start,
            start_date=start,
            settlement_date=maturity, payment_months=6, pay_fixed=True, fixed_rate=Decimal("0.03"),
            spread_rate=Decimal(0), flow_days=[182, 365], flow_accruals=[182 / 360, 183 / 360],
        )
    )  # fmt: skip
    coupon = 2_000_000 * (0.0201 - 0.03) * 182 / 360
    after = 2_000_000 * (0.0201 - 0.03) * 183 / 360 * exp(-0.02 * 183 / 365)
    assert row.accrued_amount == cents(coupon)
    assert row.clean_value == pytest.approx(cents(after), abs=Decimal("0.01"))


def test_a_position_is_hedged_by_designation_by_offset_and_by_the_rest(entity, bank) -> None:
    """The first is designated, a loan stands against the second, the third has only a proxy."""
    first, _, third = (
        book.exposure(
            100_000, of=entity, kind="RECOGNISED_ASSET", expected_date=TODAY + timedelta(days=30 * n)
        )
        for n in (1, 2, 3)
    )
    hedge = book.forward(-100_000, of=entity, counterparty=bank)
    book.relationship(of=entity, items=[(first, 100_000)], instruments=[(hedge, -100_000)])
    loan = book.exposure(-60_000, of=entity, kind="RECOGNISED_LIABILITY")
    book.instrument("NATURAL_OFFSET", -60_000, of=entity, offset_exposure=loan.exposure)
    proxy = book.forward(-100_000, of=entity, risk=book.risk("GBPEUR"), counterparty=bank)
    book.relationship(of=entity, items=[(third, 100_000)], instruments=[(proxy, -100_000)])
    hedged.night()
    row = HedgeRatioResult.objects.get(subject="ENTITY_RISK", risk=book.risk())
    assert (row.exposure_amount, row.natural_offset_amount, row.hedge_amount) == (300_000, -60_000, -160_000)
    assert (row.positions_hedged, row.positions_total, row.counted_as_hedged_from) == (2, 3, 0.5)
    assert row.hedge_ratio == pytest.approx(160 / 300)


def test_a_cross_currency_swap(entity, bank) -> None:
    start, maturity = TODAY - timedelta(days=100), TODAY + timedelta(days=265)
    row = valued(
        book.instrument(
            "CROSS_CURRENCY_SWAP", 1_000_000, of=entity, counterparty=bank, trade_date=start, start_date=start,
            settlement_date=maturity, payment_months=12, fixed_rate=Decimal("0.05"), counter_fixed_rate=Decimal("0.03"),
            counter_amount=Decimal(-920_000), counter_currency_id="EUR", flow_days=[365], flow_accruals=[1.0],
        )
    )  # fmt: skip
    receive = 1_000_000 * 1.05 * exp(-0.04 * 265 / 365)
    pay = 920_000 * 1.03 * exp(-0.02 * 265 / 365)
    accrued = (1_000_000 * 0.05 * SPOT - 920_000 * 0.03) * 100 / 365
    assert row.present_value == cents(receive * SPOT - pay)
    assert row.accrued_amount == row.present_value - cents(receive * SPOT - pay - accrued)


def test_a_missing_and_an_old_quote_have_no_value_but_a_reason(entity, bank) -> None:
    missing = book.forward(100, of=entity, risk=book.risk("JPYEUR"), strike="0.006", counterparty=bank)
    old_day = TODAY - timedelta(days=12)
    market.record(("FX_SPOT", "EURCHF", "SPOT", old_day, Decimal("0.94"), "TEST", True),
                  ("ZERO_RATE", "CHF", "1Y", old_day, Decimal("0.01"), "TEST", True))  # fmt: skip
    old = book.forward(100, of=entity, risk=book.risk("CHFEUR"), strike="1.05", counterparty=bank)
    first = valued(missing)
    assert (first.present_value, first.status, first.reasons) == (None, "UNDEFINED", ["missing_data"])
    second = ValuationResult.objects.get(instrument_id=old.instrument_id)
    assert (second.fair_value, second.status, second.reasons) == (None, "UNDEFINED", ["stale_data"])


def test_what_is_settled_is_not_valued(entity, bank) -> None:
    book.forward(of=entity, settlement_date=TODAY - timedelta(days=1), counterparty=bank)
    live = book.forward(of=entity, settlement_date=TODAY, counterparty=bank)
    hedged.night()
    assert [row.instrument_id for row in ValuationResult.objects.all()] == [live.instrument_id]


def test_hedge_ratios_by_risk_entity_and_relationship(entity, bank) -> None:
    receivable = book.exposure(1_000_000, of=entity, kind="RECOGNISED_ASSET")
    loan = book.exposure(-300_000, of=entity, kind="RECOGNISED_LIABILITY")
    book.exposure(250_000, of=entity)
    book.instrument("NATURAL_OFFSET", -300_000, of=entity, offset_exposure=loan.exposure)
    hedge = book.forward(-600_000, of=entity, counterparty=bank)
    book.relationship(of=entity, items=[(receivable, 600_000)], instruments=[(hedge, -600_000)])
    hedged.night()
    row = HedgeRatioResult.objects.get(subject="ENTITY_RISK")
    assert (row.exposure_amount, row.derivative_amount, row.natural_offset_amount) == (
        1_250_000,
        -600_000,
        -300_000,
    )
    assert (row.hedge_amount, row.open_amount) == (-900_000, 350_000)
    assert (row.hedge_ratio, row.derivative_hedge_ratio, row.natural_offset_ratio) == (0.72, 0.48, 0.24)
    assert (row.positions_hedged, row.positions_total, row.position_count_ratio) == (1, 2, 0.5)
    assert row.flags == ["count_differs"]
    group = HedgeRatioResult.objects.get(subject="ENTITY")
    assert (group.amount_unit, group.exposure_amount) == ("EUR", cents(1_250_000 * SPOT))
    assert group.hedge_ratio == pytest.approx(0.72, abs=1e-8)
    relationship = HedgeRatioResult.objects.get(subject="RELATIONSHIP")
    assert (relationship.exposure_amount, relationship.hedge_amount, relationship.hedge_ratio) == (
        600_000,
        -600_000,
        1.0,
    )


def test_a_hedge_in_the_wrong_direction_and_a_ratio_over_nothing(entity, bank) -> None:
    book.exposure(1_000_000, of=entity)
    book.forward(200_000, of=entity, counterparty=bank)
    book.forward(50_000, of=entity, risk=book.risk("GBPEUR"), counterparty=bank)
    hedged.night()
    wrong = HedgeRatioResult.objects.get(subject="ENTITY_RISK", risk__code="USDEUR")
    assert (wrong.hedge_ratio, "wrong_direction" in wrong.flags) == (-0.2, True)
    nothing = HedgeRatioResult.objects.get(subject="ENTITY_RISK", risk__code="GBPEUR")
    assert (nothing.hedge_ratio, nothing.reasons) == (None, ["zero_exposure", "no_positions"])


def test_the_horizon_profile(entity, bank) -> None:
    for amount, day, kind in (
        (1_000_000, date(2026, 12, 15), "FIRM_COMMITMENT"),
        (-200_000, date(2027, 1, 10), "FORECAST"),
        (500_000, date(2027, 1, 30), "FORECAST"),
        (400_000, date(2029, 12, 31), "FORECAST"),
    ):
        book.exposure(amount, of=entity, expected_date=day, kind=kind)
    book.forward(-600_000, of=entity, counterparty=bank, settlement_date=date(2026, 12, 15))
    book.forward(-100_000, of=entity, counterparty=bank, settlement_date=date(2027, 2, 1))
    book.policy(
        of=entity, risk=book.risk(), bands=[(0, 3, "0.8", "0.85", "0.9"), (3, 36, "0.1", "0.3", "0.5")]
    )
    hedged.night()
    buckets = list(HorizonBucketResult.objects.order_by("month_from"))
    assert [row.month_from for row in buckets] == [0, 3, 6, 9, 12, 18, 24, 36]
    first, second, last = buckets[0], buckets[1], buckets[-1]
    assert (first.inflow_amount, first.outflow_amount, first.net_exposure_amount) == (
        1_000_000,
        -200_000,
        800_000,
    )
    assert (first.firm_amount, first.forecast_amount, first.forward_amount) == (1_000_000, -200_000, -600_000)
    assert (first.coverage_ratio, first.flags, first.position_count) == (0.75, ["under_hedged"], 2)
    assert (first.min_to_hedge_amount, first.max_to_hedge_amount) == (-40_000, -120_000)
    assert (second.coverage_ratio, second.cumulative_coverage_ratio) == (0.2, 700_000 / 1_300_000)
    assert (second.month_to, last.month_to, second.coverage_declines) == (6, None, True)
    assert (last.net_exposure_amount, last.lower_ratio, last.min_to_hedge_amount) == (400_000, None, None)
    assert (buckets[2].coverage_ratio, buckets[2].reasons) == (None, ["zero_exposure"])
    assert last.reasons == ["no_band"]


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
    term = years(due, designated)
    struck = exp(-0.02 * term) / float(market.usd_per_eur(20))
    for week in range(60, -1, -1):
        term = years(due, TODAY - timedelta(weeks=week))
        factor, forward = exp(-0.02 * term), exp(-0.02 * term) / float(market.usd_per_eur(week))
        value = -600_000 * (forward - 0.9) * factor
        instrument.append(cents(value - value * (1 - exp(-0.01 * term))))
        hypothetical.append(cents(-600_000 * (forward - struck) * factor))
    return instrument, hypothetical


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
    market.record(("FX_SPOT", "EURJPY", "SPOT", TODAY, Decimal(160), "TEST", True))
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
