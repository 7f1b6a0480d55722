"""A company with a bank and the made-up market, for tests of the night's numbers."""

import pytest

from tests.factories import book, market
from treasury.models import Counterparty, Entity


@pytest.fixture
def entity(db: None) -> Entity:
    book.rule_pack()
    market.record()
    return book.entity()


@pytest.fixture
def bank(entity: Entity) -> Counterparty:
    bank = book.counterparty()
    market.record_spreads(bank.code, entity.code)
    return bank
