"""Interest-rate and cross-currency swaps against QuantLib: 1e-6 of the notional, seasoned ones among them."""

import numpy as np
import pytest
import QuantLib as ql

from tests.treasury.quant.oracles import quantlib_market as market
from tests.treasury.quant.oracles.quantlib_market import DAYS_360, DAYS_365, NODE_DAYS, TODAY
from treasury.quant.columns import FlowColumns
from treasury.quant.curves.grid import daily_grid
from treasury.quant.curves.zero import ZeroCurves, discount_factors, forward_rates, projected_rates
from treasury.quant.valuation.cross_currency_swap import cross_currency_swap_value, principal_leg_value
from treasury.quant.valuation.flows import flow_factors, flows_value
from treasury.quant.valuation.interest_rate_swap import (
    annuity,
    floating_annuity,
    interest_rate_swap_present_value,
    interest_rate_swap_value,
)
from treasury.quant.valuation.swap_grid import grid_annuity, grid_floating_leg

OF_NOTIONAL = 1e-6
DISCOUNT, PROJECTION = 0, 1


@pytest.fixture(autouse=True)
def _day():
    with market.settings():
        yield


def ragged(parts):
    """Offsets and one long array of what each instrument has."""
    return np.concatenate([[0], np.cumsum([len(part) for part in parts])]), np.concatenate(parts)


def side_by_side(parts, filling):
    """Legs of any number of periods as columns of one table, the shorter ones filled up in front."""
    longest = max(len(part) for part in parts)
    return np.array([[filling(part)] * (longest - len(part)) + list(part) for part in parts]).T


def legs_on_the_grid(curves, fixed, floating, fixings):
    """Annuities and floating legs as tables; a fixing of today is not known yet."""
    boundaries = side_by_side([[leg[0][0], *leg[1]] for leg in floating], lambda days: days[0])
    grid = daily_grid(curves, 0, 0, int(boundaries.max()) + 10, int(boundaries.min()))
    discount, projection = (np.full(len(fixed), grid.starts(curve)) for curve in (DISCOUNT, PROJECTION))
    days, years = side_by_side([leg[1] for leg in fixed], lambda days: days[0]), [leg[2] for leg in fixed]
    accruals = side_by_side([leg[2] for leg in floating], lambda years: 0.0)
    known = [np.where(leg[0] == 0, np.nan, fixing) for leg, fixing in zip(floating, fixings, strict=True)]
    return (
        grid_annuity(grid, discount, days, side_by_side(years, lambda years: 0.0)),
        grid_floating_leg(
            grid, projection, discount, boundaries, 0, accruals, side_by_side(known, lambda rates: np.nan)
        ),
    )


def elapsed(start, pay, accrual):
    """The part of the current period's year fraction that is behind us, and which period that is."""
    now = (start < 0) & (pay >= 0)
    return (-start[now] / (pay - start)[now] * accrual[now]).sum()


def random_swap(rng, handles, seasoned):
    months = int(rng.choice([3, 6]))
    years = int(rng.integers(2, 12))
    start = TODAY - int(rng.integers(1, 700)) if seasoned else TODAY + int(rng.integers(0, 90))
    fixed = market.schedule(start, 12, years)
    floating = market.schedule(start, months, years * 12 // months)
    index = market.index(handles[PROJECTION], months)
    notional, rate, pays = 10 ** rng.uniform(5, 9), rng.uniform(-0.01, 0.08), bool(rng.integers(2))
    side = ql.VanillaSwap.Payer if pays else ql.VanillaSwap.Receiver
    swap = ql.VanillaSwap(side, notional, fixed, rate, DAYS_365, floating, index, 0.0, DAYS_360)
    swap.setPricingEngine(ql.DiscountingSwapEngine(handles[DISCOUNT]))
    return swap, fixed, floating, notional, rate, pays


def accrued_by_quantlib(swap, pays):
    """Received less paid of the running coupons, as QuantLib's coupons say."""
    fixed = sum(ql.as_coupon(flow).accruedAmount(TODAY) for flow in swap.fixedLeg())
    floating = sum(ql.as_coupon(flow).accruedAmount(TODAY) for flow in swap.floatingLeg())
    return (floating - fixed) * (1 if pays else -1)


@pytest.mark.parametrize("seasoned", [False, True])
def test_interest_rate_swaps_with_their_par_rate_and_what_accrued(seasoned):
    rng = np.random.default_rng(201 + seasoned)
    rates = market.random_rates(rng, 2)
    handles = [market.zero_curve(series) for series in rates]
    curves = ZeroCurves(("EUR", "RATE"), NODE_DAYS / 365, rates[None])
    swaps = [random_swap(rng, handles, seasoned) for _ in range(250)]
    fixed = [market.periods(swap[1], 365) for swap in swaps]
    floating = [market.periods(swap[2], 360) for swap in swaps]
    fixings = [[market.fixing_of(day) for day in list(swap[2])[:-1]] for swap in swaps]
    offsets, pay = ragged([leg[1] for leg in fixed])
    factors = discount_factors(curves, 0, DISCOUNT, pay / 365)
    fixed_annuity = annuity(offsets, ragged([leg[2] for leg in fixed])[1], factors)
    offsets, start = ragged([leg[0] for leg in floating])
    pay, accruals, known = (
        ragged(part)[1] for part in ([leg[1] for leg in floating], [leg[2] for leg in floating], fixings)
    )
    factors = discount_factors(curves, 0, DISCOUNT, pay / 365)
    known = np.where(start == 0, np.nan, known)
    projected = projected_rates(curves, 0, PROJECTION, start / 365, pay / 365, accruals, known)
    per_unit = floating_annuity(offsets, projected, accruals, factors)
    on_grid = legs_on_the_grid(curves, fixed, floating, fixings)
    assert on_grid[0] == pytest.approx(fixed_annuity, rel=1e-12)
    assert on_grid[1] == pytest.approx(per_unit, rel=1e-12, abs=1e-14)
    notional, rate, pays = (np.array([swap[k] for swap in swaps]) for k in (3, 4, 5))
    running = [
        elapsed(*leg) * max((f for f, s, p in zip(fix, leg[0], leg[1], strict=True) if s < 0 <= p), default=0)
        for leg, fix in zip(floating, fixings, strict=True)
    ]
    ours = interest_rate_swap_value(
        notional,
        pays,
        rate,
        fixed_annuity,
        per_unit,
        np.array([elapsed(*leg) for leg in fixed]),
        np.array(running),
    )
    alone = interest_rate_swap_present_value(notional, pays, rate, fixed_annuity, on_grid[1])
    for row, (swap, *_) in enumerate(swaps):
        near = {"rel": 0, "abs": OF_NOTIONAL * notional[row]}
        side = 1 if pays[row] else -1
        accrued = accrued_by_quantlib(swap, pays[row])
        assert ours.present_value[row] == pytest.approx(swap.NPV(), **near)
        assert alone[row] == pytest.approx(swap.NPV(), **near)
        assert ours.fixed_leg_value[row] == pytest.approx(-side * swap.fixedLegNPV(), **near)
        assert ours.floating_leg_value[row] == pytest.approx(side * swap.floatingLegNPV(), **near)
        assert ours.par_rate[row] == pytest.approx(swap.fairRate(), rel=1e-9, abs=1e-12)
        assert ours.accrued_amount[row] == pytest.approx(accrued, **near)
        assert ours.clean_value[row] == pytest.approx(swap.NPV() - accrued, **near)


@pytest.mark.parametrize("seasoned", [False, True])
def test_cross_currency_swaps_with_their_exchanges_of_principal(seasoned):
    """Fixed dollars against floating euros, principals exchanged at both ends; the first one is over if seasoned."""
    rng = np.random.default_rng(211 + seasoned)
    rates = market.random_rates(rng, 2)
    euro, dollar = (market.zero_curve(series) for series in rates)
    curves = ZeroCurves(("EUR", "USD"), NODE_DAYS / 365, rates[None])
    spot = 1.0875
    engine = ql.DiscountingConstNotionalCrossCurrencySwapEngine(
        ql.USDCurrency(), dollar, ql.EURCurrency(), euro, ql.QuoteHandle(ql.SimpleQuote(spot))
    )
    theirs, notionals, legs = [], [], {"pay": [], "receive": []}
    for _ in range(150):
        years, fixed_rate = int(rng.integers(2, 11)), float(rng.uniform(0, 0.07))
        start = TODAY - int(rng.integers(1, 400)) if seasoned else TODAY + int(rng.integers(1, 60))
        dollars = float(10 ** rng.uniform(5, 9))
        euros = dollars / 1.1
        fixed, floating = market.schedule(start, 12, years), market.schedule(start, 6, years * 2)
        index = market.index(euro, 6)
        swap = ql.ConstNotionalCrossCurrencyFixedVsFloatingSwap(
            ql.Swap.Payer, dollars, ql.USDCurrency(), fixed, fixed_rate, DAYS_365, ql.Unadjusted, 0,
            market.NO_CALENDAR, euros, ql.EURCurrency(), floating, index, 0.0, ql.Unadjusted, 0, market.NO_CALENDAR,
        )  # fmt: skip
        swap.setPricingEngine(engine)
        theirs.append((swap.NPV(), -swap.inCcyLegNPV(0), swap.inCcyLegNPV(1)))
        notionals.append(dollars)
        begin, pay, accrual = market.periods(fixed, 365)
        legs["pay"].append(with_exchanges(begin, pay, dollars * fixed_rate * accrual, dollars))
        begin, pay, accrual = market.periods(floating, 360)
        known = [market.fixing_of(day) for day in list(floating)[:-1]]
        rate = projected_rates(
            curves, 0, 0, begin / 365, pay / 365, accrual, np.where(begin == 0, np.nan, known)
        )
        legs["receive"].append(with_exchanges(begin, pay, euros * accrual * np.nan_to_num(rate), euros))
    values = []
    for currency, leg in enumerate(("receive", "pay")):
        offsets, days = ragged([days for days, _ in legs[leg]])
        flows = FlowColumns(offsets, days.astype(np.int32), ragged([amounts for _, amounts in legs[leg]])[1])
        factors = flow_factors(curves, flows, 0, np.full(150, currency))
        values.append(flows_value(offsets, flows.amounts, factors))
    ours = cross_currency_swap_value(*values, spot)
    for row, (value, paid, received) in enumerate(theirs):
        near = {"rel": 0, "abs": OF_NOTIONAL * notionals[row]}
        assert ours.present_value[row] == pytest.approx(value, **near)
        assert ours.first_leg_value[row] == pytest.approx(received, **near)
        assert ours.second_leg_value[row] == pytest.approx(paid, **near)


def with_exchanges(start, pay, coupons, notional):
    """Days and amounts of a leg that lends its principal at the start and gets it back at the end."""
    days = np.concatenate([start[:1], pay, pay[-1:]])
    amounts = np.concatenate([[-notional], coupons, [notional]])
    return days, amounts


def test_cross_currency_swaps_whose_notional_resets():
    """Floating euros on a fixed notional against floating dollars on one that is reset to the spot of each period."""
    rng = np.random.default_rng(221)
    rates = market.random_rates(rng, 4)
    euro, dollar, euribor, libor = (market.zero_curve(series) for series in rates)
    curves = ZeroCurves(("EUR", "USD", "EURIBOR", "LIBOR"), NODE_DAYS / 365, rates[None])
    spot = 1.0875
    engine = ql.DiscountingMtMCrossCurrencyBasisSwapEngine(
        ql.USDCurrency(), dollar, ql.EURCurrency(), euro, ql.QuoteHandle(ql.SimpleQuote(spot))
    )
    indices = market.index(euribor, 6), market.index(libor, 6, ql.USDCurrency())
    for _ in range(120):
        start = TODAY + int(rng.integers(1, 400))
        dates = market.schedule(start, 6, int(rng.integers(2, 20)))
        euros, spreads = float(10 ** rng.uniform(5, 9)), [float(s) for s in rng.uniform(-0.01, 0.01, 2)]
        swap = ql.MtMCrossCurrencyBasisSwap(
            ql.MtMCrossCurrencyBasisSwap.ReceiveFxBaseCurrency, euros, ql.EURCurrency(), dates, indices[0],
            spreads[0], 1.0, euros * spot, ql.USDCurrency(), dates, indices[1], spreads[1], 1.0, False, 0,
            market.NO_CALENDAR,
        )  # fmt: skip
        swap.setPricingEngine(engine)
        begin, pay, accrual = market.periods(dates, 360)
        notionals = euros * forward_rates(curves, spot, 0, 0, 1, begin / 365)
        assert notionals == pytest.approx(np.array(swap.fxResetNotionals()), rel=1e-9)
        legs = [
            principal_leg_value(
                [0, begin.size],
                notional,
                projected_rates(curves, 0, currency + 2, begin / 365, pay / 365, accrual) + spreads[currency],
                accrual,
                discount_factors(curves, 0, currency, begin / 365),
                discount_factors(curves, 0, currency, pay / 365),
            )
            for currency, notional in enumerate((np.full(begin.size, euros), notionals))
        ]
        near = {"rel": 0, "abs": OF_NOTIONAL * euros}
        assert legs[0][0] == pytest.approx(swap.inCcyLegNPV(0), **near)
        assert legs[1][0] == pytest.approx(-swap.inCcyLegNPV(1), **near)
        assert cross_currency_swap_value(*legs, spot).present_value[0] == pytest.approx(swap.NPV(), **near)
        assert abs(swap.NPV()) > 1e-4 * euros
