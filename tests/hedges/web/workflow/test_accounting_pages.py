"""Periods: what stands in the way with the page where it is solved, the close as one run, and who may ask for it."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from hedges.domain import account_map
from tests.factories import book
from tests.factories.accounting import ACCOUNTS
from tests.hedges.web.workflow.desk import Desk
from treasury.models import CalculationRun

MONTH = "2026-08"


def accounts(desk: Desk) -> None:
    version = account_map.record(
        entity=desk.entity,
        accounts={role: {"code": code, "name": name} for role, (code, name) in ACCOUNTS.items()},
        valid_from=date(2026, 1, 1),
        actor=desk.people["preparer"],
    )
    account_map.approve(versions=[version], actor=desk.people["approver"])


def page(desk: Desk, name: str = "preparer", month: str = MONTH):
    return desk.by(name).get(reverse("accounting-period", args=[desk.entity.code, month]))


def close(desk: Desk, name: str = "preparer"):
    return desk.by(name).post(reverse("accounting-close", args=[desk.entity.code, MONTH]))


def test_what_stands_in_the_way_leads_to_where_it_is_solved(desk: Desk) -> None:
    html = page(desk).content.decode()
    assert f"the account map of {desk.entity.code}" in html
    assert reverse("account-map", args=[desk.entity.code]) in html
    assert reverse("accounting-close", args=[desk.entity.code, MONTH]) not in html
    answer = close(desk)
    assert answer.status_code == 302
    messages = [str(message) for message in get_messages(answer.wsgi_request)]
    assert "cannot be closed" in messages[0]
    assert not CalculationRun.objects.filter(kind="CLOSE").exists()


def test_the_close_is_one_run_however_often_it_is_asked_for(desk: Desk) -> None:
    accounts(desk)
    assert reverse("accounting-close", args=[desk.entity.code, MONTH]) in page(desk).content.decode()
    first, again = close(desk), close(desk)
    run = CalculationRun.objects.get(kind="CLOSE")
    assert first.url == again.url == reverse("run", args=[run.pk])
    assert (run.scope, run.as_of_date) == (desk.entity.code, date(2026, 8, 31))
    assert "The close is under way" in page(desk).content.decode()


def test_a_month_that_is_not_over_is_named(desk: Desk) -> None:
    accounts(desk)
    assert "close it when it is over" in page(desk, month="2099-01").content.decode()


@pytest.mark.parametrize(("name", "seen", "done"), [("auditor", 200, 403), ("stranger", 404, 404)])
def test_an_auditor_closes_nothing_and_a_stranger_sees_nothing(
    desk: Desk, name: str, seen: int, done: int
) -> None:
    accounts(desk)
    answer = page(desk, name)
    assert answer.status_code == seen
    assert b"/close/" not in answer.content
    assert close(desk, name).status_code == done
    assert not CalculationRun.objects.filter(kind="CLOSE").exists()


@pytest.mark.parametrize("month", ["2026-13", "last", "2026-1-1"])
def test_what_is_no_month_is_said(desk: Desk, month: str) -> None:
    answer = page(desk, month=month)
    assert answer.status_code == 404
    assert "is no month" in answer.content.decode()


def test_the_list_has_the_month_to_close_next(desk: Desk) -> None:
    desk.hedge(designation_date=book.START)
    html = desk.by("auditor").get(reverse("accounting")).content.decode()
    assert reverse("accounting-period", args=[desk.entity.code, "2026-01"]) in html
