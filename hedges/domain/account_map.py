"""An entity's chart for hedge accounting: the account that each role posts to, in versions that two people make."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hedges.domain import posting_rules
from hedges.domain.entitled import decides, prepares
from hedges.enums import AccountRole
from hedges.models import AccountMap, AccountMapVersion, AccountMapVersionApproval
from treasury.domain import approval, audit
from treasury.domain.refusals import Refusal, as_refusal
from treasury.domain.versions import as_recorded
from treasury.enums import Decision
from treasury.models import Entity

Accounts = Mapping[str, Mapping[str, str]]
MAX_CODE, MAX_NAME = 20, 120


def record(
    *,
    entity: Entity,
    accounts: Accounts,
    valid_from: date,
    actor: Any,
    valid_to: date | None = None,
    reason: str = "",
) -> AccountMapVersion:
    """Records a version of the entity's account map: role -> code and name. It counts once another person approves it.

    Raises Refusal: an unknown role, an account without a code, a code or name that is too long.
    """
    prepares(actor, entity.pk, "records its account map")
    checked = _checked(accounts)
    with (
        as_refusal(),
        audit.action("hedges.accountmap.recorded", actor=actor, subject=entity, reason=reason),
    ):
        found = AccountMap.objects.filter(entity=entity).first() or AccountMap.objects.create(entity=entity)
        version = AccountMapVersion.objects.create(
            account_map=found,
            accounts=checked,
            valid_from=valid_from,
            valid_to=valid_to,
            change_reason=reason,
        )
        return as_recorded([version])[0]


def approve(
    *,
    versions: Sequence[AccountMapVersion],
    actor: Any,
    comment: str = "",
    digests: Sequence[str] | None = None,
) -> None:
    """A second person's yes. Raises Refusal: not the newest version, an author of it, decided already."""
    _decide(versions, actor, Decision.APPROVED, comment, digests)


def reject(
    *,
    versions: Sequence[AccountMapVersion],
    actor: Any,
    comment: str = "",
    digests: Sequence[str] | None = None,
) -> None:
    """A second person's no."""
    _decide(versions, actor, Decision.REJECTED, comment, digests)


def missing_roles(version: AccountMapVersion | None, hedge_types: Sequence[str]) -> list[AccountRole]:
    """The roles that relationships of these kinds may post to and the version has no account for."""
    accounts = version.accounts if version else {}
    return [
        role for role in posting_rules.needed_roles(hedge_types) if not accounts.get(role, {}).get("code")
    ]


def _decide(
    versions: Sequence[AccountMapVersion],
    actor: Any,
    decision: Decision,
    comment: str,
    digests: Sequence[str] | None,
) -> None:
    for entity_id in {version.account_map.entity_id for version in versions}:
        decides(actor, entity_id, "decides on its account map")
    approval.decide(
        versions=versions,
        approvals=AccountMapVersionApproval,
        actor=actor,
        decision=decision,
        comment=comment,
        digests=digests,
    )


def _checked(accounts: Accounts) -> dict[str, dict[str, str]]:
    problems, found = [], {}
    for role, account in accounts.items():
        code, name = str(account.get("code", "")).strip(), str(account.get("name", "")).strip()
        if role not in AccountRole.values:
            problems.append(f"{role} is no role; the roles are {', '.join(AccountRole.values)}")
        elif not code or len(code) > MAX_CODE or len(name) > MAX_NAME:
            problems.append(
                f"{role} needs a code of up to {MAX_CODE} characters and a name of up to {MAX_NAME}"
            )
        found[str(role)] = {"code": code, "name": name}
    if not accounts:
        problems.append("no account is given")
    if problems:
        raise Refusal(f"The account map was not recorded: {'; '.join(problems)}.")
    return found
