"""Account maps come in versions that a second person approves; the one that counts on the last day is posted to."""

from datetime import date
from typing import Any

import pytest

from hedges.domain import account_map
from hedges.enums import HedgeType
from hedges.models import AccountMapVersion
from hedges.queries import account_map as maps
from tests.factories import book, closable
from treasury.domain.refusals import Refusal

pytestmark = pytest.mark.django_db


def record(entity: Any, actor: Any = None, **accounts: dict[str, str]) -> AccountMapVersion:
    return account_map.record(
        entity=entity, accounts=accounts, valid_from=book.START, actor=actor or book.user("HEDGE_ACCOUNTANT")
    )


def test_a_version_counts_once_another_person_has_approved_it() -> None:
    entity, author = book.entity(), book.user("HEDGE_ACCOUNTANT")
    version = record(entity, author, DERIVATIVE={"code": "1100", "name": "Derivatives"})
    assert maps.in_force(entity, book.TODAY) is None
    with pytest.raises(Refusal, match="hand in"):
        account_map.approve(versions=[version], actor=author)
    account_map.approve(versions=[version], actor=book.user("APPROVER"))
    found = maps.in_force(entity, book.TODAY)
    assert found == version
    assert found is not None
    assert found.accounts == {"DERIVATIVE": {"code": "1100", "name": "Derivatives"}}
    second = record(entity, DERIVATIVE={"code": "1200", "name": ""})
    account_map.reject(versions=[second], actor=book.user("APPROVER"))
    assert (second.version_number, maps.in_force(entity, book.TODAY)) == (2, version)


@pytest.mark.parametrize(
    ("accounts", "said"),
    [
        ({}, "no account is given"),
        ({"BANK": {"code": "1"}}, "BANK is no role; the roles are DERIVATIVE"),
        ({"DERIVATIVE": {"code": " "}}, "DERIVATIVE needs a code"),
        ({"DERIVATIVE": {"code": "1" * 21}}, "of up to 20 characters"),
        ({"DERIVATIVE": {"code": "1", "name": "n" * 121}}, "a name of up to 120"),
    ],
)
def test_what_is_no_chart_is_refused(accounts: dict, said: str) -> None:
    entity = book.entity()
    with pytest.raises(Refusal, match=said):
        record(entity, **accounts)
    assert not AccountMapVersion.objects.exists()


def test_the_roles_that_are_missing_are_those_of_the_kinds_in_use() -> None:
    entity = book.entity()
    version = record(entity, DERIVATIVE={"code": "1"})
    missing = account_map.missing_roles(version, [HedgeType.FAIR_VALUE])
    assert "FAIR_VALUE_HEDGE_RESULT" in missing
    assert "TRANSLATION_RESERVE" not in missing
    assert "DERIVATIVE" not in missing
    assert account_map.missing_roles(None, []) == []


def test_entries_carry_the_accounts_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    closable.measures(monkeypatch, lambda version: closable.whole(cumulative_recognised=40))
    entity = closable.ready()
    later = {role: {"code": f"9{one['code']}", "name": "later"} for role, one in closable.ACCOUNTS.items()}
    closable.accounts(entity, later, valid_from=date(2026, 10, 1))
    closable.close(entity)
    closable.measures(monkeypatch, lambda version: closable.whole(cumulative_recognised=50))
    closable.close(entity, date(2026, 10, 1))
    lines = [list(entry.lines.order_by("line_number")) for entry in closable.entries(entity)]
    codes = [[line.account_code for line in entry] for entry in lines]
    own = [closable.ACCOUNTS[role]["code"] for role in ("DERIVATIVE", "CASH_FLOW_HEDGE_RESERVE")]
    assert codes == [own, [f"9{code}" for code in own]]
