"""Views of a list: kept by anybody for themselves, shared by who writes at the entity, deleted by their owner."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.factories import book
from tests.factories.web import signed_in
from treasury.models import AuditEvent, SavedView

pytestmark = pytest.mark.django_db
PATH = "/exposures/"


def kept(client, name: str = "Dollar", query: str = "risk=USDEUR&page=3&sort=-exposure_amount", **more):
    return client.post(
        reverse("view-save"), {"name": name, "path": PATH, "query": query, **more}, follow=True
    )


def test_a_view_stands_beside_the_filters_of_its_page_and_only_there() -> None:
    client = signed_in("AUDITOR")
    text = kept(client).content.decode()
    assert (
        'href="/exposures/?risk=USDEUR&amp;sort=-exposure_amount"' in text
    )  # the page number is of the moment
    assert ">Dollar</a>" not in client.get("/instruments/").content.decode()
    assert ">Dollar</a>" not in signed_in("AUDITOR").get(PATH).content.decode()


def test_a_name_is_taken_once_by_a_person_and_a_page() -> None:
    person = book.user("TREASURER")
    client = signed_in(user=person)
    kept(client)
    assert "choose another name" in kept(client).content.decode()
    assert SavedView.objects.count() == 1
    with pytest.raises(IntegrityError, match="saved_view_once"), transaction.atomic():
        view = SavedView.objects.get()
        SavedView.objects.create(owner=person, name=view.name, path=view.path, created_at=view.created_at)
    kept(signed_in("TREASURER"))
    assert SavedView.objects.count() == 2


def test_a_shared_view_is_seen_at_its_entity_and_on_the_record() -> None:
    entity, other = book.entity(), book.entity()
    writer = signed_in(entity=entity)
    assert "Everybody at" in writer.get(PATH).content.decode()
    kept(writer, share=entity.code)
    assert ">Dollar</a>" in signed_in("AUDITOR", entity=entity).get(PATH).content.decode()
    assert ">Dollar</a>" not in signed_in("AUDITOR", entity=other).get(PATH).content.decode()
    assert AuditEvent.objects.filter(action="treasury.view.shared", subject_id=entity.pk).count() == 1
    writer.post(reverse("view-delete", args=[SavedView.objects.get().pk]))
    assert AuditEvent.objects.filter(action="treasury.view.withdrawn").count() == 1
    assert not SavedView.objects.exists()


def test_an_auditor_shares_nothing_and_nobody_deletes_anothers() -> None:
    entity = book.entity()
    assert "read" in kept(signed_in("AUDITOR", entity=entity), share=entity.code).content.decode()
    assert not SavedView.objects.exists()
    kept(signed_in(entity=entity), share=entity.code)
    answer = signed_in(entity=entity).post(
        reverse("view-delete", args=[SavedView.objects.get().pk]), {"path": PATH}, follow=True
    )
    assert "somebody else" in answer.content.decode()
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize("path", ["//evil.example/", "https://evil.example/", "", "/" + "x" * 300])
def test_only_a_page_of_ours_is_kept_and_returned_to(path: str) -> None:
    answer = signed_in().post(reverse("view-save"), {"name": "n", "path": path, "query": ""})
    assert not SavedView.objects.exists()
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith("//")


def test_a_view_without_a_name_is_asked_back() -> None:
    assert "needs a name" in kept(signed_in(), name="  ").content.decode()
