"""The ground that the tests stand on: who they are in the database, and that nothing of one reaches another."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, connections, transaction
from django.utils import timezone


@pytest.mark.django_db
def test_ordinary_tests_work_as_the_application_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        role, database = cursor.fetchone()
    assert role == "hedgebook_app"
    assert database.startswith("test_")


@pytest.mark.parametrize("attempt", [1, 2])
def test_what_a_test_commits_is_gone_with_its_clone(committed_db, owner_connection, attempt: int) -> None:
    with transaction.atomic():
        Session.objects.create(session_key=f"one-{attempt}", session_data="", expire_date=timezone.now())
    assert Session.objects.count() == 1
    with owner_connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database(), (SELECT count(*) FROM django_session)")
        assert cursor.fetchone() == ("hedgebook_owner", committed_db.name, 1)


@pytest.mark.django_db
def test_the_application_owns_nothing_and_cannot_create_anything() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = 'hedgebook_app'::regrole")
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT has_schema_privilege('public', 'CREATE'), has_database_privilege('hedgebook', 'CREATE')"
        )
        assert cursor.fetchone() == (False, False)


def test_a_real_worker_runs_on_the_clone_and_survives_a_kill(celery_worker_process) -> None:
    assert _answers()
    celery_worker_process.kill()
    assert not celery_worker_process.process.alive()
    celery_worker_process.start()
    assert _answers()


def _answers() -> bool:
    """A ping is a broadcast: one that goes out before the worker listens is lost, so that it is asked again."""
    from treasury.config.celery import app

    return any(app.control.ping(timeout=2, limit=1) for _ in range(30))
