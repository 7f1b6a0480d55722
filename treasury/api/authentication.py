"""Sign-in by token: `Authorization: Bearer <token>`. The session of the pages signs in as well.

A token that is bound to entities signs its owner in as one who has these alone (treasury.queries.access).
"""

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from treasury.api import rate_limits, senders
from treasury.domain import api_tokens
from treasury.models import ApiToken, User
from treasury.queries import access

SCHEME = "Bearer"


class TokenAuthentication(BaseAuthentication):
    """The token's owner signs in. Why a token is refused is not told: unknown, expired and revoked look the same."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _, text = get_authorization_header(request).partition(b" ")
        if scheme.lower() != SCHEME.lower().encode():
            return None
        given = text.strip().decode("latin-1")
        prefix, sender = given.partition(".")[0], senders.of(request)
        rate_limits.refuse_guessing(prefix, sender, "tokens of this prefix")
        token = api_tokens.used(given)
        if token is None:
            rate_limits.refuse_wrong_token(prefix, sender)
            raise AuthenticationFailed("The token is not valid: unknown, expired or revoked.")
        return access.bound(token.owner, token.entity_ids), token

    def authenticate_header(self, request: Request) -> str:
        return f'{SCHEME} realm="Hedgebook"'
