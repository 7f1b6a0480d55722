"""Every operation of the contract is told yes by somebody, and what it answers then fits the contract."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.db import transaction
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from tests.api_contract.headers import resolved, wrong
from tests.api_contract.right import RECIPES, Right, Walk
from tests.api_contract.right.book import walked
from tests.factories import book
from treasury.api.documentation import contract
from treasury.domain import access
from treasury.enums import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]
TOKEN = "oauth/token/"
_WORKFLOW = (
    "a close on a day of its own, held to the contract too: tests/hedges/api/workflow/test_contract.py"
)
#: What is told yes elsewhere, and where.
ELSEWHERE = {
    "assessment-decisions/{key}/": _WORKFLOW,
    "hedge-relationships/{key}/decide/": _WORKFLOW,
    "costs-of-hedging/{key}/": _WORKFLOW,
    "costs-of-hedging/{key}/explain/": _WORKFLOW,
    "runs/{key}/retry/": "a night that has failed: tests/treasury/web/test_runs_compared.py",
    "strategies/save/": "a night of rates: tests/hedges/api/desk/test_position_and_strategies.py",
    "strategies/saved/{key}/": "the same",
    "reconciliations/{key}/": "a close of two frameworks: tests/reports/api/test_reports_api.py",
}


def somebody() -> Any:
    """A person with every role of the group."""
    person = book.user("TREASURER")
    for role in (Role.APPROVER, Role.HEDGE_ACCOUNTANT, Role.ADMINISTRATOR):
        access.give_role(user=person, role=role, entity=None, actor=None)
    return person


def filled(path: str, right: Right) -> str:
    given = {"key": right.key, "month": right.month or "2026-07", "code": right.code or "hedge_ratio"}
    for name, value in given.items():
        path = path.replace(f"{{{name}}}", str(value))
    return path


def refused(walk: Walk, path: str, method: str) -> str:
    """Why the right request was not answered with yes, as the contract says; empty: it was."""
    operation = contract()["paths"][f"/api/v1/{path}"][method]
    recipe = RECIPES.get(path)
    right = recipe(walk) if recipe else walk.read(path)
    address = filled(path, right)
    if method == "get":
        answer = walk.caller.get(address, **right.query)
    elif right.media_type:
        answer = walk.caller.send("POST", address, right.body, media_type=right.media_type, **right.query)
    else:
        answer = walk.caller.post(address, right.body)
    if not 200 <= answer.status_code < 300:
        return f"{answer.status_code} {answer.content[:400]!r}"
    beside = wrong(contract(), operation, answer.status_code, answer.headers)
    told = resolved(contract(), operation["responses"][str(answer.status_code)])["content"]
    schema = told.get(answer["Content-Type"], {}).get("schema")
    if schema is None:
        return f"{answer['Content-Type']} is not in the contract"
    if answer["Content-Type"] == "application/json":
        validator = Draft202012Validator(
            {**schema, "components": contract()["components"]}, format_checker=FormatChecker()
        )
        beside += [error.message[:200] for error in validator.iter_errors(orjson.loads(answer.content))]
    return "; ".join(beside)


def test_every_operation_is_told_yes(settings: Any) -> None:
    walk = walked(somebody(), settings)
    failed = {}
    for path, methods in contract()["paths"].items():
        for method in methods:
            short = path.removeprefix("/api/v1/")
            if short == TOKEN or short in ELSEWHERE:
                continue
            try:
                with transaction.atomic():
                    why = refused(walk, short, method)
            except Exception as error:
                why = f"{type(error).__name__}: {str(error)[:300]}"
            if why:
                failed[method, short] = why
    assert not failed, "\n".join(f"{where}: {why}" for where, why in failed.items())


def test_a_client_is_given_its_token() -> None:
    """The one address where nobody has signed in yet."""
    from tests.treasury.api.test_oauth import System

    answer = System(scopes=["read"]).ask()
    operation = contract()["paths"][f"/api/v1/{TOKEN}"]["post"]
    assert (answer.status_code, wrong(contract(), operation, 200, answer.headers)) == (200, [])
    assert Client().post(f"/api/v1/{TOKEN}").status_code == 400
