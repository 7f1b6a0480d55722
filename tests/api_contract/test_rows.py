"""The tables that a walk sends are most of them taken: what is behind the reading of rows is walked too."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api_contract.known import walked_book
from tests.api_contract.rows import table
from tests.factories import api
from tests.factories.bulk import WRITERS
from treasury.api.documentation import contract

BULK = ("exposures", "instruments", "market-quotes")
TEXTS = [f"text {number}".encode() for number in range(6)]


@pytest.mark.django_db
def test_most_tables_of_each_kind_are_taken(settings: Any) -> None:
    _, known = walked_book(settings)
    caller = api.by_token("TREASURER")
    for resource in BULK:
        operation = contract()["paths"][f"/api/v1/{resource}/bulk/"]["post"]
        query: dict[str, Any] = {} if resource == "market-quotes" else {"source_system": "ERP"}
        for media_type in WRITERS:
            answers = [
                caller.send(
                    "POST",
                    f"{resource}/bulk/",
                    table(operation, media_type, known, text),
                    media_type=media_type,
                    **query,
                )
                for text in TEXTS
            ]
            statuses = [answer.status_code for answer in answers]
            assert statuses.count(200) * 2 > len(statuses), (
                resource,
                media_type,
                [one.content for one in answers],
            )
