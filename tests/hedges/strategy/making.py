"""A small book on a real night for tests of strategy."""

from datetime import timedelta
from typing import Any

from hedges.domain.sealed import Sealed, sealed_inputs
from tests.factories import book, hedged, market
from treasury.queries import published


def sealed_night() -> Sealed:
    """Publishes a night over what is recorded and returns its inputs."""
    hedged.night()
    run = published.published_run()
    assert run
    return sealed_inputs(run["id"])


def ready() -> tuple[Any, Any]:
    """Rule pack, market, an entity and the dollar risk."""
    book.rule_pack()
    market.record()
    return book.entity(), book.risk()


def due(days: int) -> Any:
    return book.TODAY + timedelta(days=days)
