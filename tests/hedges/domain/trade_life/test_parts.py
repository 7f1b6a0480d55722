"""Unwinding in parts, through the book: whatever the parts, the cash is that of the whole."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hedges.domain.trade_life import unwinding
from hedges.models import InstrumentEvent
from tests.factories import book, clock
from tests.hedges.domain.trade_life import lives
from tests.hedges.domain.trade_life.lives import NOW, both, stands

pytestmark = pytest.mark.django_db
RATE, FACTOR = Decimal("0.9331777"), Decimal("0.9876543")


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 29_999_999), min_size=1, max_size=3))
def test_parts_pay_what_the_whole_pays(cents):
    with clock.at(NOW):
        forward = book.forward("-1000000.01", of=book.entity(), counter_amount=Decimal("899999.97"))
        whole = unwinding.plan(stands(forward), on=NOW, rate=RATE, discount_factor=FACTOR).event.cash_amount
        for amount in [*(Decimal(one).scaleb(-2) for one in cents), None]:
            both(
                unwinding.plan(
                    stands(forward), on=NOW, amount=amount, rate=RATE, discount_factor=FACTOR
                )
            )  # fmt: skip
    paid = InstrumentEvent.objects.filter(instrument=forward.instrument_id).values_list(
        "cash_amount", flat=True
    )
    assert sum(paid) == whole
    assert lives.in_force(forward, NOW).status == "UNWOUND"
