"""Legs of swaps with days of their own: what the book takes, and what it keeps through an amendment."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from hedges.domain.ticket import send
from hedges.domain.ticket.columns import as_columns, as_flows
from hedges.models import Instrument, InstrumentVersion
from hedges.queries import columns, coming_days
from tests.factories import book, swaps
from treasury.domain.refusals import Refusal

pytestmark = pytest.mark.django_db
VANILLA = {
    "start_date": date(2026, 3, 17), "settlement_date": date(2031, 3, 17), "payment_months": 12,
    "floating_payment_months": 6, "flow_days": None, "flow_accruals": None,
}  # fmt: skip


def test_a_floating_leg_is_whole_and_ends_with_the_fixed_one() -> None:
    of = book.entity()
    own = {
        "day_count": "30/360", "floating_payment_months": 3, "floating_day_count": "ACT/360",
        "floating_flow_days": [91, 182, 273, 365], "floating_flow_accruals": [0.25] * 4,
    }  # fmt: skip
    assert swaps.interest_rate_swap(of=of, **own).floating_flow_days == [91, 182, 273, 365]
    for wrong, constraint in (
        ({"floating_flow_accruals": [0.25] * 3}, "legs_end_together"),
        ({"floating_flow_days": [91, 182, 273, 364]}, "legs_end_together"),
        ({"floating_flow_days": [], "floating_flow_accruals": []}, "legs_end_together"),
        ({"floating_flow_accruals": [0.25, 0.25, 0.25, float("nan")]}, "floating_accruals_are_numbers"),
        ({"floating_payment_months": None}, "floating_leg_is_whole"),
        ({"floating_day_count": "ACT/ACT"}, "floating_leg_is_whole"),
        ({"day_count": None}, "floating_leg_is_whole"),
        ({"day_count": "ACT/ACT"}, "day_count"),
    ):
        with pytest.raises(Refusal) as caught:
            swaps.interest_rate_swap(of=of, **(own | wrong))
        assert caught.value.constraint == f"instrument_version_{constraint}", wrong
    with pytest.raises(Refusal, match="Only an interest-rate swap has a floating leg of its own"):
        swaps.cross_currency_swap(of=of, **own, flow_days=[365], flow_accruals=[1.0])
    with pytest.raises(Refusal, match="only swaps have one"):
        book.forward(of=of, day_count="ACT/360")
    assert Instrument.objects.count() == 1


def test_the_terms_of_a_leg_stay_as_they_were_recorded() -> None:
    version = swaps.interest_rate_swap(of=book.entity(), **VANILLA)
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(
            "UPDATE hedges_instrumentversion SET floating_day_count = 'ACT/365F' WHERE id = %s", [version.pk]
        )


def test_what_is_unsaved_is_valued_on_the_flows_that_the_night_reads() -> None:
    of = book.entity()
    versions = [
        swaps.interest_rate_swap(of=of, **VANILLA),
        swaps.interest_rate_swap(of=of),
        swaps.interest_rate_swap(of=of, **VANILLA, day_count="30E/360", floating_day_count="ACT/365F"),
    ]
    at = {"as_of_date": book.TODAY, "known_at": "infinity", "shard_number": 0, "shard_count": 1}
    read, unsaved = columns.flows(at, designated=False), as_flows(versions)
    _, of_versions = columns.of_versions([version.pk for version in versions])
    keys = [version.instrument_id for version in versions]
    assert as_columns(versions)["instrument_id"].tolist() == [0, 1, 2]
    for name in ("pay_date", "period_start", "accrual", "leg", "day_count"):
        assert read[name].tolist() == unsaved[name].tolist() == of_versions[name].tolist(), name
    assert read["instrument_id"].tolist() == [keys[place] for place in unsaved["instrument_id"].tolist()]
    assert read["leg"].tolist() == [1] * 5 + [2] * 10 + [0] * 2 + [1] * 5 + [2] * 10


def test_the_days_of_both_legs_come_once_each() -> None:
    of = book.entity()
    swap = swaps.interest_rate_swap(of=of, **VANILLA)
    found = coming_days.coming(entity_ids=[of.pk], on=book.TODAY, until=date(2028, 12, 31))
    assert [row["day"] for row in found if row["what"] == coming_days.PAYMENT] == [
        date(2027, 3, 17), date(2027, 9, 17), date(2028, 3, 17), date(2028, 9, 18),
    ]  # fmt: skip
    assert {swap.start_date + timedelta(days=day) for day in swap.flow_days} < {
        swap.start_date + timedelta(days=day) for day in swap.floating_flow_days
    }


def unsaved(seen: InstrumentVersion, **changed: object) -> InstrumentVersion:
    """The same terms again as they would be typed, with the days still to be worked out."""
    names = [
        field.attname for field in InstrumentVersion._meta.concrete_fields
        if field.name not in send._SAME and not field.name.endswith(("flow_days", "flow_accruals"))
    ]  # fmt: skip
    terms = {name: getattr(seen, name) for name in names} | changed
    return InstrumentVersion(**terms)


def test_an_amendment_keeps_the_days_that_a_trade_brought_along_unless_a_leg_changes() -> None:
    of = book.entity()
    dealer = book.user("TREASURER", entity=of)
    seen = swaps.interest_rate_swap(
        of=of, day_count="30/360", floating_payment_months=3, floating_day_count="ACT/360",
        floating_flow_days=[90, 182, 274, 365], floating_flow_accruals=[0.25] * 4,
    )  # fmt: skip
    by = {"counts_from": book.TODAY, "actor": dealer, "reason": "as confirmed"}
    rate = send.amend(version=unsaved(seen, fixed_rate=Decimal("0.031")), seen=seen, **by)
    assert (rate.flow_days, rate.floating_flow_days) == (seen.flow_days, seen.floating_flow_days)
    assert rate.floating_flow_accruals == [0.25] * 4
    monthly = send.amend(version=unsaved(rate, floating_payment_months=1), seen=rate, **by)
    assert len(monthly.floating_flow_days) == 12
    assert monthly.floating_flow_days[-1] == monthly.flow_days[-1]
