"""Volatility surfaces of a market: common nodes, smiles, inverse pairs, dates."""

import numpy as np
import pytest

from tests.treasury.quant.market.rows import DAY, quotes
from treasury.quant.curves.volatility import implied_volatilities
from treasury.quant.market import NEVER, market

FLAT = [("IMPLIED_VOLATILITY", "EURUSD", "1M", 0, 0.08), ("IMPLIED_VOLATILITY", "EURUSD", "1Y", 0, 0.10)]
SMILE = [
    ("IMPLIED_VOLATILITY", "USDJPY", tenor, day, level + skew, moneyness)
    for day in (1,)
    for tenor, level in (("3M", 0.10), ("2Y", 0.12))
    for moneyness, skew in ((0.9, 0.03), (None, 0.0), (1.1, 0.01))
]


def volatility(found, pair, day, strike, years):
    (place,), (sign,) = found.surface([pair])
    return implied_volatilities(
        found.volatilities, found.position(DAY + day), place, sign * np.asarray(strike), years
    )


def test_at_the_money_quotes_make_a_flat_smile_whatever_other_pairs_have():
    found = market(quotes([*FLAT, *SMILE]))
    for years in (0.0, 0.02, 1 / 12, 0.4, 1.0, 7.0):
        at_the_money = volatility(found, "EURUSD", 0, 0.0, years)
        assert volatility(found, "EURUSD", 0, [-2.0, -0.05, 0.3], years).tolist() == [at_the_money] * 3
    total = 0.08**2 / 12 + (0.10**2 - 0.08**2 / 12) * (0.4 - 1 / 12) / (11 / 12)
    assert volatility(found, "EURUSD", 0, 0.0, 0.4) == pytest.approx(np.sqrt(total / 0.4), rel=1e-14)


def test_quoted_volatilities_come_back_and_the_inverse_pair_reads_the_other_wing():
    found = market(quotes([*FLAT, *SMILE]))
    for tenor, level in ((0.25, 0.10), (2.0, 0.12)):
        strikes = np.log([0.9, 1.0, 1.1])
        assert volatility(found, "USDJPY", 1, strikes, tenor) == pytest.approx(
            [level + 0.03, level, level + 0.01]
        )
        assert volatility(found, "JPYUSD", 1, -strikes, tenor) == pytest.approx(
            [level + 0.03, level, level + 0.01]
        )
    index, sign = found.surface(["USDJPY", "JPYUSD", "EURUSD", "GBPUSD"])
    assert index[0] == index[1] >= 0 and index[3] == -1 and sign.tolist() == [1, -1, 1, 1]
    assert np.isnan(volatility(found, "GBPUSD", 1, 0.0, 0.5))


def test_an_expiry_of_another_pair_leaves_a_surface_as_it_is():
    alone, both = market(quotes(SMILE)), market(quotes([*FLAT, *SMILE]))
    rng = np.random.default_rng(2)
    strikes, years = rng.uniform(-0.3, 0.3, 100), rng.uniform(0, 3, 100)
    wanted = volatility(alone, "USDJPY", 1, strikes, years)
    assert volatility(both, "USDJPY", 1, strikes, years).tolist() == wanted.tolist()
    assert np.isnan(volatility(both, "USDJPY", 0, strikes, years)).all()


def test_a_strike_or_expiry_quoted_later_does_not_change_the_past():
    later = [
        ("IMPLIED_VOLATILITY", "EURUSD", "1M", 2, 0.3, 0.95),
        ("IMPLIED_VOLATILITY", "EURUSD", "6M", 2, 0.09),
    ]
    before, after = market(quotes(FLAT)), market(quotes([*FLAT, *later]))
    for strike in (-0.5, np.log(0.95), 0.0, 0.2):
        for years in (0.0, 0.1, 0.5, 0.8, 3.0):
            then, now = (volatility(found, "EURUSD", 1, strike, years) for found in (before, after))
            assert now == then
    assert volatility(after, "EURUSD", 2, np.log(0.95), 1 / 12) == pytest.approx(0.3, rel=1e-15)
    assert volatility(after, "EURUSD", 2, 0.0, 0.5) == pytest.approx(0.09, rel=1e-15)


def test_a_quote_at_the_money_counts_before_one_at_a_moneyness_of_one():
    rows = [("IMPLIED_VOLATILITY", "EURUSD", "1M", 0, 0.5, 1.0), *FLAT]
    for found in (market(quotes(rows)), market(quotes(rows[::-1]))):
        assert volatility(found, "EURUSD", 0, 0.0, 1 / 12) == 0.08


def test_ages_are_those_of_the_oldest_quote():
    found = market(quotes([*FLAT, ("IMPLIED_VOLATILITY", "EURUSD", "1M", 3, 0.09)]))
    place = found.surface(["EURUSD"])[0][0]
    assert found.age(found.volatility, DAY + np.array([-1, 0, 4]), place).tolist() == [NEVER, 0, 4]


def test_an_overnight_quote_is_the_first_expiry():
    found = market(quotes([*FLAT, ("IMPLIED_VOLATILITY", "EURUSD", "ON", 0, 0.2)]))
    assert volatility(found, "EURUSD", 0, 0.0, [0.0, 1 / 365]).tolist() == [0.2, 0.2]
