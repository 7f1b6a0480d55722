"""Published cases as far as they are designations: how much is hedged, how much is open, and what each layer earns."""

from datetime import date
from decimal import Decimal

import pytest

from hedges.queries import capacity
from tests.factories import book, changes, clock
from tests.workflow import company, ledger
from tests.workflow.pairs import Pair
from treasury.domain.refusals import Refusal

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY, MARCH = (date(2026, month, 1) for month in (1, 2, 3))
DUE = date(2026, 6, 15)


def open_amount(item, framework="IFRS9", since=company.BEGUN):
    """What of an exposure is free from a day to the end of its hedge."""
    [found] = capacity.of_exposures([item.exposure_id], entity_ids=[item.entity_id])
    return sum(layer.amount for layer in found.free(framework, period_from=since, period_to=DUE))


def test_case_s01_six_of_ten_million_are_hedged():
    pair = Pair("EURUSD", company.BEGUN, DUE)
    pair.quotes(company.BEGUN, "1.10", "1.10")
    payable = pair.item(-10_000_000)
    version = pair.designated((payable, -6_000_000), (pair.forward(6_000_000, "1.10"), 6_000_000))
    assert open_amount(payable) == -4_000_000
    assert version.designated_hedge_ratio == 1
    pair.quotes(company.month_end(JANUARY), "1.15", "1.15")
    row = company.measured(company.close(pair.of, JANUARY), version)
    assert ledger.posted(version, "CASH_FLOW_HEDGE_RESERVE") == 300_000, "of the six million alone"
    ledger.holds(row)
    with pytest.raises(Refusal, match=r"already designated|more than is free"), clock.at(company.BEGUN):
        pair.designated((payable, -6_000_000), (pair.forward(6_000_000, "1.10"), 6_000_000))


def test_case_s02_a_loan_offsets_a_receivable():
    """Ten million each: all of it is hedged by the loan, nothing is open, and nothing is ineffective."""
    pair = Pair("EURUSD", company.BEGUN, DUE)
    pair.quotes(company.BEGUN, "1.10", "1.10")
    receivable = pair.item(10_000_000, kind="RECOGNISED_ASSET")
    debt = pair.item(-10_000_000, kind="RECOGNISED_LIABILITY")
    with clock.at(company.BEGUN):
        loan = book.instrument(
            "NATURAL_OFFSET", -10_000_000, of=pair.of, risk=pair.risk, offset_exposure=debt.exposure,
            settlement_date=DUE,
        )  # fmt: skip
    version = pair.designated((receivable, 10_000_000), (loan, -10_000_000), hedge_type="FAIR_VALUE")
    assert open_amount(receivable) == 0
    pair.quotes(company.month_end(JANUARY), "1.15", "1.15")
    row = company.measured(company.close(pair.of, JANUARY), version)
    assert (row.item_adjustment, row.cumulative_change_instrument) == (500_000, -500_000)
    assert ledger.posted(version, "FAIR_VALUE_HEDGE_RESULT") == 0
    ledger.holds(row)


def test_case_h01_a_delivery_is_hedged_in_three_layers():
    """20 %, then 30 % and 30 % more, each at its own price: 80 % in the end, and no more than 20 % are left."""
    hedged = company.Hedged(company.founded(), due=DUE)
    item = hedged.item(1000)
    layers = []
    for month, size, price in ((JANUARY, 200, 1000), (FEBRUARY, 300, 990), (MARCH, 300, 970)):
        hedged.prices(month, price, price)
        future = hedged.future(-size, on=month, entry=price)
        layers.append(hedged.designated([(item, size)], [(future, -size)], designation_date=month))
        hedged.prices(company.month_end(month), price, price)
        run = company.close(hedged.of, month)
    assert open_amount(item, since=MARCH) == 200
    # 200 t have lost 30, 300 t have lost 20 since theirs, the last ones nothing yet.
    assert [ledger.posted(one, "CASH_FLOW_HEDGE_RESERVE") for one in layers] == [6000, 6000, 0]
    assert [company.measured(run, one).cumulative_change_hypothetical for one in layers] == [6000, 6000, 0]
    ranges = [changes.layers(type(one.item_allocations.get()), one)[0][:2] for one in layers]
    assert ranges == [(0, 200_000), (200_000, 500_000), (500_000, 800_000)]
    one_more = hedged.future(-300, on=MARCH, entry=970)
    with pytest.raises(Refusal, match="more than is free"):
        hedged.designated([(item, 300)], [(one_more, -300)], designation_date=MARCH)
    blended = sum(Decimal(size * price) for size, price in ((200, 1000), (300, 990), (300, 970))) / 800
    assert blended == 985
