"""Fixtures that every test may use.

`db` (or the mark `django_db`): the application's role on this process's clone, rolled back afterwards.
`committed_db`: a clone of the test's own, for tests that commit, use threads or talk to another process.
`owner_connection`: the owner's connection to the `committed_db`.
`celery_worker_process`: a real worker on the `committed_db`, which can be killed and started again.
`live_site`: the address of a real web server on the `committed_db`.
`browser_page`: a page of a real browser whose addresses are relative to the `live_site`; marks the test `browser`.
"""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.harness import browser as real_browser
from tests.harness.order import SlowFirst, slow_first

REFUSED = {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}
_clones = count(1)


def pytest_configure(config: pytest.Config) -> None:
    from hypothesis import settings as hypothesis

    # Two shared cores: a slow example is no failure, and CI must not find another example each time.
    hypothesis.register_profile("hedgebook", deadline=None, derandomize=bool(os.environ.get("CI")))
    hypothesis.load_profile("hedgebook")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    no_browser = real_browser.program() is None
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        marked = item.get_closest_marker("django_db")
        if fixtures & REFUSED or (marked and marked.kwargs.get("transaction")):
            raise pytest.UsageError(
                f"{item.nodeid}: the book cannot be flushed; use the fixture committed_db instead"
            )
        if marked or "django_db_setup" in fixtures:
            item.add_marker("database")
        if "browser" in fixtures:
            item.add_marker("browser")
        if no_browser and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="there is no chromium on this machine"))

    items[:] = [items[place] for place in slow_first([item.nodeid for item in items])]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    return SlowFirst(config, log) if config.getvalue("dist") == "loadfile" else None


def _run_id() -> str:
    return os.environ.get("PYTEST_XDIST_TESTRUNUID", f"pid{os.getpid()}")[:12]


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all processes of this run."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def test_databases(django_test_environment: None, shared_folder: Path) -> Any:
    from django.conf import settings

    from tests.harness.databases import Databases

    if "owner" not in settings.DATABASES:
        pytest.fail("DATABASE_OWNER_URL is not set; run the tests with `python3 manage.py test`")
    databases = Databases(home=settings.DATABASES["owner"]["NAME"], prefix=f"test_{_run_id()}")
    return databases


@pytest.fixture(scope="session")
def django_db_setup(test_databases: Any, shared_folder: Path, django_db_blocker: Any) -> Iterator[None]:
    """In place of pytest-django's: this process works on a clone of the session's template."""
    from tests.harness.databases import pointed_at

    with django_db_blocker.unblock():
        test_databases.ensure_template(shared_folder)
        clone = test_databases.clone(os.environ.get("PYTEST_XDIST_WORKER", "main"))
        with pointed_at(clone.name):
            yield
        test_databases.drop(clone)
        if "PYTEST_XDIST_WORKER" not in os.environ:
            test_databases.drop_all()


@pytest.fixture
def committed_db(django_db_setup: None, test_databases: Any, django_db_blocker: Any) -> Iterator[Any]:
    """A clone of this test's own; both aliases and DATABASE_URL lead to it, and commits are real."""
    from django.contrib.contenttypes.models import ContentType

    from tests.harness.databases import pointed_at

    with django_db_blocker.unblock():
        clone = test_databases.clone(f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{next(_clones)}")
        with pointed_at(clone.name):
            ContentType.objects.clear_cache()
            yield clone
        test_databases.drop(clone)


@pytest.fixture
def owner_connection(committed_db: Any) -> Any:
    """Django's connection as the role that owns the tables."""
    from django.db import connections

    return connections["owner"]


@pytest.fixture(scope="session")
def _broker_prefix() -> str:
    from tests.harness import broker

    prefix = f"test-{_run_id()}-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}-"
    broker.use_prefix(prefix)
    return prefix


@pytest.fixture
def queue(_broker_prefix: str) -> Iterator[str]:
    """An empty queue of this process's own."""
    from tests.harness import broker

    broker.clear(_broker_prefix)
    yield _broker_prefix
    broker.clear(_broker_prefix)


@pytest.fixture
def celery_worker_process(committed_db: Any, queue: str, tmp_path: Path) -> Iterator[Any]:
    """A worker that takes tasks; `.kill()`, `.start()`, `.stop()`, `.said()`."""
    from tests.harness.workers import WorkerUnderTest

    worker = WorkerUnderTest(tmp_path)
    worker.start()
    yield worker
    worker.stop()


@pytest.fixture
def live_site(committed_db: Any, queue: str, tmp_path: Path) -> Iterator[str]:
    """The address of a running web server."""
    from tests.harness.workers import start_site

    site = start_site(tmp_path)
    yield site.address
    site.stop()


@pytest.fixture(scope="module", name="browser")
def _browser() -> Iterator[Any]:
    with real_browser.started() as found:
        yield found


@pytest.fixture
def browser_page(browser: Any, live_site: str) -> Iterator[Any]:
    """What the page complains about, a breach of its security policy too, is in the list `problems` of the page."""
    context = real_browser.patient(browser.new_context(base_url=live_site))
    page = context.new_page()
    page.problems = []
    page.on(
        "console", lambda message: page.problems.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda problem: page.problems.append(str(problem)))
    yield page
    context.close()
