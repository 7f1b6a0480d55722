"""Each refusal is asked for twice: in words from the domain, and of the database with the domain's guard away."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from hedges.domain import designation, relationship_approval
from tests.factories import book, clock
from tests.factories.refusing import refused
from treasury.models import Entity


@pytest.fixture
def entity(db: None) -> Entity:
    return book.entity()


@pytest.fixture(params=["domain", "database"])
def refuses(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Asserts that a designation is refused; by the database at the latest when it is approved."""

    def ask(words: str, words_of_the_database: str, *, on: date = book.START, **designated: Any) -> None:
        draft = book.unsaved_relationship(**designated)
        author, approver = book.user("HEDGE_ACCOUNTANT"), book.user("APPROVER")

        def designate() -> Any:
            return designation.designate(designations=[draft], actor=author, support=book.bare_support)

        with clock.at(on):
            if request.param == "domain":
                with refused(words):
                    designate()
                return
            monkeypatch.setattr(designation, "refuse_faults", lambda drafts, known: None)
            monkeypatch.setattr(designation, "refuse_other_layers", lambda drafts, books, known: None)
            if words_of_the_database.startswith("approval: "):
                made = designate()
                with refused(words_of_the_database.removeprefix("approval: ")):
                    relationship_approval.approve(versions=made, actor=approver)
            else:
                with refused(words_of_the_database):
                    designate()

    return ask
