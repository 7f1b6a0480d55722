import sys
from datetime import date
from subprocess import run

import numpy as np
import pytest

from treasury.quant.curves.bootstrap import build_curves
from treasury.quant.curves.needs import RateQuote, curve_needs
from treasury.quant.curves.zero import discount_factors
from treasury.quant.market import Quotes, market

DAY = date(2026, 11, 18).toordinal()


def quotes(rows):
    """Rows of kind, symbol, tenor, day, value."""
    series = sorted({row[:3] for row in rows})
    index = np.array([series.index(row[:3]) for row in rows], dtype=np.int64)
    days = np.array([row[3] for row in rows], dtype=np.int64)
    return Quotes(
        [(*key, None) for key in series], index, days, np.array([row[4] for row in rows], dtype=float)
    )


ROWS = [
    ("SWAP_RATE", "EURIBOR6M", "2Y", DAY, 0.024),
    ("SWAP_RATE", "EUR", "2Y", DAY, 0.022),
    ("DEPOSIT_RATE", "EUR", "3M", DAY, 0.02),
    ("DEPOSIT_RATE", "EUR", "3M", DAY + 1, 0.021),
    ("SWAP_RATE", "EURIBOR6M", "2Y", DAY + 2, 0.025),
    ("FX_SPOT", "EURUSD", "SPOT", DAY, 1.1),
]


def test_each_symbol_and_date_with_rates_is_one_curve_discount_first():
    needs = curve_needs(quotes(ROWS))
    assert [(need.symbol, need.quote_date - DAY) for need in needs] == [
        ("EUR", 0), ("EUR", 1), ("EURIBOR6M", 0), ("EURIBOR6M", 2),
    ]  # fmt: skip
    assert needs[0].quotes == (RateQuote("DEPOSIT_RATE", "3M", 0.02), RateQuote("SWAP_RATE", "2Y", 0.022))
    # A projection curve is built on the last discount curve of its currency.
    assert [need.discount_digest for need in needs] == ["", "", needs[0].digest, needs[1].digest]
    assert curve_needs(quotes(ROWS[-1:])) == ()


def test_the_order_of_quotes_does_not_count_but_a_later_one_replaces_an_earlier_one():
    needs = curve_needs(quotes(ROWS))
    assert curve_needs(quotes(ROWS[::-1])) == needs
    later = curve_needs(quotes([*ROWS, ("DEPOSIT_RATE", "EUR", "3M", DAY, 0.03)]))
    assert later[0].quotes[0].rate == 0.03 and later[1] == needs[1]
    assert later[0].digest != needs[0].digest and later[2].digest != needs[2].digest


@pytest.mark.parametrize(
    "change",
    [{3: ("DEPOSIT_RATE", "EUR", "1M", DAY + 1, 0.021)}, {3: ("SWAP_RATE", "EUR", "3M", DAY + 1, 0.021)}]
    + [{3: ("DEPOSIT_RATE", "EUR", "3M", DAY + 1, np.nextafter(0.021, 1))}],
)
def test_a_digest_moves_with_each_thing_that_makes_its_curve(change):
    rows = [change.get(place, row) for place, row in enumerate(ROWS)]
    digests = {(need.symbol, need.quote_date): need.digest for need in curve_needs(quotes(ROWS))}
    changed = {(need.symbol, need.quote_date): need.digest for need in curve_needs(quotes(rows))}
    moved = {key for key in digests if changed[key] != digests[key]}
    assert moved == {("EUR", DAY + 1), ("EURIBOR6M", DAY + 2)}
    assert len(set(digests.values())) == 4 and all(len(digest) == 64 for digest in digests.values())


def test_a_digest_moves_with_the_versions(monkeypatch):
    before = curve_needs(quotes(ROWS))
    monkeypatch.setattr("treasury.quant.curves.needs.curve_maker", lambda: "another QuantLib")
    assert not {need.digest for need in before} & {need.digest for need in curve_needs(quotes(ROWS))}


def test_a_discount_curve_of_zero_rates_carries_a_projection_curve_where_it_is_newer():
    zero = [("ZERO_RATE", "EUR", tenor, DAY + 2, rate) for tenor, rate in (("1M", 0.019), ("2Y", 0.021))]
    found = quotes([*ROWS, *zero])
    needs = curve_needs(found)
    assert needs[2].discount_digest == needs[0].digest and needs[2].discount_rates is None
    assert needs[3].discount_digest == "" and needs[3].discount_rates is not None
    of_market = market(found, build_curves(needs, {}).values())
    row, place = of_market.position(DAY + 2), of_market.discount(["EUR"])[0]
    ours = needs[3].discount_rates
    for days in (1, 20, 31, 200, 400, 800):
        rate = np.interp(days, ours.node_days, ours.zero_rates)
        factor = discount_factors(of_market.curves, row, place, days / 365)
        assert np.exp(-rate * days / 365) == pytest.approx(factor, rel=1e-15)
    moved = curve_needs(quotes([*ROWS, *zero[:-1], ("ZERO_RATE", "EUR", "2Y", DAY + 2, 0.0211)]))
    assert moved[3].digest != needs[3].digest


def test_an_index_that_nobody_knows_is_needed_too_so_that_its_problem_is_kept():
    found = curve_needs(quotes([("SWAP_RATE", "MOONRATE3M", "2Y", DAY, 0.02)]))
    assert "MOONRATE3M" in build_curves(found, {})[found[0].digest].problem


def test_neither_the_needs_nor_a_market_of_known_curves_imports_quantlib():
    code = (
        "import sys, numpy as np\n"
        "import treasury.quant.scenario, treasury.quant.dates.schedule, treasury.quant.curves.bootstrap\n"
        "from treasury.quant.curves.needs import curve_needs\n"
        "from treasury.quant.curves.rate_curve import RateCurve\n"
        "from treasury.quant.market import Quotes, market\n"
        "quotes = Quotes([('SWAP_RATE', 'EUR', '2Y', None)], np.array([0]), np.array([739000]), np.array([0.02]))\n"
        "needs = curve_needs(quotes)\n"
        "market(quotes, [RateCurve('EUR', 739000, np.array([730]), np.array([0.02]))])\n"
        "assert len(needs) == 1 and 'QuantLib' not in sys.modules\n"
    )
    assert run([sys.executable, "-c", code], check=False).returncode == 0
