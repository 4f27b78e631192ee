"""What a site answers, read with suspicion: what goes away by itself, what somebody has to mend, and what is a lie."""

import json

import pytest

from apps.core.outbound import Answer
from apps.website.wordpress import Client, Temporary, Wrong, answers
from tests.factories import SiteFactory
from tests.tiny_server import Said, tiny_server


def answer(status=200, body=b"{}", **headers) -> Answer:
    return Answer(status, headers, body if isinstance(body, bytes) else json.dumps(body).encode())


def trouble(*args, **headers):
    with pytest.raises((Temporary, Wrong)) as raised:
        answers.read(answer(*args, **headers))
    return raised.value


def refused(status, code, message="No.", **data):
    return trouble(status, {"code": code, "message": message, "data": {"status": status, **data}})


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 520])
def test_what_goes_away_by_itself(status):
    assert isinstance(trouble(status, b"<h1>Oops"), Temporary)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        *(("7", 7), ("999999", 3600), ("9" * 5000, 3600), ("soon", None), ("1.5", None), ("-1", None), ("²", None)),
        *(("Mon, 01 Jan 2024 00:00:00 GMT", 0), ("Fri, 01 Jan 2100 00:00:00 GMT", 3600)),
        *(("Fri, 01 Jan 99999 00:00:00 GMT", None), (f"Fri, 01 Jan {'9' * 40} 00:00:00 GMT", None)),
    ],
)
def test_how_long_a_site_wants_to_be_left_alone(said, seconds):
    assert trouble(429, b"{}", **{"retry-after": said}).retry_after == seconds


@pytest.mark.parametrize(
    ("status", "code", "words", "field"),
    [
        (401, "rest_not_logged_in", "application password", ""),
        (401, "rest_cannot_create", "role", ""),
        (403, "rest_cannot_publish", "role", ""),
        (403, "rest_cannot_edit", "role", ""),
        (404, "rest_no_route", "plugin", ""),
        (404, "rest_post_invalid_id", "not on the site any more", ""),
        (500, "rest_upload_sideload_error", "kind of file", "photos"),
        (500, "rest_upload_unknown_error", "larger than the site takes", "photos"),
        (400, "rest_upload_no_content_disposition", "larger than the site takes", "photos"),
        (400, "rest_batch_not_allowed", "several changes at once", ""),
    ],
)
def test_what_somebody_has_to_mend(status, code, words, field):
    wrong = refused(status, code)
    assert (isinstance(wrong, Wrong), words in wrong.sentence, wrong.field) == (True, True, field)


def test_a_field_that_is_not_taken_is_named():
    wrong = refused(400, "rest_invalid_param", params={"meta": "meta.crm_price is not of type number."})
    assert (wrong.field, "not of type number" in wrong.sentence) == ("meta.crm_price", True)
    assert refused(400, "rest_invalid_param", params={"status": "No such status."}).field == "status"


def test_a_page_of_413_is_about_photos():
    assert trouble(413, b"<h1>413").field == "photos"


def test_a_message_of_the_site_is_text_not_markup():
    assert "<b>" not in refused(400, "odd", "<b>Bold</b> &amp; <script>x</script>").sentence


def test_json_behind_a_notice_is_read():
    notice = b"<br />\n<b>Warning</b>: x in <b>/a.php</b> on line <b>1</b><br />\n"
    assert answers.read(answer(201, notice + b'{"id": 4}'), status=(201,)) == {"id": 4}
    assert answers.read(answer(200, notice + b'[{"id": 4}]')) == [{"id": 4}]
    assert answers.has_notices(answer(200, notice + b"{}"))


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"null", b'"text"', b"4", b"<html>{}</html>", b'{"id": 4} and more', b"\xff\xfe"),
        *(b"[" * 100_000, b"[" * 700 + b"]" * 700, b'{"id": ' + b"9" * 5000 + b"}"),
    ],
)
def test_what_is_no_json_object_is_temporary(body):
    assert isinstance(trouble(200, body), Temporary)


@pytest.mark.parametrize("found", [{}, {"id": "4"}, {"id": True}, {"id": 0}, {"id": -1}, {"id": 2**63}, "x", None, 4])
def test_what_is_no_post_is_temporary(found):
    with pytest.raises(Temporary):
        answers.a_post(found)


def test_what_no_database_keeps_is_left_out():
    body = rb'{"title": {"raw": "a\u0000b\ud800c \ud83c\udfe0 \u0645"}, "tags": ["\u0000"]}'
    assert answers.read(answer(200, body)) == {"title": {"raw": "abc 🏠 م"}, "tags": [""]}


def test_another_post_than_was_asked_for_is_temporary():
    with pytest.raises(Temporary, match="another post"):
        answers.a_post({"id": 5}, number=4)


def test_a_list_for_a_write_means_that_it_was_redirected():
    with pytest.raises(Wrong, match="elsewhere"):
        answers.a_post([{"id": 4}])


def test_200_for_a_create_means_that_nothing_was_made():
    with pytest.raises(Wrong, match="did nothing"):
        answers.read(answer(200, {"id": 4}), status=(201,))


def test_each_part_of_a_batch_is_judged_apart():
    inside = [
        {"status": 200, "body": {"id": 1}},
        {"status": 401, "body": {"code": "rest_cannot_edit", "message": "No."}},
        {"status": 200, "body": {"id": "1"}},
        {"status": 503, "body": None},
        "x",
    ]
    first, *others = answers.parts({"responses": inside}, 5)
    assert first == {"id": 1}
    assert [type(one) for one in others] == [Wrong, Temporary, Temporary, Temporary]


@pytest.mark.parametrize("found", [{}, {"responses": []}, {"responses": {"0": 1}}, []])
def test_a_batch_that_lacks_answers_is_temporary(found):
    with pytest.raises(Temporary):
        answers.parts(found, 1)


@pytest.mark.parametrize(
    ("found", "expected"), [({"found": []}, {}), ({"found": {"7": [{"id": 4}]}}, {"7": [{"id": 4}]})]
)
def test_an_empty_object_of_php_is_a_list(found, expected):
    assert answers.found_by_our_id(found) == expected


@pytest.mark.parametrize("found", [{}, {"found": [1]}, {"found": {"7": 4}}, {"found": {"7": [{"id": "x"}]}}])
def test_a_look_up_that_lies_is_temporary(found):
    with pytest.raises(Temporary):
        answers.found_by_our_id(found)


def test_what_was_dropped_is_named():
    sent = {"title": "x", "colour": "red", "meta": {"a": 1, "b": 2}, "status": "publish"}
    assert answers.dropped(sent, {"title": {"raw": "x"}, "meta": {"a": 1}}) == ["colour", "meta.b"]
    assert answers.dropped(sent, {"title": 1, "colour": 1, "meta": []}) == ["meta.a", "meta.b"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (Said(hang=True), Temporary),
        (Said(body=b"[1", short=True), Temporary),
        (Said(301, headers={"Location": "https://example.com/"}), Wrong),
    ],
)
def test_no_answer_is_trouble_too(settings, said, kind):
    settings.WEBSITE_ALLOW_LOCAL = True
    with tiny_server() as server:
        server.say(said)
        patience = {"seconds": 0.3} if said.hang else {}  # the others answer, on a busy machine later than that
        with Client(SiteFactory(url=server.url), **patience) as client, pytest.raises(kind):
            client.create({"title": "x"}, 7)


@pytest.mark.django_db
def test_a_site_at_an_address_inside_is_never_asked(settings):
    settings.WEBSITE_ALLOW_LOCAL = False
    with Client(SiteFactory(url="http://127.0.0.1:9")) as client, pytest.raises(Wrong, match="not a public one"):
        client.index()
