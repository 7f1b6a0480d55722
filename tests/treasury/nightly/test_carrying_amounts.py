"""What a measurement carries is what the night says that the designated units are worth, whoever works it out."""

from collections import defaultdict
from decimal import Decimal

import pytest

from hedges.models import InstrumentAllocation, MeasurementResult, ValuationResult
from tests.factories import book, every_kind, hedged, market

pytestmark = pytest.mark.django_db
CENT = Decimal("0.01")
DUE = book.TODAY.replace(year=2027)


@pytest.fixture
def run():
    """Every kind of instrument, and forwards of which only part is designated, or whose spot element alone is."""
    entity = every_kind.every_kind()
    bank = book.counterparty()
    market.record_spreads(bank.code)
    for fields in (
        {
            "designated_component": "SPOT",
            "file": {"excluded_treatment": "PROFIT_OR_LOSS", "cost_relation": None},
        },
        {"file": {"basis_excluded": True, "excluded_treatment": "PROFIT_OR_LOSS", "cost_relation": None}},
    ):
        item = book.exposure(300_000, of=entity, expected_date=DUE)
        hedge = book.forward(
            -400_000,
            of=entity,
            strike="0.88",
            trade_date=hedged.DESIGNATED,
            settlement_date=DUE,
            counterparty=bank,
        )
        book.relationship(
            of=entity, items=[(item, 300_000)], instruments=[(hedge, -300_000)], hedge_end_date=DUE,
            designation_date=hedged.DESIGNATED, **fields,
        )  # fmt: skip
    return hedged.night()


def layers_of(run) -> dict[int, list[tuple[str, Decimal, Decimal]]]:
    """By relationship the kind of each designated instrument, its designated share and that share of the fair value."""
    valued = ValuationResult.objects.filter(run=run, status="OK")
    values = dict(valued.values_list("instrument_id", "fair_value_functional"))
    in_force = InstrumentAllocation.objects.filter(
        period_from__lte=run.as_of_date, period_to__gt=run.as_of_date
    )
    found = defaultdict(list)
    for layer in in_force.select_related("instrument_version", "relationship_version"):
        terms = layer.instrument_version
        share = abs(layer.designated_amount / terms.notional_amount)
        found[layer.relationship_version.relationship_id].append(
            (terms.kind, share, values.get(layer.instrument_id, Decimal("NaN")) * share)
        )
    return found


def test_a_measurement_carries_what_the_night_values(run) -> None:
    """To the cent; a part of an instrument to half a cent on either side, since the night rounds the whole. A future
    carries exactly nothing: its gain is paid every day (rules section 3), and so all of its change is settled; nothing
    else carries nothing.
    """
    layers = layers_of(run)
    rows = list(MeasurementResult.objects.filter(run=run, status="OK"))
    assert len(rows) >= 6
    kinds, compared = set(), 0
    for row in rows:
        own = layers[row.relationship_id]
        mine = {kind for kind, _, _ in own}
        kinds |= mine
        parts = sum(share != 1 for _, share, _ in own)
        assert abs(row.carrying_amount - sum(value for _, _, value in own)) <= CENT * parts, own
        compared += not parts and mine != {"FUTURE"}
        if mine == {"FUTURE"}:
            assert row.carrying_amount == 0 == row.opening_fair_value
            assert row.settled_amount == row.fair_value_change != 0
        else:
            assert row.carrying_amount != 0
            assert row.settled_amount == 0
    assert kinds >= {"FORWARD", "OPTION", "FUTURE"}
    assert compared >= 3
