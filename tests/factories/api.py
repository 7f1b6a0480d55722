"""Callers of the API: by token, by session, or nobody."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

import orjson
from django.test import Client
from django.utils import timezone

from tests.factories import book
from tests.factories.web import BACKEND
from treasury.domain import api_tokens, keys
from treasury.enums import TokenScope
from treasury.models import User

ROOT = "/api/v1/"


class Caller:
    """Sends requests under /api/v1/ and reads JSON answers."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        headers: Mapping[str, str | None] | None = None,
        media_type: str = "application/json",
        **query: Any,
    ) -> Any:
        """A POST has a key of its own and takes the thing as it is; `headers` says otherwise, None: without it."""
        extra: dict[str, Any] = {"QUERY_STRING": ""}
        if query:
            from urllib.parse import urlencode

            extra["QUERY_STRING"] = urlencode(query, doseq=True)
        usual = {"Idempotency-Key": str(uuid4()), "If-Match": "*"} if method == "POST" else {}
        told = {name: text for name, text in {**usual, **(headers or {})}.items() if text is not None}
        if body is not None:
            return self.client.generic(
                method, ROOT + path, body, content_type=media_type, headers=told, **extra
            )
        return self.client.generic(method, ROOT + path, headers=told, **extra)

    def post(self, path: str, body: Any = None, **told: Any) -> Any:
        """The answer to a body that is sent as JSON."""
        return self.send("POST", path, orjson.dumps({} if body is None else body), **told)

    def tag_of(self, path: str) -> str:
        """The ETag of a single object."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.content
        return str(answer["ETag"])

    def get(self, path: str, **query: Any) -> Any:
        return self.send("GET", path, **query)

    def read(self, path: str, **query: Any) -> Any:
        """The answer's JSON; the request has to succeed."""
        answer = self.get(path, **query)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def rows(self, path: str, **query: Any) -> list[dict[str, Any]]:
        return self.read(path, **query)["results"]

    def refused(self, path: str, **query: Any) -> dict[str, Any]:
        """The problem document of a request that has to be refused."""
        answer = self.get(path, **query)
        assert answer.status_code >= 400, answer.content
        assert answer["Content-Type"] == "application/problem+json"
        return answer.json()


def token_of(user: User, **fields: Any) -> str:
    """A token as it is issued for these `scopes`; without them one for everything, as somebody has it who had every
    role when it was made: what is refused is then refused by the roles."""
    values = {"name": "test", "expires_at": timezone.now() + timedelta(days=1), "actor": None} | fields
    if "scopes" in fields:
        return api_tokens.issue(owner=user, **values)[1]
    extent = keys.extent(user, [TokenScope.READ], values.pop("entities", None))
    extent["scopes"] = [
        scope for scope in TokenScope.values if not (user.is_service and scope == TokenScope.DECIDE)
    ]
    return api_tokens._made(user, values["name"], values["expires_at"], extent, actor=values["actor"])[1]


def by_token(
    role: str | None = "TREASURER", *, entity: Any = None, user: User | None = None, **token: Any
) -> Caller:
    """`token`: what the key is for, if less than everything: scopes, entities."""
    user = user or book.user(role, entity=entity)
    return Caller(Client(headers={"Authorization": f"Bearer {token_of(user, **token)}"}))


def by_session(role: str | None = "TREASURER", *, entity: Any = None, user: User | None = None) -> Caller:
    client = Client()
    client.force_login(user or book.user(role, entity=entity), backend=BACKEND)
    return Caller(client)


def anonymous() -> Caller:
    return Caller(Client())
