"""Whether a body was signed by a site, a moment ago: HMAC-SHA256 with the site's key over time, full stop and body."""

import hashlib
import hmac
import re
import secrets

TOLERANCE = 300  # seconds that a site's clock may be off
SIGNATURE = re.compile(r"^[0-9a-f]{64}$")
TIME = re.compile(r"^[0-9]{1,12}$")
# What is compared with where there is no such site, so that an unknown site takes as long as a wrong key.
NOBODYS_KEY = secrets.token_urlsafe(32)


def sign(key: str, time: str, body: bytes) -> str:
    """The signature of a body at a time, as the header carries it."""
    return hmac.new(key.encode(), time.encode() + b"." + body, hashlib.sha256).hexdigest()


def is_signed(key: str, time: str, body: bytes, signature: str) -> bool:
    """Whether this is the signature of the body under the key; a site without a key signs nothing."""
    expected = sign(key or NOBODYS_KEY, time if TIME.match(time) else "0", body)
    given = signature if SIGNATURE.match(signature) else "0" * 64
    return hmac.compare_digest(expected, given) and bool(key)


def is_timely(time: str, now: float) -> bool:
    """Whether it was signed within the last minutes, by a clock that may be a little off."""
    return bool(TIME.match(time)) and abs(now - int(time)) <= TOLERANCE
