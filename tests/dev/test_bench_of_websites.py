"""The record by which a bare loop sends what the CRM sent."""

from dev.bench.website_replay import read, write


def test_a_record_gives_back_each_request_as_it_was_sent(tmp_path):
    photo = ("cover.webp", b"\x00{}\n" * 99, "image/webp")
    sent = [
        ("GET", "wp-json/wp/v2/crm-properties", {"params": {"include": "1,2"}}, None),
        ("POST", "wp-json/wp/v2/media", {"data": {"post": "4"}, "files": {"file": photo}}, 77),
        ("POST", "wp-json/wp/v2/crm-properties", {"json": {"title": "شقة\n", "meta": {"crm_photos": [77]}}}, 78),
    ]
    with (tmp_path / "sent").open("ab") as record:
        for request in sent:
            write(record, *request)
    assert list(read(tmp_path / "sent")) == sent
