"""The hypothetical derivative of each kind of item: struck on the item's terms, worth nothing, the night's own."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from hedges.domain.assessment import inception
from hedges.domain.levels import item_levels, used_instruments
from hedges.domain.sealed import Shard
from hedges.domain.unsealed import inputs_now
from hedges.models import AssessmentRecord
from hedges.queries import relationship_columns
from tests.factories import book, clock, market, swaps
from tests.treasury.nightly.by_hand import SPOT, factor, forward
from treasury.quant import catalogue

pytestmark = pytest.mark.django_db
TODAY = book.TODAY
LATER = TODAY + timedelta(days=3)
DUE = date(2027, 4, 30)


@pytest.fixture
def entity():
    with clock.at(TODAY):
        entity = book.entity()
        book.risk()
        market.record()
        market.record_spreads("BANK", entity.code)
        yield entity


def on_record(entity, item, hedges, **fields) -> AssessmentRecord:
    amounts = [(hedge, hedge.notional_amount) for hedge in hedges]
    version = book.relationship(
        of=entity, items=[(item, item.exposure_amount)], instruments=amounts, designation_date=TODAY,
        support=inception.support, **({"hedge_end_date": DUE} | fields),
    )  # fmt: skip
    return AssessmentRecord.objects.get(version=version)


def option(entity, strike: str):
    return book.instrument(
        "OPTION", -500_000, of=entity, counterparty=book.counterparty(code="BANK"), strike_rate=Decimal(strike),
        option_kind="PUT", option_side="BOUGHT", premium_amount=Decimal(-9000), premium_currency_id="EUR",
        counter_amount=Decimal(strike) * 500_000, counter_currency_id="EUR",
        expiry_date=DUE - timedelta(days=2), settlement_date=DUE, trade_date=TODAY,
    )  # fmt: skip


def level_on(day: date, of_day: date = TODAY) -> int:
    """The night's item level on a day, in cents, struck today."""
    shard = Shard(inputs_now(of_day), 0, 1)
    found, items, instruments = (
        part(shard.at, by="relationship_id")
        for part in (
            relationship_columns.relationships,
            relationship_columns.items,
            relationship_columns.instruments,
        )
    )
    used = used_instruments(shard, found, instruments)
    days = np.array([[TODAY.toordinal(), day.toordinal()]])
    return item_levels(shard, found, items, used, days).minor[0].tolist()


def again(hypothetical) -> dict:
    """The measure's own answer to the inputs on record."""
    words = ("kind", "option_kind", "side", "pay_fixed")

    def given(name, value):
        if name in words:
            return value
        return [float(one) for one in value] if isinstance(value, list) else float(value)

    inputs = {name: given(name, value) for name, value in hypothetical["inputs"].items()}
    return catalogue.calculate("hypothetical_derivative", inputs)["result"]


def test_an_option_out_of_the_money_stays_at_the_hedged_level(entity):
    item = book.exposure(500_000, of=entity, expected_date=DUE)
    (hypothetical,) = on_record(
        entity, item, [option(entity, "0.85")], designated_component="INTRINSIC"
    ).hypothetical
    assert (hypothetical["kind"], hypothetical["option_kind"], hypothetical["reasons"]) == (
        "OPTION",
        "PUT",
        [],
    )
    assert Decimal(hypothetical["struck_rate"]) == Decimal(hypothetical["hedged_rate"]) == Decimal("0.85")
    assert Decimal(hypothetical["value_at_designation"]) == 0
    assert level_on(TODAY) == [0, 0]


def test_an_option_in_the_money_is_struck_where_it_is_worth_nothing(entity):
    """Also in the night: what it is worth then is what the forward has moved by since."""
    item = book.exposure(500_000, of=entity, expected_date=DUE)
    (hypothetical,) = on_record(
        entity, item, [option(entity, "0.95")], designated_component="INTRINSIC"
    ).hypothetical
    struck = forward(DUE)
    assert struck < 0.95
    assert hypothetical["reasons"] == ["struck_at_the_money"]
    assert float(hypothetical["struck_rate"]) == pytest.approx(struck, rel=1e-12)
    assert Decimal(hypothetical["value_at_designation"]) == 0
    assert again(hypothetical)["strike_rate"] == pytest.approx(struck, rel=1e-12)
    with clock.at(LATER):
        market.record(market._quote("FX_SPOT", "EURUSD", "SPOT", LATER, Decimal("1.3")))
        begin, now = level_on(LATER, LATER)
    moved = forward(DUE, LATER, 1 / 1.3)
    assert begin == 0
    assert now == pytest.approx(-500_000 * (struck - moved) * factor(DUE, LATER) * 100, abs=2)


@pytest.mark.parametrize(
    ("hedge_type", "amount", "pays_fixed"),
    [
        ("CASH_FLOW", -2_000_000, True),
        ("CASH_FLOW", 2_000_000, False),
        ("FAIR_VALUE", -2_000_000, False),
        ("FAIR_VALUE", 2_000_000, True),
    ],
)
def test_an_item_with_interest_has_a_swap_at_the_par_rate(entity, hedge_type, amount, pays_fixed):
    """Of fixed interest the fair value is hedged, which a swap mirrors the other way round than floating interest."""
    index = swaps.rate_index()
    until = TODAY + timedelta(days=365)
    debt = book.exposure(
        amount, of=entity, risk=index, kind="RECOGNISED_LIABILITY" if amount < 0 else "RECOGNISED_ASSET",
        expected_date=until, start_date=TODAY, payment_months=6, spread_rate=Decimal(0),
    )  # fmt: skip
    swap = swaps.interest_rate_swap(
        of=entity, counterparty=book.counterparty(code="BANK"), start_date=TODAY, settlement_date=until,
        pay_fixed=pays_fixed,
    )  # fmt: skip
    record = on_record(entity, debt, [swap], hedge_end_date=until, hedge_type=hedge_type)
    (hypothetical,) = record.hypothetical
    assert (hypothetical["kind"], hypothetical["pay_fixed"]) == ("SWAP", pays_fixed)
    assert Decimal(hypothetical["value_at_designation"]) == 0
    assert again(hypothetical)["fixed_rate"] == pytest.approx(float(hypothetical["struck_rate"]), rel=1e-12)
    assert level_on(TODAY) == [0, 0]
    terms = {term["name"]: term["matched"] for term in record.critical_terms}
    assert terms["index"] is terms["underlying"] is terms["start_date"] is True
    assert {"payment_dates", "reset_dates"} <= set(terms)
    # A higher rate makes the swap that pays fixed dearer, and the item cheaper by as much.
    with clock.at(LATER):
        rates = (market._quote("ZERO_RATE", "EUR", tenor, LATER, Decimal("0.03")) for tenor in market.TENORS)
        market.record(*rates)
        begin, now = level_on(LATER, LATER)
    assert begin == 0
    assert (now < 0) is pays_fixed


@pytest.mark.parametrize(
    ("hedge_type", "months", "matched"),
    [("CASH_FLOW", 6, True), ("CASH_FLOW", 12, False), ("FAIR_VALUE", 12, True), ("FAIR_VALUE", 6, False)],
)
def test_an_item_is_matched_with_the_leg_that_mirrors_it(entity, hedge_type, months, matched):
    """Floating interest with the floating leg, fixed interest with the fixed one, where each has days of its own."""
    start, until = date(2026, 10, 30), date(2028, 10, 30)
    debt = book.exposure(
        -2_000_000, of=entity, risk=swaps.rate_index(), kind="RECOGNISED_LIABILITY", expected_date=until,
        start_date=start, payment_months=months, spread_rate=Decimal(0),
    )  # fmt: skip
    swap = swaps.interest_rate_swap(
        of=entity, counterparty=book.counterparty(code="BANK"), start_date=start, settlement_date=until,
        pay_fixed=hedge_type == "CASH_FLOW", payment_months=12, floating_payment_months=6, flow_days=None,
        flow_accruals=None,
    )  # fmt: skip
    record = on_record(entity, debt, [swap], hedge_end_date=until, hedge_type=hedge_type)
    terms = {term["name"]: term["matched"] for term in record.critical_terms}
    assert (terms["payment_dates"], terms["reset_dates"]) == (matched, matched)


def test_a_receivable_is_exchanged_at_spot(entity):
    item = book.exposure(500_000, of=entity, kind="RECOGNISED_ASSET", expected_date=DUE)
    hedge = book.forward(
        -500_000, of=entity, counterparty=book.counterparty(code="BANK"), settlement_date=DUE
    )
    (hypothetical,) = on_record(entity, item, [hedge]).hypothetical
    assert hypothetical["kind"] == "SPOT"
    assert float(hypothetical["struck_rate"]) == pytest.approx(SPOT, rel=1e-9)
    assert level_on(TODAY) == [0, 0]


def test_a_commodity_to_be_bought_has_a_forward_at_the_forward_price(entity):
    oil = book.risk("WTI", kind="COMMODITY", base_unit_id="BBL", quote_currency_id="USD")
    market.record(market._quote("PRICE", "WTI", "6M", TODAY, Decimal("66.5")))
    item = book.exposure(-5000, of=entity, risk=oil, expected_date=DUE)
    hedge = book.forward(
        5000, of=entity, risk=oil, strike="66.5", trade_date=TODAY, settlement_date=DUE,
        counterparty=book.counterparty(code="BANK"),
    )  # fmt: skip
    (hypothetical,) = on_record(entity, item, [hedge]).hypothetical
    assert (hypothetical["kind"], hypothetical["unit"], hypothetical["currency"]) == ("FORWARD", "BBL", "USD")
    assert float(hypothetical["struck_rate"]) == pytest.approx(66.5, rel=1e-12)
    assert Decimal(hypothetical["value_at_designation"]) == 0
    assert again(hypothetical)["strike_rate"] == pytest.approx(66.5, rel=1e-12)
    assert level_on(TODAY) == [0, 0]
