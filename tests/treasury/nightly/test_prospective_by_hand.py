"""The prospective test of a night, worked out again in plain scalars: tomorrow's values with the market moved."""

from datetime import date, timedelta
from decimal import Decimal
from math import exp

import numpy as np
import pytest

from hedges.domain.levels import used_instruments
from hedges.domain.scenarios import scenario_changes
from hedges.domain.sealed import Shard, sealed_inputs
from hedges.models import EffectivenessCriterionResult, EffectivenessResult
from hedges.queries import relationship_columns
from tests.factories import book, hedged
from tests.treasury.nightly.by_hand import RATES, SPOT, TODAY, spot_date, weeks_ago, years
from treasury.models import RulePack

pytestmark = pytest.mark.django_db
DUE = date(2027, 4, 30)
MORROW = TODAY + timedelta(days=1)
DESIGNATED = weeks_ago(20)
#: Spot factors, in the order of the stored arrays.
MOVES = (1.1, 0.9)


def forward_of(day: date, spot: float) -> float:
    """Euro per dollar for the due date; tomorrow's spot date is as far off as today's."""
    lag = years(spot_date(TODAY), TODAY) if day == MORROW else years(spot_date(day), day)
    return spot * exp((RATES["EUR"] - RATES["USD"]) * (years(DUE, day) - lag))


def change(notional: float, factor: float, spread: float = 0.0) -> float:
    """Of a forward, in euro; the bank's and the own spread take the same share of it."""
    discount = exp(-(RATES["EUR"] + spread) * years(DUE, MORROW))
    return notional * (forward_of(MORROW, SPOT * factor) - forward_of(MORROW, SPOT)) * discount


def test_every_scenario_is_the_difference_of_two_values_of_tomorrow(entity, bank):
    item = book.exposure(1_000_000, of=entity, expected_date=DUE)
    hedge = book.forward(
        -600_000, of=entity, counterparty=bank, trade_date=DESIGNATED, settlement_date=DUE, strike="0.9"
    )
    book.relationship(
        of=entity, items=[(item, 600_000)], instruments=[(hedge, -600_000)], rationale="the same dollars",
        designation_date=DESIGNATED, hedge_end_date=DUE,
    )  # fmt: skip
    hedged.night()
    row = EffectivenessResult.objects.get()
    for place, factor in enumerate(MOVES):
        expected = change(600_000, factor)
        assert row.scenario_item_changes[place] == pytest.approx(expected, abs=0.011), place
        hedged_change = change(-600_000, factor, spread=0.01)
        assert row.scenario_instrument_changes[place] == pytest.approx(hedged_change, abs=0.011), place
    criterion = EffectivenessCriterionResult.objects.get(criterion="prospective_dollar_offset")
    ratios = [
        -hedge / item
        for hedge, item in zip(row.scenario_instrument_changes, row.scenario_item_changes, strict=True)
    ]
    worst = min(ratios, key=lambda ratio: min(ratio - 0.8, 1.25 - ratio))
    assert criterion.value == pytest.approx(worst, rel=1e-12)
    assert criterion.effectiveness_status == "EFFECTIVE"
    assert not criterion.is_deciding
    assert "prospective_missed" not in row.warnings


def test_a_hedge_of_half_the_size_warns_before_anything_has_moved(entity, bank):
    """Designated today: there is no past change at all, the scenarios speak all the same."""
    item = book.exposure(1_000_000, of=entity, expected_date=DUE)
    hedge = book.forward(
        -600_000, of=entity, counterparty=bank, trade_date=TODAY, settlement_date=DUE, strike="0.9"
    )
    book.relationship(
        of=entity, items=[(item, 1_000_000)], instruments=[(hedge, -600_000)], rationale="the same dollars",
        designation_date=TODAY, hedge_end_date=DUE, designated_hedge_ratio=Decimal("0.6"),
    )  # fmt: skip
    hedged.night()
    row = EffectivenessResult.objects.get()
    criterion = EffectivenessCriterionResult.objects.get(criterion="prospective_dollar_offset")
    assert criterion.effectiveness_status == "NOT_EFFECTIVE"
    assert criterion.value == pytest.approx(0.6, abs=0.02)
    assert criterion.margin < 0
    assert "prospective_missed" in row.warnings
    assert row.cumulative_change_instrument in (None, 0)


def test_the_size_of_the_moves_is_given(entity, bank):
    """The night takes it from the rule pack."""
    item = book.exposure(1_000_000, of=entity, expected_date=DUE)
    hedge = book.forward(
        -600_000, of=entity, counterparty=bank, trade_date=DESIGNATED, settlement_date=DUE, strike="0.9"
    )
    book.relationship(
        of=entity, items=[(item, 600_000)], instruments=[(hedge, -600_000)], rationale="the same dollars",
        designation_date=DESIGNATED, hedge_end_date=DUE,
    )  # fmt: skip
    shard = Shard(sealed_inputs(hedged.night().pk), 0, 1)
    found, items, instruments = (
        part(shard.at, by="relationship_id")
        for part in (
            relationship_columns.relationships,
            relationship_columns.items,
            relationship_columns.instruments,
        )
    )
    used = used_instruments(shard, found, instruments)
    moved = scenario_changes(shard, found, items, used, np.array([0.04]), np.array([0.0]))
    expected = [change(600_000, 1.04), change(600_000, 0.96)]
    assert (moved.item[0] / 100).tolist() == pytest.approx(expected, abs=0.011)
    pack = RulePack.objects.get(framework="IFRS9")
    assert 1 + pack.prospective_spot_shift == Decimal(str(MOVES[0]))
