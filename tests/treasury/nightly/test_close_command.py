"""`manage.py close`: progress and what was posted, exit statuses, resumed, done once."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from hedges.models import AccountingPeriod, JournalEntry
from tests.factories import book, closable
from treasury.models import CalculationRun


def close(*args: str) -> str:
    out = StringIO()
    call_command("close", *args, stdout=out)
    return out.getvalue()


def refused(*args: str) -> CommandError:
    with pytest.raises(CommandError) as found:
        close(*args)
    return found.value


@pytest.mark.django_db
def test_wrong_input_is_named_and_changes_nothing() -> None:
    code = book.entity().code
    for args, said in (
        (("--entity", "NONE", "--period", "2026-09"), "there is no 'NONE'"),
        (("--entity", code, "--period", "2026-13"), "expected a month as in 2026-09"),
        (("--entity", code, "--period", "2026-09-30"), "expected a month as in 2026-09"),
        (("--entity", code, "--period", "2026-09", "--by", "nobody"), "there is no person 'nobody'"),
        (("--entity", code, "--period", "2026-09"), "the account map of"),
    ):
        error = refused(*args)
        assert (error.returncode, said in str(error)) == (2, True), str(error)
        assert "Nothing was changed" in str(error)
    assert not CalculationRun.objects.exists()


@pytest.mark.django_db
def test_check_lists_what_stands_in_the_way_and_changes_nothing() -> None:
    entity = closable.ready()
    args = ("--entity", entity.code, "--period", "2026-09", "--check")
    assert "Nothing stands in the way" in close(*args)
    waiting = book.exposure(of=entity, approve=False)
    out = StringIO()
    with pytest.raises(CommandError) as found:
        call_command("close", *args, stdout=out)
    assert found.value.returncode == 1
    assert f"exposure {waiting.exposure.external_reference} version 1 waits for approval" in out.getvalue()
    assert not CalculationRun.objects.exists()


@pytest.mark.django_db
def test_in_process_it_closes_and_says_what_was_posted() -> None:
    entity, person = closable.ready(), book.user("HEDGE_ACCOUNTANT")
    args = ("--entity", entity.code, "--period", "2026-09", "--in-process")
    said = close(*args, "--by", person.username)
    assert f"{entity.code} 2026-09 is closed by run" in said
    assert "change of the instrument's fair value" in said
    assert AccountingPeriod.objects.get().closed_by == person
    count = JournalEntry.objects.count()
    assert "is closed already, by run" in close(*args)
    assert JournalEntry.objects.count() == count > 0


@pytest.mark.django_db
def test_a_close_that_fails_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    closable.measures(monkeypatch, lambda version: {"status": "UNDEFINED", "reasons": "{missing_data}"})
    entity = closable.ready()
    error = refused("--entity", entity.code, "--period", "2026-09", "--in-process")
    assert error.returncode == 1
    assert "could not be measured (missing data)" in str(error)
    assert not AccountingPeriod.objects.exists()


def test_on_the_worker(committed_db: Any, celery_worker_process: Any) -> None:
    entity = closable.ready()
    assert "is closed by run" in close("--entity", entity.code, "--period", "2026-09")
    assert AccountingPeriod.objects.get().status == "CLOSED"
