"""Every number of hedges whose items stand in the books is explained."""

import pytest

from hedges.domain.explanation.explain import explain
from hedges.domain.explanation.families import FAMILIES
from hedges.models import CostOfHedgingResult, MeasurementResult
from tests.factories import book, hedged, market
from tests.treasury.nightly.test_measurement_of_recognition import COST, booked

pytestmark = pytest.mark.django_db


def test_every_number_is_worked_out_again() -> None:
    book.rule_pack()
    market.record()
    entity, bank = book.entity(), book.counterparty()
    market.record_spreads(bank.code, entity.code)
    booked(entity, bank, file=COST)
    booked(entity, bank, designated_component="SPOT", file=COST | {"cost_relation": "TRANSACTION"})
    booked(entity, bank, kind="FIRM_COMMITMENT", hedge_type="FAIR_VALUE")
    hedged.night()
    wrong = []
    for name, family in FAMILIES.items():
        if family.model in (MeasurementResult, CostOfHedgingResult):
            rows = family.model.objects.select_related("relationship", "run")
            assert rows
            for row in rows:
                found = [(field, explain(name, row, field)) for field in family.fields()]
                wrong += [(name, field, one.problem) for field, one in found if not one.agrees]
    assert not wrong
    assert MeasurementResult.objects.exclude(cumulative_basis_adjusted=0).exists()
