"""Tags of what is no row of the book, of runs, which go on by themselves, and of things that do not count yet."""

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from hedges.models import Instrument
from tests.factories import api, book, clock
from tests.hedges.api.desk.trading import NOW, policy
from tests.hedges.api.workflow.office import Office
from treasury.api import tags
from treasury.models import CalculationRun, PolicyVersion, SavedView, Webhook

pytestmark = pytest.mark.django_db
KEY = "0b8f9f1e-5c0e-4f0e-9d5a-1f2e3d4c5b6a"
DRAFT = {"key": KEY, "fields": [{"name": "amount", "value": "5m"}]}


@pytest.fixture
def office(db: None) -> Any:
    made = Office()
    with clock.at(NOW):
        yield made


def as_seen(caller: api.Caller, path: str, body: Any, tag: str | None) -> Any:
    return caller.post(path, body, headers={"If-Match": tag})


def webhook(office: Office) -> Webhook:
    now = timezone.now()
    return Webhook.objects.create(
        owner=office.people["administrator"], name="x", url="https://hooks.example.com/x", secret_ciphertext="x",
        cursor="0", next_attempt_at=now, created_at=now,
    )  # fmt: skip


def test_what_people_decide_about_a_webhook_is_its_state_and_not_how_far_it_is(office: Office) -> None:
    hook, caller = webhook(office), office.by("administrator")
    path = f"webhooks/{hook.pk}/"
    first = caller.tag_of(path)
    Webhook.objects.filter(pk=hook.pk).update(cursor="7", epoch=3, failure_count=2)  # as a worker does
    assert str(tags.state(hook)) == first.strip('"').split("-")[0] == f"r{hook.pk}.1"
    paused = as_seen(caller, f"{path}pause/", {"reason": "x"}, first)
    assert paused.status_code == 200, paused.content
    assert paused["ETag"] == caller.tag_of(path) != first
    assert as_seen(caller, f"{path}resume/", {}, first).status_code == 412
    Webhook.objects.filter(pk=hook.pk).update(status="DISABLED", status_reason="gone")  # by itself
    assert as_seen(caller, f"{path}resume/", {}, paused["ETag"]).status_code == 412
    again = caller.tag_of(path)
    replayed = as_seen(caller, f"{path}replay/", {"cursor": "7"}, again)
    assert replayed.status_code == 200, replayed.content
    assert as_seen(caller, f"{path}replay/", {"cursor": "7"}, again).status_code == 412  # the same once more
    assert as_seen(caller, f"{path}new-secret/", {}, replayed["ETag"]).status_code == 200
    assert as_seen(caller, f"{path}new-secret/", {}, replayed["ETag"]).status_code == 412


def test_a_revision_is_counted_by_the_database(office: Office) -> None:
    hook = webhook(office)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE treasury_webhook SET revision = 40 WHERE id = %s", [hook.pk])
        cursor.execute("UPDATE treasury_webhook SET revision = 1, name = 'y' WHERE id = %s", [hook.pk])
    hook.refresh_from_db()
    assert hook.revision == 3


def test_a_draft_is_written_over_and_discarded_as_it_was_seen(office: Office) -> None:
    caller = office.by("treasurer")
    kept = as_seen(caller, "trade-drafts/keep/", DRAFT, None)  # there is none yet
    assert kept.status_code == 201, kept.content
    path = f"trade-drafts/{kept.json()['id']}/"
    assert kept["ETag"] == caller.tag_of(path)
    assert as_seen(caller, "trade-drafts/keep/", DRAFT, None).status_code == 428
    over = as_seen(caller, "trade-drafts/keep/", DRAFT | {"title": "Half"}, kept["ETag"])
    assert over.status_code == 201, over.content
    for verb in ("keep", "discard"):
        refused = as_seen(
            caller, f"trade-drafts/{verb}/", DRAFT if verb == "keep" else {"key": KEY}, kept["ETag"]
        )
        assert refused.status_code == 412
        assert refused["ETag"].strip('"') == over["ETag"].strip('"').split("-")[0]
    assert as_seen(caller, "trade-drafts/discard/", {"key": KEY}, None).status_code == 428
    assert caller.read(path)["title"] == "Half"
    gone = as_seen(caller, "trade-drafts/discard/", {"key": KEY}, over["ETag"])
    assert (gone.status_code, "ETag" in gone) == (200, False)
    anew = as_seen(caller, "trade-drafts/keep/", DRAFT, None)
    assert (
        anew["ETag"].split("-")[0] != kept["ETag"].split("-")[0]
    )  # another draft, though its key is the same


def test_a_view_is_deleted_as_it_was_seen(office: Office) -> None:
    caller = office.by("treasurer")
    kept = caller.post("saved-views/keep/", {"name": "Ours", "path": "/instruments/"})
    path = f"saved-views/{kept.json()['id']}/"
    assert kept["ETag"] == caller.tag_of(path)
    SavedView.objects.filter(pk=kept.json()["id"]).update(query="risk=USDEUR")
    assert as_seen(caller, f"{path}delete/", {}, kept["ETag"]).status_code == 412
    gone = as_seen(caller, f"{path}delete/", {}, caller.tag_of(path))
    assert (gone.status_code, "ETag" in gone) == (200, False)


def test_a_policy_is_recorded_anew_by_who_has_seen_its_newest_version(office: Office) -> None:
    """The number that the body names is that of the newest one all the same: the state is asked before the book."""
    caller, third = office.by("treasurer"), office.by("third")
    first = as_seen(caller, "policies/record/", policy(office), None)
    assert first.status_code == 201, first.content
    path = f"policies/{first.json()['policy_id']}/versions/"
    assert caller.get(f"policies/{first.json()['policy_id']}/").status_code == 404  # none counts yet
    seen = caller.tag_of(path)
    body = policy(office, seen_version=1)
    assert as_seen(third, "policies/record/", body, None).status_code == 428
    second = as_seen(third, "policies/record/", body, seen)
    assert second.status_code == 201, second.content
    stale = as_seen(caller, "policies/record/", policy(office, seen_version=2), seen)
    assert (stale.status_code, stale.json()["code"]) == (412, "precondition_failed")
    assert PolicyVersion.objects.filter(policy=first.json()["policy_id"]).count() == 2
    approved = office.by("approver").post(
        f"policy-versions/{second.json()['id']}/approve/", {"content_digest": second.json()["content_digest"]}
    )
    assert approved.status_code == 200, approved.content
    after = caller.tag_of(path)
    assert caller.tag_of(f"policies/{first.json()['policy_id']}/").split("-")[0] == after.split("-")[0]
    assert as_seen(caller, "policies/record/", policy(office, seen_version=2), after).status_code == 201


def test_who_may_not_see_the_entity_is_not_told_by_its_tag(office: Office) -> None:
    office.done("treasurer", "policies/record/", policy(office))
    for tag in (None, '"e1.1"', "*"):
        answer = as_seen(office.by("stranger"), "policies/record/", policy(office, seen_version=1), tag)
        assert answer.status_code == 404
        assert as_seen(office.by("auditor"), "policies/record/", policy(office), tag).status_code == 403


def test_the_versions_of_a_thing_show_its_tag_before_one_counts(office: Office) -> None:
    waiting = book.forward(of=office.entity, approve=False)
    path, caller = f"instruments/{waiting.instrument_id}/", office.by("treasurer")
    assert caller.get(path).status_code == 404
    tag = caller.tag_of(f"{path}versions/")
    assert tag.strip('"').split("-")[0] == str(tags.state(Instrument.objects.get(pk=waiting.instrument_id)))
    same = caller.send("GET", f"{path}versions/", headers={"If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")


def test_a_run_that_has_gone_on_is_not_what_was_seen(office: Office) -> None:
    asked = office.done("treasurer", "runs/start/", {"as_of_date": str(book.TODAY)}, status=202)
    path, caller = f"runs/{asked['id']}/", office.by("treasurer")
    pending = caller.tag_of(path)
    CalculationRun.objects.filter(pk=asked["id"]).update(status="WAITING")  # as a night without rates does
    assert as_seen(caller, f"{path}cancel/", {}, pending).status_code == 412
    ended = as_seen(caller, f"{path}cancel/", {}, caller.tag_of(path))
    assert ended.status_code == 200, ended.content
    assert ended["ETag"] == caller.tag_of(path)
    assert len({pending.split("-")[0], ended["ETag"].split("-")[0]}) == 2
