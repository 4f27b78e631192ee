"""Phone numbers in any spelling: stored as E.164, shown the local way, found by any part."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from apps.accounts.models import Agency

# Marks that copying from chats, PDFs and right-to-left pages leaves in numbers.
INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\\s]+")
LINK = re.compile(r"^(?:https?://)?(?:wa\.me/|(?:api|web)\.whatsapp\.com/send/?\?(?:.*&)?phone=)\+?(\d+)", re.I)
SCHEME = re.compile(r"^(?:tel|sms|whatsapp|callto):(?://)?(?:send\?phone=)?", re.I)
NUMBER_LIKE = re.compile(r"^[+\d\s().,/\-–—x#*;=ext]*$", re.I)
FEWEST_DIGITS = 3


def home_region() -> str:
    """The country of numbers that are written without a country code: the agency's setting."""
    return Agency.current().phone_region


def parse(text: str, region: str) -> str | None:
    """The number as E.164, or None where the text is no number that could be dialled."""
    return parse_with_extension(text, region)[0]


def parse_with_extension(text: str, region: str) -> tuple[str | None, str]:
    """The number as E.164 and its extension, which is mostly empty."""
    plain = tidy(text)
    digits = only_digits(plain)
    tries = [(plain, region)]
    if not plain.startswith(("+", "00")) and len(digits) >= 10:
        tries.append((f"+{digits}", None))  # a country code without the plus sign
    for candidate, home in tries:
        number = _read(candidate, home)
        if number is not None:
            return phonenumbers.format_number(number, PhoneNumberFormat.E164), number.extension or ""
    return None, ""


def spoken(e164: str, region: str) -> str:
    """The number as people here say it: without the country code where it is theirs."""
    try:
        number = phonenumbers.parse(e164)
    except NumberParseException:
        return e164
    is_home = phonenumbers.region_code_for_country_code(number.country_code) == region
    style = PhoneNumberFormat.NATIONAL if is_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def digits_key(text: str) -> str:
    """The digits by which any part of a number is found: without what people dial before it (00 or 0)."""
    digits = only_digits(tidy(text))
    return digits[2:] if digits.startswith("00") else digits.removeprefix("0")


def is_number_like(text: str) -> bool:
    """Whether somebody who typed this means a phone number or a part of one."""
    plain = tidy(text)
    return bool(NUMBER_LIKE.match(plain)) and len(only_digits(plain)) >= FEWEST_DIGITS


def tidy(text: str) -> str:
    """The text without links, invisible marks and digits of other scripts."""
    plain = SPACES.sub(" ", INVISIBLE.sub("", text)).strip()
    link = LINK.match(plain)
    plain = f"+{link[1]}" if link else SCHEME.sub("", plain)
    return "".join(str(int(sign)) if sign.isdecimal() else "+" if sign == "＋" else sign for sign in plain).strip()


def only_digits(text: str) -> str:
    """The ASCII digits of a text."""
    return re.sub(r"[^0-9]", "", text)


def _read(text: str, region: str | None):
    if text.startswith("00"):
        text = f"+{text[2:]}"
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        return None
    is_written_abroad = text.startswith("+")
    good = phonenumbers.is_valid_number(number) or (is_written_abroad and phonenumbers.is_possible_number(number))
    return number if good else None
