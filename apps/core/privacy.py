"""What must not leave the house in logs and error reports: addresses and secrets that slipped into a text."""

import re

EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(\.[\w-]+)+")
# postgres://user:password@host and the like
CREDENTIALS_IN_ADDRESS = re.compile(r"(?<=://)[^/\s@]+@")
# PostgreSQL names the offending values: Key (email)=(...) already exists.
VALUES_IN_DETAIL = re.compile(r"(?<=\)=\()[^\n]*(?=\))")
LONG_DIGITS = re.compile(r"(?<![\w.-])\+?\d(?:[\d ]{7,}\d)(?![\w.-])")

REPLACEMENTS = [
    (CREDENTIALS_IN_ADDRESS, "***@"),
    (VALUES_IN_DETAIL, "***"),
    (EMAIL, "***@***"),
    (LONG_DIGITS, "***"),
]


def redacted(text: str) -> str:
    """The text without e-mail addresses, phone numbers, credentials in addresses and values in database errors."""
    for pattern, replacement in REPLACEMENTS:
        text = pattern.sub(replacement, text)
    return text


def redacted_deep(value):
    """The same for each string within dicts and lists, at any depth; other values are returned as they are."""
    if isinstance(value, str):
        return redacted(value)
    if isinstance(value, dict):
        return {key: redacted_deep(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [redacted_deep(item) for item in value]
    return value
