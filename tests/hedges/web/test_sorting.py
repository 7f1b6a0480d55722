"""Lists are sorted by what runs and second persons say as well: by the database, what has no value last."""

import pytest
from django.urls import reverse

from tests.factories import book, night
from tests.factories.web import signed_in

pytestmark = pytest.mark.django_db
ASKED = {
    "instruments": ("fair_value", "decision"),
    "exposures": ("decision",),
    "relationships": (
        "effectiveness_status", "economic_relationship_status", "credit_risk_status", "hedge_ratio_status", "decision",
    ),
    "proposals": ("state", "bucket", "run_date"),
    "journal": ("amount",),
    "runs": ("took", "failures"),
}  # fmt: skip


def names(client, page: str, key: str, **asked: str) -> list[object]:
    return [row[key] for row in client.get(reverse(page), asked).context["table"].rows]


@pytest.mark.parametrize(("page", "key"), [(page, key) for page, keys in ASKED.items() for key in keys])
def test_each_order_can_be_asked_for(page: str, key: str) -> None:
    night.small_book(2)
    for sort in (key, f"-{key}"):
        answer = signed_in().get(reverse(page), {"sort": sort})
        assert answer.status_code == 200
        assert answer.context["table"].sort == sort


def test_instruments_by_their_value_of_the_night_those_without_one_last() -> None:
    entity = book.entity()
    low, high, none = (book.forward(of=entity) for _ in range(3))
    night.published([
        night.valuation(low, fair_value_functional=-5), night.valuation(high, fair_value_functional=7)
    ])  # fmt: skip
    client = signed_in(entity=entity)
    wanted = [low.instrument_id, high.instrument_id, none.instrument_id]
    assert names(client, "instruments", "instrument_id", sort="fair_value") == wanted
    assert names(client, "instruments", "instrument_id", sort="-fair_value") == [
        wanted[1],
        wanted[0],
        wanted[2],
    ]


def test_relationships_by_how_their_test_came_out() -> None:
    made = night.small_book(2)
    first, second = made["relationships"]
    night.published(
        [night.effectiveness(first, effectiveness_status="NOT_EFFECTIVE"), night.effectiveness(second)],
        revision=2,
    )
    client = signed_in()
    ids = [second.relationship_id, first.relationship_id]
    assert names(client, "relationships", "relationship_id", sort="effectiveness_status") == ids
    assert names(client, "relationships", "relationship_id", sort="-effectiveness_status") == ids[::-1]


@pytest.mark.parametrize("size", [1, 3])
def test_an_order_costs_no_further_read(size: int, django_assert_num_queries) -> None:
    night.small_book(size)
    client = signed_in()
    for page, key, count in (
        ("instruments", "fair_value", 16),
        ("relationships", "effectiveness_status", 15),
    ):
        with django_assert_num_queries(count):
            client.get(reverse(page))
        with django_assert_num_queries(count):
            client.get(reverse(page), {"sort": f"-{key}"})
