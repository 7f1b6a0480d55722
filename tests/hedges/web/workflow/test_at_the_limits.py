"""Days, keys and numbers at the limits of what a person can type: asked back in words, and no page breaks."""

import pytest
from django.urls import reverse

from hedges.enums import AssessmentOccasion
from hedges.models import AssessmentRecord, HedgeRelationship
from tests.factories import book, clock
from tests.factories.web import signed_in
from tests.hedges.domain.trade_life import lives
from tests.hedges.strategy import making
from tests.hedges.web.workflow.desk import Desk, designate_address, fields_of
from treasury.kernel import parsing

ECONOMIC = {"hedge_type": "ECONOMIC"}
RANGE = "Expected a date from 1900-01-01 to 2199-12-31."
FIRST, LAST = "0001-01-01", "9999-12-31"


@pytest.mark.parametrize("text", ["", "²", "٣", "1.1", "-1", "1" * 16, "one", None])
def test_what_is_no_key_is_none(text: str | None) -> None:
    assert parsing.key(text) is None
    assert parsing.key("000000000000042") == 42


@pytest.mark.parametrize("name", ["copy", "parallel_of"])
@pytest.mark.parametrize("typed", ["²", "9" * 30, "1e3"])
def test_a_key_that_is_none_finds_nothing(desk: Desk, name: str, typed: str) -> None:
    answer = desk.by("preparer").get(reverse("relationship-designate"), {name: typed})
    assert answer.status_code in (200, 404)


@pytest.mark.parametrize("day", [FIRST, LAST])
def test_the_basis_of_a_designation_ends_within_the_calendars(desk: Desk, day: str) -> None:
    answer = desk.by("preparer").get(designate_address(desk.entity, **ECONOMIC, hedge_end_date=day))
    assert answer.status_code in (200, 422)
    assert RANGE in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [("_until", LAST, RANGE), ("_from", "0.001", "USD"), ("_from", "99999999999999999", "USD")],
)
def test_the_part_of_an_item_is_asked_back(desk: Desk, field: str, typed: str, said: str) -> None:
    item, forward = book.exposure(of=desk.entity), desk.forward()
    told = fields_of(desk.by("preparer").get(designate_address(desk.entity, **ECONOMIC)).content.decode())
    told |= {f"item_{item.pk}": "600k", f"instrument_{forward.pk}": "600k", f"item_{item.pk}{field}": typed}
    for do in ("preview", "send"):
        answer = desk.by("preparer").post(designate_address(desk.entity, **ECONOMIC), told | {"do": do})
        assert answer.status_code == 422
        text = answer.content.decode()
        assert said in text
        assert fields_of(text)[f"item_{item.pk}"] == "600k"
    assert not HedgeRelationship.objects.exists()


@pytest.mark.parametrize("day", [FIRST, LAST])
def test_a_test_and_a_loss_are_of_a_day_within_the_calendars(desk: Desk, day: str) -> None:
    version = desk.hedge()
    for name, told in (
        ("assessment-test", {"as_of_date": day}),
        ("unrecovered-loss", {"on": day, "share": "50", "do": "preview"}),
    ):
        answer = desk.by("preparer").post(reverse(name, args=[version.relationship_id]), told, follow=True)
        assert RANGE in answer.content.decode(), name
    assert not AssessmentRecord.objects.filter(occasion=AssessmentOccasion.ON_DEMAND).exists()


@pytest.mark.parametrize(
    "query", [{"day": "2150-01-01"}, {"day": LAST, "year": "2026"}, {"as_of": "1900-01-01"}]
)
def test_calendars_say_which_years_they_know(desk: Desk, query: dict[str, str]) -> None:
    answer = desk.by("treasurer").get(reverse("calendar"), query | {"currencies": "EURUSD"})
    assert answer.status_code == 200
    if "year" not in query:
        assert "Year: expected a year from 1970 to 2120." in answer.content.decode()


def test_the_change_log_reaches_to_any_day(desk: Desk) -> None:
    for day in (FIRST, LAST, "2199-12-31"):
        assert desk.by("auditor").get(reverse("changes"), {"until": day}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [{"ratio": "1e99999999999999999999"}, {"kind": "layers", "layers": "80x00129999999999999999999"},
     {"kind": "layers", "layers": "80x0000012"}],
)  # fmt: skip
@pytest.mark.django_db
def test_a_programme_asks_numbers_back_that_no_column_holds(query: dict[str, str]) -> None:
    entity, _ = making.ready()
    book.exposure(of=entity)
    making.sealed_night()
    client = signed_in()
    for tool in ("programme", "compare"):
        assert client.get(reverse("strategy-tool", args=[tool]), query).status_code == 200
    programme = client.get(reverse("strategy-tool", args=["programme"]), query)
    assert "Not worked out." in programme.content.decode()


@pytest.mark.parametrize("rate", ["1000000000000000000", "99999999999", "0.00000000001"])
def test_a_rate_of_more_digits_than_are_kept_is_asked_back(desk: Desk, rate: str) -> None:
    with clock.at(lives.NOW):
        trade = desk.forward()
        address = f"{reverse('instrument-life', args=[trade.instrument_id, 'unwind'])}?as_of={lives.NOW}"
        told = fields_of(desk.by("treasurer").get(address).content.decode())
        answer = desk.by("treasurer").post(address, told | {"rate": rate, "do": "preview"})
    assert answer.status_code == 422
    assert "Expected a rate with at most ten decimals." in answer.content.decode()
