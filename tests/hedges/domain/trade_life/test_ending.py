"""A natural offset ends, or is cancelled: its item is an exposure again, from that day or from the first."""

from datetime import timedelta

import pytest

from hedges.domain.trade_life import cancellation, ending, novation, reversal, roll, unwinding
from hedges.models import HedgeRatioResult, InstrumentVersion
from hedges.queries import columns
from tests.factories import book, clock, hedged, market
from tests.hedges.domain.trade_life.lives import NOW, both, in_force, stands
from tests.hedges.domain.trade_life.rolls import at, live, rolled
from treasury.domain.refusals import Refusal
from treasury.kernel.errors import HedgebookError

pytestmark = pytest.mark.django_db
DAY = timedelta(1)


@pytest.fixture
def loan():
    return book.exposure(-600_000, of=book.entity(), kind="RECOGNISED_LIABILITY")


def offset_of(loan) -> InstrumentVersion:
    return book.instrument("NATURAL_OFFSET", -600_000, of=loan.exposure.entity, offset_exposure=loan.exposure)


def items(day) -> list[int]:
    return columns.offset_items(at(day))["exposure_id"].tolist()


def test_from_its_end_on_the_item_is_an_exposure_again(loan):
    with clock.at(NOW):
        offset = offset_of(loan)
        event = both(ending.plan(stands(offset), on=NOW + 10 * DAY))
        assert (event.kind, event.amount, event.cash_amount) == ("ENDING", -600_000, None)
        assert in_force(offset, NOW + 9 * DAY).status == "LIVE"
        assert in_force(offset, NOW + 10 * DAY).status == "UNWOUND"
        assert (items(NOW + 9 * DAY), items(NOW + 10 * DAY)) == ([loan.exposure_id], [])
        assert live(NOW + 10 * DAY) == {}
        both(reversal.plan(stands(offset, ended=True), event=event))
        assert items(NOW + 10 * DAY) == [loan.exposure_id]


def test_nothing_else_that_happens_to_trades_happens_to_it(loan):
    with clock.at(NOW):
        offset, forward = offset_of(loan), book.forward(of=loan.exposure.entity)
        with pytest.raises(HedgebookError, match="up to the item's date"):
            ending.plan(stands(offset), on=offset.settlement_date + DAY)
        with pytest.raises(Refusal, match="end it instead"):
            unwinding.plan(stands(offset), on=NOW)
        with pytest.raises(Refusal, match="End it instead"):
            novation.plan(stands(offset), on=NOW, counterparty=book.counterparty())
        with pytest.raises(Refusal, match="it ends with its item, and the next item is recorded as one"):
            rolled(offset)
        with pytest.raises(Refusal, match="not a natural offset: a trade is unwound"):
            ending.plan(stands(forward), on=NOW)
        assert roll.INSTEAD


@pytest.mark.parametrize("over", ["cancelled", "ended", "waits"])
def test_the_item_is_hedged_again_once_it_is_over_and_then_the_offset_does_not_come_back(loan, over):
    with clock.at(NOW):
        offset = offset_of(loan)
        plan = (
            cancellation.plan(stands(offset)) if over == "cancelled" else ending.plan(stands(offset), on=NOW)
        )
        event = both(plan)
        hedge = book.forward(600_000, of=loan.exposure.entity, trade_date=NOW)
        if over == "waits":
            from tests.hedges.domain.trade_life.lives import done

            done(reversal.plan(stands(offset, ended=True), event=event))
    parts = {"of": loan.exposure.entity, "items": [(loan, -600_000)], "instruments": [(hedge, 600_000)]}
    terms = {"designation_date": NOW + DAY, "hedge_type": "ECONOMIC"}
    if over == "waits":
        with pytest.raises(Refusal, match="is a natural offset"):
            book.relationship(**parts, **terms)
        return
    if over == "ended":
        with pytest.raises(Refusal, match="is a natural offset"):
            book.relationship(**parts, **(terms | {"designation_date": NOW - DAY}))
    book.relationship(**parts, **terms)
    with clock.at(NOW + DAY), pytest.raises(Refusal, match="it cannot be cover as well"):
        both(reversal.plan(stands(offset, ended=True), event=event))


def test_the_item_may_have_changed_when_its_offset_is_cancelled(loan):
    from exposures.domain import recording
    from exposures.models import ExposureVersionApproval
    from treasury.domain import approval

    with clock.at(NOW):
        offset = offset_of(loan)
        smaller = book.unsaved_exposure(
            -100_000, exposure=loan.exposure, kind="RECOGNISED_LIABILITY", status="CANCELLED"
        )
        [version] = recording.amend(versions=[smaller], actor=book.user(), reason="repaid")
        approval.decide(versions=[version], approvals=ExposureVersionApproval, actor=book.user())
        both(cancellation.plan(stands(offset)))
        assert live(NOW) == {}


def test_a_night_counts_the_item_as_cover_until_the_end_and_as_an_exposure_from_it_on():
    """Receivable 600,000 and loan 600,000: covered 1.00 by the offset; ended, two positions that net to nothing."""
    market.record()
    book.rule_pack()
    of = book.entity()
    book.exposure(600_000, of=of, kind="RECOGNISED_ASSET")
    loan = book.exposure(-600_000, of=of, kind="RECOGNISED_LIABILITY")
    offset = offset_of(loan)

    def night(**told):
        run = hedged.night(**told)
        row = HedgeRatioResult.objects.get(run=run, subject="ENTITY_RISK", entity=of)
        return row.natural_offset_amount, row.exposure_amount, row.positions_total

    assert night() == (-600_000, 600_000, 1)
    event = both(ending.plan(stands(offset), on=book.TODAY))
    assert night(new_revision=True) == (0, 0, 2)
    both(reversal.plan(stands(offset, ended=True), event=event))
    both(cancellation.plan(stands(offset)))
    assert night(new_revision=True) == (0, 0, 2)
