"""A forecast sale of EUR 770,000 sold forward at 1.23, from its first value to the revenue it brings.

Published figures: fair values 0; 23,100; 30,800; change 7,700; sale 916,300; with the reserve 947,100, which is
770,000 at 1.23.
"""

from decimal import Decimal as D

import numpy as np

from treasury.kernel.money import post
from treasury.quant.measurement.cash_flow_hedge_reserve import cash_flow_hedge_reserve
from treasury.quant.measurement.hypothetical_derivative import hypothetical_forward
from treasury.quant.measurement.posting import postings
from treasury.quant.measurement.reserve_release import reserve_release
from treasury.quant.valuation.fx_forward import fx_forward_value

AMOUNT, STRIKE = D(770_000), D("1.23")
FORWARDS = [D("1.23"), D("1.20"), D("1.19")]
SALE_AT_SPOT = AMOUNT * D("1.19")


def exact(values):
    return np.array([values], dtype=object)


def test_from_designation_to_revenue():
    values = [-AMOUNT * (forward - STRIKE) for forward in FORWARDS]
    assert fx_forward_value(-770_000, 1.23, [1.23, 1.20, 1.19], 1.0).present_value.round(6).tolist() == [
        float(value) for value in values
    ]
    hypothetical = hypothetical_forward(1.23, 0.0, 0.0, 109 / 365, notional=-770_000)
    assert (float(hypothetical.struck_rate), float(hypothetical.present_value_at_designation)) == (1.23, 0.0)
    booked = cash_flow_hedge_reserve(exact(values[1:]), exact(values[1:]))
    assert booked.oci_movement.tolist() == [[23100, 7700]]
    assert booked.ineffectiveness.tolist() == [[0, 0]]
    assert postings(booked.reserve, 2).tolist() == [[2_310_000, 770_000]]
    assert post(booked.reserve[0, 1], D(23100), "USD") == 7700
    released = reserve_release(booked.reserve[:, -1], exact([D(0), AMOUNT]), [AMOUNT])
    assert released.release.tolist() == [[0, 30800]]
    assert released.balance.tolist() == [[30800, 0]]
    assert SALE_AT_SPOT == 916_300
    assert SALE_AT_SPOT + released.release.sum() == AMOUNT * STRIKE == 947_100
