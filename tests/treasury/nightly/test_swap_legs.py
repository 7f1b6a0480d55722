"""Swaps whose legs pay on days and count by day counts of their own: a night's values against QuantLib's."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import QuantLib as ql

from hedges.domain.explanation.explain import explain
from hedges.models import InstrumentVersion, ValuationResult
from tests.factories import hedged, swaps
from tests.treasury.nightly.by_hand import RATES, TODAY, valued

pytestmark = pytest.mark.django_db

#: So large that the cent to which a value is rounded is less than the tolerance.
NOTIONAL = 4_000_000_000_000
CLOSE = 1e-10
COUNTS = {
    "ACT/360": ql.Actual360(),
    "ACT/365F": ql.Actual365Fixed(),
    "30/360": ql.Thirty360(ql.Thirty360.BondBasis),
    "30E/360": ql.Thirty360(ql.Thirty360.EurobondBasis),
}
FIXING, SPREAD, RATE = 0.0201, 0.001, 0.03
#: Start, maturity, months and count of the fixed leg and of the floating one, whether fixed is paid.
CASES = {
    "vanilla": (date(2026, 3, 17), date(2031, 3, 17), 12, "30/360", 6, "ACT/360", True),
    "received": (date(2026, 3, 17), date(2031, 3, 17), 12, "30/360", 6, "ACT/360", False),
    "floating pays today": (date(2026, 4, 30), date(2031, 4, 30), 12, "30E/360", 6, "ACT/360", True),
    "both pay today": (date(2025, 10, 30), date(2030, 10, 30), 12, "30/360", 3, "ACT/360", True),
    "short first periods": (date(2026, 8, 24), date(2030, 2, 11), 12, "30/360", 6, "ACT/360", True),
    "starts ahead": (date(2026, 11, 16), date(2029, 11, 16), 12, "30/360", 3, "ACT/360", False),
    "fixed more often": (date(2026, 6, 8), date(2029, 6, 8), 3, "ACT/365F", 12, "ACT/360", True),
    "counts alone": (date(2026, 5, 19), date(2028, 5, 19), 6, "30E/360", 6, "ACT/360", True),
    "floating by another year": (date(2026, 5, 19), date(2028, 5, 19), 6, "ACT/360", 6, "ACT/365F", True),
}


def theirs_of(day: date) -> ql.Date:
    return ql.Date(day.day, day.month, day.year)


def swap_of(entity, bank, case, **fields) -> InstrumentVersion:
    start, maturity, months, count, floating_months, floating_count, pays = case
    told = {
        "start_date": start, "settlement_date": maturity, "payment_months": months, "day_count": count,
        "floating_payment_months": floating_months, "floating_day_count": floating_count, "pay_fixed": pays,
        "trade_date": min(start, TODAY), "flow_days": None, "flow_accruals": None,
    }  # fmt: skip
    return swaps.interest_rate_swap(
        NOTIONAL if pays else -NOTIONAL, of=entity, counterparty=bank, **(told | fields)
    )


def by_quantlib(case, rate: float = RATE) -> ql.VanillaSwap:
    """On QuantLib's own schedules, with the curve that both have."""
    start, maturity, months, count, floating_months, floating_count, pays = case
    curve = ql.YieldTermStructureHandle(
        ql.FlatForward(theirs_of(TODAY), RATES["EUR"], ql.Actual365Fixed(), ql.Continuous)
    )
    is_month_end = all((day + timedelta(days=1)).day == 1 for day in (start, maturity))
    fixed, floating = (
        ql.Schedule(
            theirs_of(start), theirs_of(maturity), ql.Period(every, ql.Months), ql.TARGET(),
            ql.ModifiedFollowing, ql.Unadjusted, ql.DateGeneration.Backward, is_month_end,
        )
        for every in (months, floating_months)
    )  # fmt: skip
    index = ql.IborIndex(
        "euribor", ql.Period(6, ql.Months), 0, ql.EURCurrency(), ql.NullCalendar(), ql.Unadjusted, False,
        ql.Actual360(), curve,
    )  # fmt: skip
    index.addFixings([theirs_of(TODAY - timedelta(days=day)) for day in range(400)], [FIXING] * 400, True)
    found = ql.VanillaSwap(
        ql.VanillaSwap.Payer if pays else ql.VanillaSwap.Receiver, float(NOTIONAL), fixed, rate, COUNTS[count],
        floating, index, SPREAD, COUNTS[floating_count],
    )  # fmt: skip
    found.setPricingEngine(ql.DiscountingSwapEngine(curve))
    return found


@pytest.fixture(autouse=True)
def _their_day():
    with ql.SavedSettings():
        ql.Settings.instance().evaluationDate = theirs_of(TODAY)
        ql.Settings.instance().includeReferenceDateEvents = True
        ql.Settings.instance().includeTodaysCashFlows = True
        yield


def accrued_of(swap: ql.VanillaSwap, pays: bool) -> float:
    fixed, floating = (
        sum(ql.as_coupon(flow).accruedAmount(theirs_of(TODAY)) for flow in leg)
        for leg in (swap.fixedLeg(), swap.floatingLeg())
    )
    return (floating - fixed) * (1 if pays else -1)


def test_values_what_has_accrued_and_days_are_those_of_quantlib(entity, bank) -> None:
    versions = {name: swap_of(entity, bank, case) for name, case in CASES.items()}
    hedged.night()
    for name, case in CASES.items():
        version, theirs = versions[name], by_quantlib(case)
        row = ValuationResult.objects.get(instrument_id=version.instrument_id)
        for days, leg in (
            (version.flow_days, theirs.fixedLeg()),
            (version.floating_flow_days, theirs.floatingLeg()),
        ):
            paid = [case[0] + timedelta(days=day) for day in days]
            assert [theirs_of(day) for day in paid] == [flow.date() for flow in leg], name
        assert float(row.present_value) == pytest.approx(theirs.NPV(), rel=CLOSE), name
        accrued = accrued_of(theirs, case[-1])
        assert float(row.accrued_amount) == pytest.approx(accrued, rel=CLOSE, abs=0.02), name
        assert row.present_value == row.clean_value + row.accrued_amount
        for field in ("present_value", "clean_value", "accrued_amount"):
            assert explain("valuations", row, field).agrees, (name, field)


def test_the_par_rate_gives_zero_value(entity, bank) -> None:
    case = CASES["short first periods"]
    theirs = by_quantlib(case)
    par = Decimal(f"{theirs.fairRate():.10f}")
    row = valued(swap_of(entity, bank, case, fixed_rate=par))
    of_rounding = abs(theirs.fixedLegBPS()) * 10_000 * 0.5e-10
    assert abs(row.present_value) <= Decimal(of_rounding) + 1
    assert abs(float(row.present_value)) < 1e-9 * NOTIONAL


def test_legs_that_are_said_to_be_alike_are_those_of_before(entity, bank) -> None:
    """Kept without a floating leg of its own, on the same days, with every digit the same."""
    case = (date(2026, 3, 17), date(2031, 3, 17), 6, "ACT/360", 6, "ACT/360", True)
    said = swap_of(entity, bank, case)
    of_before = swap_of(
        entity, bank, case, day_count=None, floating_payment_months=None, floating_day_count=None
    )
    for version in (said, of_before):
        assert version.floating_flow_days is None and version.floating_day_count is None
    assert (said.flow_days, said.flow_accruals) == (of_before.flow_days, of_before.flow_accruals)
    assert (said.day_count, of_before.day_count) == ("ACT/360", None)
    hedged.night()
    one, other = (
        ValuationResult.objects.get(instrument_id=version.instrument_id) for version in (said, of_before)
    )
    for field in ("present_value", "clean_value", "accrued_amount", "fair_value"):
        assert getattr(one, field) == getattr(other, field)


def test_what_is_not_said_of_the_legs_is_as_the_market_of_the_currency_has_it(entity, bank) -> None:
    case = (date(2026, 3, 17), date(2031, 3, 17), 12, None, 6, None, True)
    version = swap_of(entity, bank, case)
    assert (version.day_count, version.floating_payment_months, version.floating_day_count) == (
        "30/360", 6, "ACT/360",
    )  # fmt: skip
    assert (len(version.flow_days), len(version.floating_flow_days)) == (5, 10)
