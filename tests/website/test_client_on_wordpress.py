"""The client against a real WordPress with the companion."""

import io

import pytest
from PIL import Image

from apps.core.encryption import encrypt
from apps.website.profiles.shipped import shipped_profiles
from apps.website.wordpress import Client, Wrong
from apps.website.wordpress.answers import dropped
from tests.factories import ProfileFactory, SiteFactory

pytestmark = pytest.mark.django_db
BODY = {"title": "Two bedrooms", "status": "publish", "content": "<p>Sea.</p>", "meta": {"crm_price": 2450000}}


@pytest.fixture
def site(wordpress, settings):
    settings.WEBSITE_ALLOW_LOCAL = True
    user = wordpress.users["editor"]
    return SiteFactory(url=wordpress.url, username=user.login, password=encrypt(user.password))


@pytest.fixture
def client(site):
    with Client(site) as client:
        yield client


def picture():
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(file, "WEBP")
    return file.getvalue()


def test_a_post_is_made_found_changed_trashed_and_brought_back(client):
    made = client.create(BODY, 7)
    assert client.find([7, 8]) == {7: made["id"]}
    assert client.update(made["id"], {"meta": {"crm_price": 2400000}})["meta"]["crm_price"] == 2400000
    client.trash(made["id"])
    client.trash(made["id"])
    assert client.read([made["id"]])[made["id"]]["status"] == "trash"
    assert client.find([7]) == {7: made["id"]}
    assert client.restore(made["id"])["status"] == "publish"


def test_a_second_create_finds_the_first(client):
    first = client.create(BODY, 7)
    assert client.create(BODY, 7)["id"] == first["id"]
    assert len(client.find_all([7])[7]) == 1


def test_what_is_gone_is_left_out(client):
    made = client.create(BODY, 7)
    assert list(client.read([made["id"], 999_999])) == [made["id"]]
    with pytest.raises(Wrong) as gone:
        client.update(999_999, {"title": "x"})
    assert gone.value.is_missing


def test_several_changes_go_into_one_request_and_fail_apart(client):
    posts = [client.create(BODY, number)["id"] for number in (1, 2)]
    answers = client.batch(
        [(posts[0], {"title": "One"}), (999_999, {"title": "x"}), (posts[1], {"meta": {"crm_price": "x"}})]
    )
    assert answers[0]["id"] == posts[0]
    assert answers[1].is_missing
    assert (answers[2].field, isinstance(answers[2], Wrong)) == ("meta.crm_price", True)


def test_a_photo_is_sent_found_by_its_name_and_deleted(client):
    post = client.create(BODY, 7)["id"]
    sent = client.upload(picture(), "crm-7-abcdef.webp", "image/webp", alt="The view", post=post)
    assert client.find_media("crm-7-abcdef.webp") == sent["id"]
    assert client.media([sent["id"], 999_999]).keys() == {sent["id"]}
    assert client.media([sent["id"]])[sent["id"]]["post"] == post
    client.delete_media(sent["id"])
    assert client.find_media("crm-7-abcdef.webp") is None


def test_a_photo_that_is_sent_twice_is_kept_once(client):
    first, second = (client.upload(picture(), "crm-7-abcdef.webp", "image/webp") for _ in range(2))
    assert second["id"] == first["id"]


def test_a_file_that_is_no_photo_is_refused_for_good(client):
    with pytest.raises(Wrong) as refused:
        client.upload(b"<?php", "x.php", "image/webp")
    assert refused.value.field == "photos"


def test_a_wrong_password_is_told_as_such(site):
    site.password = encrypt("wrong")
    with Client(site) as client, pytest.raises(Wrong, match="application password"):
        client.whoami()


def test_a_user_without_the_right_is_told_as_such(site, wordpress):
    user = wordpress.users["contributor"]
    site.username, site.password = user.login, encrypt(user.password)
    with Client(site) as client, pytest.raises(Wrong, match="role"):
        client.create(BODY, 7)


def test_all_pages_are_read(client):
    for number in range(3):
        client.create(BODY, number + 1)
    rows, total = client.page(1)
    assert (len(rows), total) == (3, 3)


def test_fields_that_nobody_registered_are_noticed(client):
    body = {"title": "x", "meta": {"crm_price": 1, "colour": "red"}}
    assert dropped(body, client.create(body | {"status": "draft"}, 7)) == ["meta.colour"]


def test_plain_posts_are_found_by_their_address(site, client):
    site.profile = ProfileFactory(slug="posts", **shipped_profiles()["posts"])
    with Client(site) as client:
        made = client.create({"title": "Plain", "status": "publish"}, 7)
        assert client.find([7, 8]) == {7: made["id"]}
        client.trash(made["id"])
        assert client.find([7]) == {7: made["id"]}


def test_the_site_says_who_we_are_and_what_it_can(client):
    assert client.whoami()["roles"] == ["editor"]
    assert "realestatecrm/v1" in client.index()["namespaces"]
    assert client.status()["plugin"] == "realestatecrm-companion"
    assert "crm_price" in client.schema()["meta"]["properties"]


def test_several_posts_come_off_in_one_request(client):
    posts = [client.create(BODY, number)["id"] for number in (1, 2, 3)]
    client.trash(posts[2])
    said = client.trash_together([*posts, 999_999])
    assert [one["id"] for one in said[:2]] == posts[:2]
    assert (said[2].code, said[3].is_missing) == ("rest_already_trashed", True)
    assert {post["status"] for post in client.read(posts).values()} == {"trash"}
