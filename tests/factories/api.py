"""Callers of the API: by token, by session, or nobody."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from tests.factories import book
from tests.factories.web import BACKEND
from treasury.domain import api_tokens
from treasury.models import User

ROOT = "/api/v1/"


class Caller:
    """Sends requests under /api/v1/ and reads JSON answers."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def send(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        extra: dict[str, Any] = {"QUERY_STRING": ""}
        if query:
            from urllib.parse import urlencode

            extra["QUERY_STRING"] = urlencode(query, doseq=True)
        if body is not None:
            return self.client.generic(method, ROOT + path, body, content_type="application/json", **extra)
        return self.client.generic(method, ROOT + path, **extra)

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
    values = {"name": "test", "expires_at": timezone.now() + timedelta(days=1), "actor": None}
    return api_tokens.issue(owner=user, **(values | fields))[1]


def by_token(role: str | None = "TREASURER", *, entity: Any = None, user: User | None = None) -> Caller:
    user = user or book.user(role, entity=entity)
    return Caller(Client(headers={"Authorization": f"Bearer {token_of(user)}"}))


def by_session(role: str | None = "TREASURER", *, entity: Any = None, user: User | None = None) -> Caller:
    client = Client()
    client.force_login(user or book.user(role, entity=entity), backend=BACKEND)
    return Caller(client)


def anonymous() -> Caller:
    return Caller(Client())
