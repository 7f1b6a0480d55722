"""Who gets in: by token, by session, and nobody else."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from tests.factories import api, book
from treasury.domain import api_tokens
from treasury.models import ApiToken, AuditEvent

pytestmark = pytest.mark.django_db


def answer_to(header: str | None) -> int:
    client = Client(headers={"Authorization": header} if header else {})
    return client.get("/api/v1/entities/").status_code


def test_a_token_signs_in_its_owner() -> None:
    entity = book.entity()
    rows = api.by_token("AUDITOR", entity=entity).rows("entities/")
    assert [row["code"] for row in rows] == [entity.code]


def test_the_pages_session_signs_in_too() -> None:
    assert api.by_session("AUDITOR").get("entities/").status_code == 200


def test_without_either_the_answer_is_a_challenge() -> None:
    answer = api.anonymous().get("entities/")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_authenticated"


def test_only_the_digest_of_a_token_is_kept() -> None:
    text = api.token_of(book.user("TREASURER"))
    token = ApiToken.objects.get()
    secret = text.partition(".")[2]
    assert text.startswith(f"{token.prefix}.")
    assert len(secret) == 43  # 256 bits
    assert secret not in str(vars(token))


@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
def test_the_scheme_is_bearer(scheme: str) -> None:
    assert answer_to(f"{scheme} {api.token_of(book.user('TREASURER'))}") == 200


def test_a_wrong_expired_or_revoked_token_gives_the_same_refusal() -> None:
    owner = book.user("TREASURER")
    good, expired, revoked = (api.token_of(owner) for _ in range(3))
    past = timezone.now() - timedelta(seconds=1)
    prefix = good.partition(".")[0]
    late = ApiToken.objects.get(prefix=expired.partition(".")[0])
    late.pk, late.prefix, late.expires_at = None, "hbexpired001", past
    late.save()
    api_tokens.revoke(prefix=revoked.partition(".")[0], actor=None)
    expired = "hbexpired001." + expired.partition(".")[2]
    refused = [f"{prefix}.wrong", "hb0000000000.x", prefix, "é", "", "a b", expired, revoked, good + "x"]
    for text in refused:
        answer = Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/entities/")
        assert answer.status_code == 401, text
        assert answer.json()["detail"] == "The token is not valid: unknown, expired or revoked."
    assert answer_to(f"Bearer {good}") == 200


def test_the_token_of_a_person_who_left_ends_with_them() -> None:
    owner = book.user("TREASURER")
    text = api.token_of(owner)
    owner.is_active = False
    owner.save()
    assert answer_to(f"Bearer {text}") == 401


def test_the_last_use_is_noted_at_most_once_a_minute(django_assert_num_queries) -> None:
    text = api.token_of(book.user("TREASURER"))
    with django_assert_num_queries(2):
        assert api_tokens.used(text)
    noted = ApiToken.objects.get().last_used_at
    with django_assert_num_queries(1):
        assert api_tokens.used(text)
    ApiToken.objects.update(last_used_at=noted - timedelta(minutes=2))
    assert api_tokens.used(text)
    assert ApiToken.objects.get().last_used_at >= noted


def test_a_token_lives_a_year_at_most() -> None:
    with pytest.raises(ValueError, match="366 days"):
        api.token_of(book.user(), scopes=["read"], expires_at=timezone.now() + timedelta(days=400))


def test_a_session_posts_only_with_its_csrf_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(book.user("TREASURER"), backend=api.BACKEND)
    answer = client.post("/api/v1/measures/hedge_ratio/calculate/", "{}", content_type="application/json")
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"


def test_the_command_issues_and_revokes(capsys: pytest.CaptureFixture[str]) -> None:
    owner = book.user("AUDITOR")
    call_command("api_token", "issue", owner.username, name="ledger", days=30)
    text = capsys.readouterr().out.strip()
    assert answer_to(f"Bearer {text}") == 200
    call_command("api_token", "revoke", text.partition(".")[0])
    assert answer_to(f"Bearer {text}") == 401
    actions = AuditEvent.objects.filter(subject_kind="user", subject_id=owner.pk).values_list(
        "action", flat=True
    )
    assert {name for name in actions if "api_token" in name} == {
        "treasury.api_token.issued",
        "treasury.api_token.revoked",
    }


@pytest.mark.parametrize(
    "words",
    [
        ["issue", "nobody", "--name", "x"],
        ["revoke", "hb0000000000"],
        ["issue", "known", "--name", "x", "--days", "0"],
    ],
)
def test_the_command_refuses_by_name(words: list[str]) -> None:
    book.user(username="known")
    with pytest.raises(CommandError, match="expected"):
        call_command("api_token", *words)


def test_the_command_gives_a_role_and_takes_it() -> None:
    entity, person = book.entity(), book.user()
    text = api.token_of(person)
    assert answer_to(f"Bearer {text}") == 403
    call_command("role", "give", person.username, "TREASURER", at=entity.code)
    assert answer_to(f"Bearer {text}") == 200
    for words in (
        ["give", person.username, "TREASURER", "--at", entity.code],
        ["take", person.username, "TREASURER"],
        ["take", "nobody", "TREASURER"],
        ["take", person.username, "TREASURER", "--at", "NOSUCH"],
    ):
        with pytest.raises(CommandError):
            call_command("role", *words)
    call_command("role", "take", person.username, "TREASURER", at=entity.code, reason="Has left.")
    assert answer_to(f"Bearer {text}") == 403
