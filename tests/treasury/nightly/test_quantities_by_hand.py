"""Forecasts of a commodity: their hypothetical derivative is a forward at the market's forward prices."""

from datetime import date
from decimal import Decimal

import pytest

from hedges.domain.explanation.explain import explain
from hedges.models import EffectivenessResult, MeasurementResult
from tests.factories import book, hedged, market
from tests.treasury.nightly import measured
from tests.treasury.nightly.by_hand import TODAY, cents, factor, quote, spot_of, weeks_ago, years

pytestmark = pytest.mark.django_db
START = weeks_ago(30)
DUE = date(2027, 4, 30)
BARRELS = 5000
#: Forward prices of a barrel in a year, in dollars, by the weeks that have gone by since.
YEAR_AHEAD = {30: 76.0, 20: 69.0, 10: 73.5, 5: 68.0, 0: 66.5}


@pytest.fixture
def oil(entity):
    return book.risk(
        "WTI", kind="COMMODITY", base_unit_id="BBL", quote_currency_id="USD", market_symbol="WTI"
    )


@pytest.fixture
def forward_prices() -> None:
    market.record(
        *(quote("PRICE", "WTI", "1Y", weeks_ago(week), str(price)) for week, price in YEAR_AHEAD.items())
    )


def price(week: int) -> float:
    """The spot price of the made-up market."""
    return float(next(row.value for row in market.quotes() if row.symbol == "WTI" and _is(row, week)))


def _is(row, week: int) -> bool:
    return row.tenor == "SPOT" and row.quote_date == weeks_ago(week)


def ahead(week: int, due: date = DUE) -> float:
    """The forward price: the carry that the price of a year ahead implies, from today's price."""
    day = weeks_ago(week)
    term = (day.replace(year=day.year + 1) - day).days / 365
    return price(week) * (YEAR_AHEAD[week] / price(week)) ** (years(due, day) / term)


def carried(week: int, due: date = DUE) -> float:
    """Without forward prices: today's price carried at the dollar's rate."""
    return price(week) / factor(due, weeks_ago(week), "USD")


def hypothetical(forward, week: int, begun: int = 30) -> float:
    """Of the hedge of a purchase, in euro."""
    moved = forward(week) - forward(begun)
    return BARRELS * moved * factor(DUE, weeks_ago(week), "USD") * spot_of(week)


def designated(entity, bank, oil, *, kind="HIGHLY_PROBABLE_FORECAST", barrels=-BARRELS, **fields):
    item = book.exposure(barrels, of=entity, risk=oil, expected_date=DUE, kind=kind)
    hedge = book.forward(
        -barrels, of=entity, risk=oil, strike="73", trade_date=START, settlement_date=DUE, counterparty=bank
    )
    fields = {"designation_date": START, "hedge_end_date": DUE} | fields
    return book.relationship(of=entity, items=[(item, barrels)], instruments=[(hedge, -barrels)], **fields)


@pytest.mark.parametrize(
    ("kind", "hedge_type"), [("HIGHLY_PROBABLE_FORECAST", "CASH_FLOW"), ("FIRM_COMMITMENT", "FAIR_VALUE")]
)
def test_a_purchase_to_come_is_mirrored_by_a_forward_at_forward_prices(
    entity, bank, oil, forward_prices, kind, hedge_type
) -> None:
    designated(entity, bank, oil, kind=kind, hedge_type=hedge_type)
    for week in (20, 10, 0):
        [row] = measured.on(weeks_ago(week))
        assert row["cumulative_change_hypothetical"] == cents(hypothetical(ahead, week))
        assert row["cumulative_change_hypothetical"] != cents(hypothetical(carried, week))


def test_without_forward_prices_the_price_is_carried_at_the_rate(entity, bank, oil) -> None:
    designated(entity, bank, oil)
    [row] = measured.on(TODAY)
    assert row["cumulative_change_hypothetical"] == cents(hypothetical(carried, 0))


def test_the_tests_of_the_night_and_the_explanation_see_the_same_forward(
    entity, bank, oil, forward_prices
) -> None:
    designated(entity, bank, oil)
    hedged.night()
    [row] = EffectivenessResult.objects.all()
    assert row.cumulative_change_hypothetical == cents(hypothetical(ahead, 0))
    found = MeasurementResult.objects.get()
    assert found.cumulative_change_hypothetical == cents(hypothetical(ahead, 0))
    explained = explain("measurements", found, "cumulative_change_hypothetical")
    assert explained.agrees
    steps = [step for step in explained.worked.steps if step.folded]
    assert len(steps) == 2
    for step in steps:
        said = {one.name: one.value for one in step.given}
        assert said["difference"] == 0
    assert said[f"forward_rate on {TODAY}"] == pytest.approx(ahead(0), rel=1e-12)


def test_a_designated_spot_element_stays_at_the_price(entity, bank, oil, forward_prices) -> None:
    designated(entity, bank, oil, designated_component="SPOT")
    [row] = measured.on(TODAY)
    assert row["cumulative_change_hypothetical"] == cents(BARRELS * (price(0) - price(30)) * spot_of(0))


def test_stocks_stay_at_the_price(entity, bank, oil, forward_prices) -> None:
    designated(entity, bank, oil, kind="RECOGNISED_ASSET", barrels=BARRELS, hedge_type="FAIR_VALUE")
    [row] = measured.on(TODAY)
    change = -BARRELS * (price(0) - price(30)) * spot_of(0)
    assert row["cumulative_change_hypothetical"] == cents(change)


def test_a_futures_item_is_still_a_discounted_forward(entity, bank, oil, forward_prices) -> None:
    """What a future is paid at once, and its item's forward only at the end, shows as ineffectiveness."""
    contract = book.futures_contract(oil, code="CLH27")
    future = book.instrument(
        "FUTURE", BARRELS, of=entity, risk=oil, counterparty=bank, contract=contract, contract_count=5,
        entry_price=Decimal("68.5"), trade_date=START,
    )  # fmt: skip
    item = book.exposure(-BARRELS, of=entity, risk=oil, expected_date=DUE)
    book.relationship(
        of=entity, items=[(item, -BARRELS)], instruments=[(future, BARRELS)], designation_date=START,
        hedge_end_date=TODAY,
    )  # fmt: skip
    [row] = measured.on(weeks_ago(5))
    assert row["cumulative_change_hypothetical"] == cents(hypothetical(ahead, 5))
    gain, before = price(5) + 1 - 68.5, price(30) + 1 - 68.5
    change = BARRELS * (gain * spot_of(5) - before * spot_of(30))
    assert abs(row["cumulative_change_instrument"] - cents(change)) <= Decimal("0.01")
