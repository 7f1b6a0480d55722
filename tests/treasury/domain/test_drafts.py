"""A draft belongs to its person, is written over, and is no row of the book."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from tests.factories import book
from treasury.domain import drafts
from treasury.domain.refusals import Refusal
from treasury.models import AuditEvent, Draft
from treasury.queries import drafts as read

pytestmark = pytest.mark.django_db


def keep(owner, key, **fields):
    drafts.keep(owner=owner, form_name="f", client_key=key, fields=fields, title="t")


def test_a_draft_is_written_over_and_let_go_without_an_event():
    owner, key = book.user(), uuid4()
    events = AuditEvent.objects.count()
    keep(owner, key, a="1")
    keep(owner, key, a="2", b="ü")
    assert read.found(owner, "f", key)["fields"] == {"a": "2", "b": "ü"}
    assert len(read.of(owner, "f")) == 1
    assert drafts.discard(owner=owner, form_name="f", client_key=key)
    assert not drafts.discard(owner=owner, form_name="f", client_key=key)
    assert AuditEvent.objects.count() == events


def test_nobody_sees_or_changes_anothers():
    owner, other, key = book.user(), book.user(), uuid4()
    keep(owner, key, a="mine")
    keep(other, key, a="theirs")
    assert read.found(owner, "f", key)["fields"] == {"a": "mine"}
    assert drafts.discard(owner=other, form_name="f", client_key=key)
    assert read.found(owner, "f", key) is not None
    assert read.of(other, "f") == []


@pytest.mark.parametrize("text", ["x" * 70_000, "\x00"])
def test_what_is_too_long_or_no_text_is_refused_and_the_draft_before_it_stays(text):
    owner, key = book.user(), uuid4()
    keep(owner, key, a="1")
    with pytest.raises(Refusal, match="too long"):
        keep(owner, key, a=text)
    assert read.found(owner, "f", key)["fields"] == {"a": "1"}


def test_the_oldest_gives_way(monkeypatch):
    monkeypatch.setattr(drafts, "MOST", 2)
    owner, keys = book.user(), [uuid4() for _ in range(3)]
    for key in keys:
        keep(owner, key)
    assert {row["client_key"] for row in read.of(owner, "f")} == set(keys[1:])


def test_the_database_keeps_a_draft_to_its_size_and_shape():
    for fields in ([1], {"a": "x" * 70_000}):
        with pytest.raises(DatabaseError, match="draft_"), transaction.atomic():
            Draft.objects.create(
                owner=book.user(),
                form_name="f",
                client_key=uuid4(),
                fields=fields,
                updated_at="2026-11-18T00:00Z",
            )
