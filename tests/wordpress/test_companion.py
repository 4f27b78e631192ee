"""The companion on a real site: its property type, its look-up, and one post per id."""

from concurrent.futures import ThreadPoolExecutor

from tests.wordpress.test_public_page import PIXEL

PROPERTIES = "/wp-json/wp/v2/crm-properties"
META = {
    "crm_listing_id": "4711",
    "crm_reference": "A-4711",
    "crm_price": 1250000.5,
    "crm_currency": "AED",
    "crm_bedrooms": 0,
    "crm_area": 812.25,
    "crm_new_construction": True,
    "crm_amenities": ["Pool", "Gym"],
    "crm_photos": [7, 5],
    "crm_city": "دبي",
}


def create(site, ours="4711", **changes):
    body = {"title": "Studio in Marina", "status": "publish", "meta": {**META, "crm_listing_id": ours}, **changes}
    return site.call("POST", PROPERTIES, body, user=site.admin)


def find(site, *ids):
    return site.call("GET", "/wp-json/realestatecrm/v1/find?ids=" + ",".join(ids), user=site.admin).json()["found"]


def test_every_kind_of_field_comes_back_as_it_was_sent(wordpress):
    made = create(wordpress)
    assert made.status == 201
    read = wordpress.call("GET", f"{PROPERTIES}/{made.json()['id']}?context=edit", user=wordpress.admin).json()
    assert {key: read["meta"][key] for key in META} == META


def test_an_unknown_number_is_null_and_not_a_studio(wordpress):
    made = create(wordpress, meta={"crm_listing_id": "1", "crm_bedrooms": None})
    assert made.json()["meta"]["crm_bedrooms"] is None
    assert made.json()["meta"]["crm_price"] is None


def test_of_eight_creates_at_once_with_one_id_one_wins_and_seven_hear_which(wordpress):
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: create(wordpress), range(8)))
    assert sorted(answer.status for answer in answers) == [201, *[409] * 7]
    winner = next(answer.json()["id"] for answer in answers if answer.status == 201)
    assert {answer.json()["data"]["id"] for answer in answers if answer.status == 409} == {winner}
    assert [post["id"] for post in find(wordpress, "4711")["4711"]] == [winner]


def upload(site, digest):
    boundary, parts = "part", {"meta[crm_photo_digest]": digest}
    body = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    ).encode()
    body += f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{digest}.png"\r\n'.encode()
    body += b"Content-Type: image/png\r\n\r\n" + PIXEL + f"\r\n--{boundary}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    return site.call("POST", "/wp-json/wp/v2/media", body, user=site.admin, headers=headers)


def test_of_four_uploads_of_one_picture_at_once_one_is_kept_and_three_hear_which(wordpress):
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: upload(wordpress, "crm-1-abc"), range(4)))
    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409]
    winner = next(answer.json()["id"] for answer in answers if answer.status == 201)
    assert {answer.json()["data"]["id"] for answer in answers if answer.status == 409} == {winner}
    found = wordpress.call("GET", "/wp-json/realestatecrm/v1/media?digests=crm-1-abc", user=wordpress.admin)
    assert [one["id"] for one in found.json()["found"]["crm-1-abc"]] == [winner]


def test_an_update_keeps_its_id_and_may_not_take_that_of_another(wordpress):
    first, second = (create(wordpress, ours).json()["id"] for ours in ("1", "2"))
    same = wordpress.call("POST", f"{PROPERTIES}/{first}", {"meta": {"crm_listing_id": "1"}}, user=wordpress.admin)
    taken = wordpress.call("POST", f"{PROPERTIES}/{first}", {"meta": {"crm_listing_id": "2"}}, user=wordpress.admin)
    assert (same.status, taken.status, taken.json()["data"]["id"]) == (200, 409, second)


def test_many_are_found_at_once_trash_included(wordpress):
    here, gone = (create(wordpress, ours).json()["id"] for ours in ("1", "2"))
    wordpress.call("DELETE", f"{PROPERTIES}/{gone}", user=wordpress.admin)
    found = find(wordpress, "1", "2", "3")
    assert [(post["id"], post["status"]) for post in found["1"]] == [(here, "publish")]
    assert [(post["id"], post["status"]) for post in found["2"]] == [(gone, "trash")]
    assert found["3"] == []


def test_what_was_trashed_comes_back(wordpress):
    post = create(wordpress).json()["id"]
    wordpress.call("DELETE", f"{PROPERTIES}/{post}", user=wordpress.admin)
    back = wordpress.call("POST", f"{PROPERTIES}/{post}", {"status": "publish"}, user=wordpress.admin)
    assert (back.status, back.json()["status"]) == (200, "publish")
    assert back.json()["meta"]["crm_price"] == META["crm_price"]


def test_plain_posts_carry_our_id_too(wordpress):
    made = wordpress.call(
        "POST", "/wp-json/wp/v2/posts", {"title": "x", "meta": {"crm_listing_id": "9"}}, user=wordpress.users["editor"]
    )
    assert (made.status, [post["type"] for post in find(wordpress, "9")["9"]]) == (201, ["post"])


def test_strangers_hear_nothing_from_the_look_up(wordpress):
    assert wordpress.call("GET", "/wp-json/realestatecrm/v1/find?ids=1").status == 401
    assert wordpress.call("GET", "/wp-json/realestatecrm/v1/status").status == 401


def test_the_site_tells_the_crm_what_it_can(wordpress):
    said = wordpress.call("GET", "/wp-json/realestatecrm/v1/status", user=wordpress.users["editor"]).json()
    own = next(kind for kind in said["types"] if kind["type"] == "crm_property")
    assert own["rest_base"] == "crm-properties"
    assert set(META) <= set(own["meta"])
    assert said["limits"]["upload_bytes"] == 8 * 1024 * 1024
    assert said["can"] == {**dict.fromkeys(said["can"], True), "settings": False}
