"""Secrets that the database keeps: encrypted with keys that only the environment holds."""

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def encrypt(text: str) -> str:
    """`text` under the newest key, as ASCII."""
    return _box(*_keys()).encrypt(text.encode()).decode()


def decrypt(sealed: str) -> str:
    """What `encrypt` was given; ValueError when no known key opens it."""
    try:
        return _box(*_keys()).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise ValueError(
            "No key in FIELD_ENCRYPTION_KEYS opens this secret. Add the key that it was kept under."
        ) from None


def renew(sealed: str) -> str:
    """The same secret under the newest key."""
    return encrypt(decrypt(sealed))


def _keys() -> list[str]:
    """Newest first. SECRET_KEY stays last, so that secrets from before FIELD_ENCRYPTION_KEYS was set still open."""
    return [*settings.FIELD_ENCRYPTION_KEYS, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


@lru_cache(maxsize=8)
def _box(*keys: str) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derive(key))) for key in keys])


def _derive(key: str) -> bytes:
    # SHA-256 is enough here: the keys are long random strings, not passwords.
    return hashlib.sha256(b"realestatecrm.field:" + key.encode()).digest()
