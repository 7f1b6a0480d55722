from decimal import Decimal as D

import numpy as np
import pytest
from hypothesis import given

from tests.treasury.quant.measurement.strategies import amounts as any_amount
from tests.treasury.quant.measurement.strategies import columns, effective
from treasury.kernel.errors import InputError
from treasury.quant.codes import Framework
from treasury.quant.measurement.net_investment import hypothetical_translation, net_investment_reserve


def test_more_hedge_than_net_assets_goes_to_profit_or_loss_under_ifrs_and_to_cta_under_asc():
    mirrored = hypothetical_translation([12e6], [[10e6]], [[1.10, 1.05]])
    assert mirrored == pytest.approx(np.array([[500_000]]))
    hedge = [[D(600_000)]]
    item = hypothetical_translation([D(12_000_000)], [[D(10_000_000)]], [[D("1.10"), D("1.05")]])
    for framework in (Framework.IFRS9, Framework.IAS39):
        result = net_investment_reserve(hedge, item, framework)
        assert (result.reserve[0, 0], result.ineffectiveness[0, 0]) == (500_000, 100_000)
    whole = net_investment_reserve(hedge, item, Framework.ASC815, False)
    assert (whole.reserve[0, 0], whole.ineffectiveness[0, 0]) == (600_000, 0)


def test_net_assets_that_shrink_count_from_then_on_and_none_count_below_zero():
    item = hypothetical_translation([10.0], [[12.0, 8.0, -3.0]], [[1.0, 2.0, 3.0, 4.0]])
    assert item.tolist() == [[-10, -18, -18]]


@given(columns(any_amount, any_amount, effective))
def test_ifrs_never_keeps_more_than_the_net_assets_lost(series):
    hedge, item, passed = series
    result = net_investment_reserve(hedge, item)
    assert all(
        abs(kept) <= min(abs(a), abs(b)) for kept, a, b in zip(result.reserve, hedge, item, strict=True)
    )
    whole = net_investment_reserve(hedge, item, Framework.ASC815, passed)
    assert whole.reserve.tolist() == hedge
    failed = net_investment_reserve(hedge, item, Framework.IAS39, [False] * len(hedge))
    assert not failed.reserve.any()


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: hypothetical_translation([1.0], [[1.0]], [[1.0]]), "spot_rates"),
        (lambda: hypothetical_translation([1.0], [[1.0, 2.0]], [[1.0, 2.0]]), "net_assets"),
        (lambda: hypothetical_translation([1], [[1]], [[1, 2]]), "net_assets"),
        (lambda: net_investment_reserve([[1]], [[1, 2]]), "hypothetical_changes"),
        (lambda: net_investment_reserve([[1]], [[1]], 7), "framework"),
    ],
)
def test_bad_columns_are_refused_by_name(call, field):
    with pytest.raises(InputError) as caught:
        call()
    assert caught.value.field == field
