"""A worker that has published a night records the margin days of futures up to its business date, once."""

from datetime import date
from decimal import Decimal

import pytest

from hedges.models import InstrumentEvent
from tests.factories import book, clock, market, night
from tests.hedges.domain.trade_life import lives
from tests.hedges.domain.trade_life.lives import NOW
from treasury.nightly import tasks

pytestmark = pytest.mark.django_db


def test_margin_is_recorded_up_to_the_business_date_of_a_published_night_and_once():
    run, open_run = night.published(as_of=date(2026, 10, 27)), night.running(date(2026, 10, 28))
    with clock.at(NOW):
        future = lives.future(book.entity())
        market.record(
            *[("FUTURES_PRICE", future.contract.code, "SPOT", date(2026, 10, day), Decimal(price), "TEST", False)
              for day, price in ((26, "69.1"), (27, "68.8"), (28, "70.25"))]
        )  # fmt: skip
        assert tasks.margin_after(open_run.pk) == 0
        assert tasks.margin_after(run.pk) == 2
        assert tasks.margin_after(run.pk) == 0
    days = (
        InstrumentEvent.objects.filter(kind="MARGIN")
        .order_by("event_date")
        .values_list("event_date", flat=True)
    )
    assert list(days) == [date(2026, 10, 26), date(2026, 10, 27)]
