"""Which way a market is moved: every currency dearer in the quote currency, prices alone, or all rates."""

import numpy as np
import pytest

from hedges.domain.scenarios import _move
from hedges.domain.sealed import Shard, sealed_inputs
from tests.factories import book, hedged, market
from treasury.quant.scenario import shifted

pytestmark = pytest.mark.django_db
TOMORROW = book.TODAY.toordinal() + 1


@pytest.fixture
def look():
    market.record()
    hedged.hedged_book(1)
    return Shard(sealed_inputs(hedged.night().pk), 0, 1).sealed.lookup


@pytest.mark.parametrize("quote", ["EUR", "USD"])
def test_every_other_currency_is_dearer_by_the_factor_in_the_quote_currency(look, quote):
    """The euro is the hub of the made-up market, the dollar is not: both can be what the others are quoted in."""
    move = _move(look, quote, 0.1, 0.01)
    moved = shifted(look.market, TOMORROW, spot_factor=move.spot_factor, rate_shift=move.rate_shift)
    others = [name for name in look.market.spot.names if name != quote]
    assert len(others) >= 1 and move.rate_shift == 0.0
    base, of = look.market.spot.index(others), look.market.spot.index([quote])
    ratio = moved.cross(TOMORROW, base, of) / look.market.cross(TOMORROW, base, of)
    assert ratio == pytest.approx(np.full(len(others), 1.1), rel=1e-14)


def test_rates_move_alone_and_all_alike(look):
    move = _move(look, "rates", 0.1, 0.01)
    assert (move.spot_factor, move.rate_shift) == (1.0, 0.01)


def test_prices_move_and_no_currency_does(look):
    move = _move(look, "prices", -0.1, 0.01)
    names = {*look.market.prices.names, *look.market.futures.names}
    assert move.spot_factor == dict.fromkeys(names, 0.9) and move.rate_shift == 0.0
