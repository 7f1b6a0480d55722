"""What a page shows the first of is whole in pages and in files: months of accounting, buckets outside their band."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hedges.web import breach_table
from tests.factories import accounting, book
from tests.factories.web import signed_in
from treasury.web import tables


@pytest.mark.django_db
def test_months_are_in_pages_and_all_in_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tables.listing.__kwdefaults__, "size", 2)
    entity, client, counted = book.entity(), signed_in("AUDITOR"), []
    for month in (1, 2, 3):
        accounting.closed_month(entity, date(2026, month, 1))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("accounting")).content.decode()
        counted.append(len(queries))
    assert counted[0] == counted[2]
    closed = [f'/accounting/{entity.code}/2026-0{month}/"' in page for month in (1, 2, 3)]
    assert closed == [False, True, True]
    assert "Last closed" in page
    file = client.get(reverse("accounting"), {"format": "csv"})
    assert b"".join(file.streaming_content).count(b",Closed,") == 3


def test_every_bucket_outside_its_band_is_in_the_file() -> None:
    def bucket(month: int) -> dict[str, Any]:
        return {
            "flags": ["under_hedged"], "entity_code": "DE01", "risk_code": "USDEUR", "entity_id": 1,
            "month_from": month, "month_to": month + 1,
        }  # fmt: skip

    scope: Any = SimpleNamespace(may_prepare_at=lambda entity_id: False)
    shown = breach_table.shown(scope, [bucket(month) for month in range(15)])
    assert len(shown["breaches"].rows) == breach_table.MOST
    assert shown["more_breaches"] == 15 - breach_table.MOST
    assert [row["month_from"] for row in shown["breaches"].every_row] == list(range(15))
