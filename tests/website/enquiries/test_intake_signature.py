"""What a site signs, and how JSON of unknown quality becomes one harmless message."""

import json
import random
from datetime import UTC, datetime, timedelta

import pytest

from apps.website.enquiries.intake.message import Message, Unreadable, read
from apps.website.enquiries.intake.signature import TOLERANCE, is_signed, is_timely, sign

NOW = datetime(2026, 11, 21, 10, 15, tzinfo=UTC)
KEY, TIME, BODY = "a-key-of-a-site", "1763720100", b'{"id": "1", "name": "Olga"}'


def body(**fields) -> bytes:
    return json.dumps({"id": "e-1", "name": "Olga"} | fields).encode()


def test_the_signature_is_the_one_that_php_makes():
    # php -r 'echo hash_hmac("sha256", "1763720100." . "{}", "a-key-of-a-site");'
    assert sign(KEY, TIME, b"{}") == "ee624bfd534d00c5f7316f947bb23c9a3a490a102474c6fe1476e0feb95c5fff"


def test_a_signature_holds_for_its_key_time_and_body_alone():
    signature = sign(KEY, TIME, BODY)
    assert is_signed(KEY, TIME, BODY, signature)
    assert not is_signed("another", TIME, BODY, signature)
    assert not is_signed(KEY, "1763720101", BODY, signature)
    assert not is_signed(KEY, TIME, BODY + b" ", signature)


@pytest.mark.parametrize("signature", ["", "0" * 64, "é" * 64, "A" * 64, "\x00", sign("", TIME, BODY)])
def test_what_is_no_signature_is_none(signature):
    assert not is_signed(KEY, TIME, BODY, signature)


def test_a_site_without_a_key_signs_nothing():
    assert not is_signed("", TIME, BODY, sign("", TIME, BODY))


@pytest.mark.parametrize(
    ("time", "timely"),
    [("1000", True), (str(1000 + TOLERANCE), True), (str(999 - TOLERANCE), False), ("", False), ("-1000", False)],
)
def test_a_clock_may_be_off_by_some_minutes(time, timely):
    assert is_timely(time, now=1000) is timely


def test_everything_is_read():
    sent = body(
        phone="050 123 4567",
        listing={"reference": "MG-2304", "post": "118"},
        consent=["whatsapp", "email", "pigeon"],
        sent_at="2026-11-21T14:10:00+04:00",
    )
    assert read(sent, NOW) == Message(
        "e-1",
        name="Olga",
        phone="050 123 4567",
        reference="MG-2304",
        post=118,
        consent=("email", "whatsapp"),
        sent_at=NOW - timedelta(minutes=5),
    )


def test_texts_lose_what_a_database_stumbles_over():
    message = read(rb'{"id": 7, "name": " O\u0000lga \ud800 ", "text": "a\n\u0007b"}', NOW)
    assert (message.their_id, message.name, message.text) == ("7", "Olga ?", "a\nb")


def test_a_text_that_is_too_long_is_cut():
    assert len(read(body(name="x" * 999), NOW).name) == 160


@pytest.mark.parametrize(
    "said", ["yesterday", "2026-11-21T10:00:00", "2036-01-01T00:00:00Z", "0001-01-01T00:00:00Z", 17, None]
)
def test_a_time_that_cannot_be_is_forgotten(said):
    assert read(body(sent_at=said), NOW).sent_at is None


def test_a_plain_yes_covers_what_was_given():
    assert read(body(consent=True, email="olga@mail.test"), NOW).consent == ("email",)


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"text"',
        b"NaN",
        b'{"id": NaN}',
        b'{"name": "no id"}',
        b'{"id": true, "name": "x"}',
        b'{"id": "a b", "name": "x"}',
        b'{"id": 1}',
        b'{"id": 1, "name": {}}',
        b'{"id": 1, "name": "x", "listing": []}',
        b"[" * 60_000,
    ],
)
def test_what_cannot_be_read_is_said_to_be_unreadable(damaged):
    with pytest.raises(Unreadable):
        read(damaged, NOW)


def test_200_random_damages_are_read_or_refused():
    chance = random.Random(8)
    whole = body(phone="050", listing={"reference": "A", "post": 1}, consent=["email"], sent_at="2026-11-21T10:00:00Z")
    for _ in range(200):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            message = read(bytes(damaged), NOW)
        except Unreadable:
            continue
        assert message.their_id
