"""The journal as a file by API: the bytes of the page's file."""

import base64
import hashlib
import io
import zipfile
from datetime import date

import pytest
from django.urls import reverse

from tests.factories import accounting, api, book
from tests.factories.web import signed_in

pytestmark = pytest.mark.django_db
STRINGS = ("xl/worksheets/sheet1.xml",)


def test_the_file_is_that_of_the_page_and_of_ones_own_entities() -> None:
    entity = book.entity()
    version = book.relationship(
        of=entity,
        items=[(book.exposure(of=entity), 600_000)],
        instruments=[(book.forward(of=entity), -600_000)],
    )
    legs = [("DERIVATIVE", "-100"), ("CASH_FLOW_HEDGE_RESERVE", "100")]
    accounting.closed_month(entity, date(2026, 6, 1), [accounting.Entry(version, "REMEASUREMENT", legs)])
    caller = api.by_token("AUDITOR", entity=entity)
    found = caller.read("journal-entries/file/", entity=entity.code, first="2026-06-15")
    content = base64.b64decode(found["content"])
    page = signed_in("AUDITOR").get(reverse("journal"), {"format": "csv", "entity": entity.code})
    assert content == b"".join(page.streaming_content)
    assert content.count(b"\r\n") == 3, "a head and two lines"
    assert found["digest"] == hashlib.sha256(content).hexdigest()
    assert caller.read("journal-entries/file/", last="2026-05-31")["content"] != found["content"]
    sheet = base64.b64decode(caller.read("journal-entries/file/", kind="xlsx")["content"])
    assert any(entity.code.encode() in zipfile.ZipFile(io.BytesIO(sheet)).read(name) for name in STRINGS)
    stranger = api.by_token("AUDITOR", entity=book.entity())
    assert stranger.refused("journal-entries/file/", entity=entity.code)["status"] == 404
    assert base64.b64decode(stranger.read("journal-entries/file/")["content"]).count(b"\r\n") == 1
