"""What a key has to be for, address by address: reading is `read`; each write says its own, or its package does.

A class says `token_scope`; a package of views may say `TOKEN_SCOPE` for those that do not. A write without either is
closed to keys.
"""

import sys
from functools import cache
from typing import Any

from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from treasury.enums import TokenScope
from treasury.models import ApiToken

#: No scope has this name, so that no key has it.
NOT_DECLARED = ""


@cache
def of_write(view: type) -> str:
    own: str = getattr(view, "token_scope", NOT_DECLARED)
    if own:
        return own
    package = view.__module__
    while package := package.rpartition(".")[0]:
        default: str = getattr(sys.modules[package], "TOKEN_SCOPE", NOT_DECLARED)
        if default:
            return default
    return NOT_DECLARED


def needed(view: Any, method: str | None) -> str:
    return (
        str(getattr(view, "read_scope", TokenScope.READ)) if method in SAFE_METHODS else of_write(type(view))
    )


def refusal(request: Request, view: Any) -> str:
    """Why this key, or this machine, does not do it; empty: it may, as far as its owner may."""
    scope = needed(view, request.method)
    if isinstance(request.auth, ApiToken) and scope not in request.auth.scopes:
        named = f"scope {scope}" if scope else "scope that this address would need"
        return f"The key does not have the {named}; it has {', '.join(sorted(request.auth.scopes))}."
    if scope == TokenScope.DECIDE and request.user.is_service and request.method not in SAFE_METHODS:
        return "A service account never decides: a person does, signed in by name."
    return ""
