"""What a ticket shows of a trade is what the night works out for it, digit for digit, for every kind."""

from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest

from hedges.domain.sealed import Shard, sealed_inputs
from hedges.domain.ticket.columns import as_columns, as_flows
from hedges.domain.ticket.market import published_market
from hedges.domain.ticket.worth import worth
from hedges.models import InstrumentVersion, ValuationResult
from hedges.queries import columns
from tests.factories import book, every_kind, hedged, swaps

pytestmark = pytest.mark.django_db


@pytest.fixture
def night():
    every_kind.every_kind()
    return hedged.night()


def valued(run):
    results = ValuationResult.objects.filter(run_id=run.pk).order_by("instrument_id")
    versions = InstrumentVersion.objects.in_bulk([row.instrument_version_id for row in results])
    return list(results), [versions[row.instrument_version_id] for row in results]


def test_every_kind_is_worth_what_the_night_says(night):
    results, versions = valued(night)
    assert len({row.kind for row in results}) == 8
    shown = worth(versions, published_market())
    for row, one in zip(results, shown, strict=True):
        assert one.present_value == row.present_value, row.kind
        assert one.currency == row.value_currency
        for name in ("spot_rate", "forward_rate", "implied_volatility"):
            assert getattr(one, name) == getattr(row, name), (row.kind, name)
        assert bool(one.reason) == (row.present_value is None)
        if one.reason:
            assert one.reason in row.reasons
    assert any(one.reason == "stale_data" for one in shown)
    assert any(one.reason == "missing_data" for one in shown)


def test_unsaved_terms_are_the_columns_that_the_night_reads(night):
    at = Shard(sealed_inputs(night.pk), 0, 1).at
    recorded, flows = columns.live_instruments(at), columns.flows(at, designated=False)
    versions = list(InstrumentVersion.objects.in_bulk(recorded["version_id"].tolist()).values())
    versions.sort(key=lambda version: version.instrument_id)
    own = as_columns(versions)
    for name, values in recorded.items():
        if name not in ("instrument_id", "offset_exposure_id"):
            np.testing.assert_array_equal(own[name], values, err_msg=name)
    ours = as_flows(versions)
    live = np.isin(flows["instrument_id"], recorded["instrument_id"])
    for name in ("pay_date", "period_start", "accrual"):
        np.testing.assert_array_equal(ours[name], flows[name][live], err_msg=name)


def test_a_swap_at_its_rate_of_zero_value_is_worth_nothing(night):
    entity, bank = book.entity(), book.counterparty()
    dealt = [
        swaps.interest_rate_swap(of=entity, counterparty=bank),
        swaps.cross_currency_swap(of=entity, counterparty=bank),
        swaps.cross_currency_swap(of=entity, counterparty=bank, resets_notional=True,
                                  start_date=book.TODAY + timedelta(days=5), trade_date=book.TODAY),
    ]  # fmt: skip
    seen = published_market()
    for version, name in zip(dealt, ("fixed_rate", "counter_fixed_rate", "counter_fixed_rate"), strict=True):
        par = worth([version], seen)[0].par_rate
        assert 0 < par < 0.2
        setattr(version, name, Decimal(repr(par)))
        assert abs(worth([version], seen)[0].present_value) <= Decimal("0.01")


def test_a_premium_in_the_other_currency_stands_at_the_spot_rate(night):
    of, bank = book.entity(), book.counterparty()
    version = book.instrument(
        "OPTION", -500_000, of=of, counterparty=bank, strike_rate=Decimal("0.92"), counter_amount=Decimal(460_000),
        counter_currency_id="EUR", option_kind="PUT", option_side="BOUGHT", expiry_date=book.TODAY + timedelta(90),
        settlement_date=book.TODAY + timedelta(92), premium_amount=Decimal(-10_000), premium_currency_id="USD",
    )  # fmt: skip
    one = worth([version], published_market())[0]
    assert one.premium_value == round(Decimal(-10_000 * one.spot_rate), 2)


def test_without_a_published_night_there_is_no_market(db):
    assert published_market() is None


def test_the_number_of_reads_does_not_grow(night, django_assert_num_queries):
    _, versions = valued(night)
    published_market()
    for some in (versions[:1], versions):
        with django_assert_num_queries(7):
            worth(some, published_market())
