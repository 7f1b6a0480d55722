"""Settings that nobody may loosen by accident."""

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.utils.module_loading import import_string
from rest_framework.request import Request

from treasury.config import security
from treasury.config.celery import app


def test_pages_load_nothing_inline_and_nothing_from_elsewhere() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    for name in ("script-src", "style-src", "connect-src", "form-action"):
        assert directives[name] == ["'self'"]
    assert "unsafe" not in str(directives)


@pytest.mark.parametrize(
    ("hosts", "https"),
    [(security.LOOPBACK, False), (["book.example"], True), (["localhost", "book.example"], True)],
)
def test_cookies_are_bound_to_https_as_soon_as_others_are_served(hosts: list[str], https: bool) -> None:
    assert security.over_https(hosts) is https


def test_passwords_are_hashed_with_argon2_and_guessing_is_locked_out() -> None:
    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    assert settings.AUTHENTICATION_BACKENDS[0].startswith("axes.")


def test_a_task_leaves_the_queue_when_it_is_done_and_not_before() -> None:
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.result_backend is None
    assert app.conf.timezone == "UTC"


def test_migrations_are_run_by_the_owner_only() -> None:
    from django.db import router

    assert router.allow_migrate("owner", "treasury")
    assert not router.allow_migrate("default", "treasury")


def test_the_api_asks_who_is_there() -> None:
    request = Request(RequestFactory().get("/"))
    request.user = AnonymousUser()
    permissions = [import_string(path)() for path in settings.REST_FRAMEWORK["DEFAULT_PERMISSION_CLASSES"]]
    assert not all(permission.has_permission(request, None) for permission in permissions)


@pytest.mark.django_db(databases=["default", "owner"])
def test_every_migration_is_written() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_the_sign_in_page_comes_with_the_policy() -> None:
    answer = Client().get("/accounts/login/")
    assert answer.status_code == 200
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
