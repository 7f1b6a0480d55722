"""A webhook's secret: shown once, kept encrypted, because a message is signed with the secret itself.

Signed as the Standard Webhooks specification says (v1): HMAC-SHA256 over `id.timestamp.body`.
"""

import base64
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from treasury.domain.refusals import Refusal

PREFIX = "whsec_"
_BYTES = 32


def made() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def encrypted(secret: str) -> str:
    return _keys().encrypt(secret.encode()).decode()


def decrypted(ciphertext: str) -> str:
    try:
        return _keys().decrypt(ciphertext.encode()).decode()
    except InvalidToken:
        raise Refusal(
            "The secret of the webhook cannot be read with the keys in HEDGEBOOK_WEBHOOK_KEYS; make a new one."
        ) from None


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """The value of the header `webhook-signature`."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(signed.digest()).decode()


def _keys() -> MultiFernet:
    """The first key encrypts, all of them decrypt, so that one can be replaced; without any, one made of the site's."""
    return MultiFernet([_key(text) for text in settings.HEDGEBOOK_WEBHOOK_KEYS or [settings.SECRET_KEY]])


def _key(text: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"hedgebook webhook secrets").derive(
        text.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))
