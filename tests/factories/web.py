"""Somebody who is signed in."""

from typing import Any

from django.test import Client

from tests.factories import book

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(role: str = "TREASURER", *, entity: Any = None, user: Any = None) -> Client:
    client = Client()
    client.force_login(user or book.user(role, entity=entity), backend=BACKEND)
    return client
