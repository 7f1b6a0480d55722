"""The page of an instrument: its terms in words, and parts of a value that add up to it."""

from decimal import Decimal

import pytest

from hedges.queries import instrument_pages
from hedges.web import instrument_terms
from tests.factories import book, night, swaps

pytestmark = pytest.mark.django_db


def test_the_currency_basis_stands_under_the_forward_element_that_holds_it() -> None:
    made = night.small_book()
    value = instrument_pages.valuation(made["run"].pk, made["forwards"][0].instrument_id)
    rows = instrument_terms.components(value).rows
    parts = [row["part"] for row in rows]
    assert parts[parts.index("Forward element") + 1] == "of which currency basis"
    amounts = {row["part"]: row["amount"] for row in rows}
    assert amounts["of which currency basis"] == Decimal(15)
    assert amounts["Spot element"] + amounts["Forward element"] == amounts["Present value"]


@pytest.mark.parametrize("resets, said", [(True, "yes"), (False, "no")])
def test_a_cross_currency_swap_says_whether_its_notional_follows_the_rate(resets: bool, said: str) -> None:
    of = book.entity()
    swap = swaps.cross_currency_swap(of=of, resets_notional=resets)
    found = instrument_pages.instrument(swap.instrument_id, entity_ids=[of.pk])
    [current] = instrument_pages.story(swap.instrument_id, known_at=None)
    assert dict(instrument_terms.terms(found, current))["Notional follows the rate"] == said
