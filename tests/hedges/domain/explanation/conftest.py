import pytest

from tests.factories import every_kind, hedged


@pytest.fixture
def run():
    """A night over a book with every kind of number."""
    every_kind.every_kind()
    return hedged.night()
