"""Everything that a token may create, from the resolver: not without a key for the request, and once with it."""

from typing import Any

import pytest

from tests.factories import api, book
from tests.treasury.api.test_every_route import ROUTES, filled
from treasury.api.bulk import BulkAction
from treasury.api.writing import Action
from treasury.domain import access
from treasury.domain.bulk.rows import NDJSON
from treasury.domain.refusals import Refusal
from treasury.enums import Role

pytestmark = pytest.mark.django_db
CREATIONS = {
    address: callback.cls
    for address, callback in ROUTES
    if issubclass(callback.cls, Action) and callback.cls.creates()
}


def required(view: type[Action]) -> dict[str, Any]:
    values = {"date": "2026-07-01", "text": "ERP", "integer": 1}
    return {one.name: values[one.kind] for one in view().query_parameters() if one.required}


def test_a_token_creates_nothing_without_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it is done to, its state and the body are taken as right: what is left is the key, and then the deed."""
    person = book.user()
    for role in Role.values:
        access.give_role(user=person, role=role, actor=None)
    by = {"a token": api.by_token(user=person), "a session": api.by_session(user=person)}

    def deed(self: Action, subject: Any, told: Any) -> Any:
        raise Refusal("It comes to the deed.")

    assert len(CREATIONS) > 30
    for address, view in CREATIONS.items():
        monkeypatch.setattr(view, "_asked", lambda self, request, where: (None, {}))
        monkeypatch.setattr(view, "changes", False)
        monkeypatch.setattr(view, "act", deed)
        media_type = NDJSON if issubclass(view, BulkAction) else "application/json"
        for who, key, status in (
            ("a token", None, 400), ("a token", "one", 409), ("a session", None, 409), ("a session", "one", 409),
        ):  # fmt: skip
            send, headers = by[who].send, {"Idempotency-Key": key}
            answer = send(
                "POST", filled(address), b"{}", media_type=media_type, headers=headers, **required(view)
            )  # fmt: skip
            assert answer.status_code == status, (address, who, key, answer.content)
            told = answer.json()
            if status == 400:
                assert [one["field"] for one in told["errors"]] == ["Idempotency-Key"], (address, told)
            else:
                assert told["detail"] == "It comes to the deed.", (address, told)
