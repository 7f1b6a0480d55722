"""Sign-in by token: `Authorization: Bearer <token>`. The session of the pages signs in as well."""

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from treasury.domain import api_tokens
from treasury.models import ApiToken, User

SCHEME = "Bearer"


class TokenAuthentication(BaseAuthentication):
    """The token's owner signs in. Why a token is refused is not told: unknown, expired and revoked look the same."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _, text = get_authorization_header(request).partition(b" ")
        if scheme.lower() != SCHEME.lower().encode():
            return None
        token = api_tokens.used(text.strip().decode("latin-1"))
        if token is None:
            raise AuthenticationFailed("The token is not valid: unknown, expired or revoked.")
        return token.owner, token

    def authenticate_header(self, request: Request) -> str:
        return f'{SCHEME} realm="Hedgebook"'
