"""Views and enquiries by day: who is counted, and what the CRM is told."""

import pytest

from tests.wordpress.test_enquiries import FORM, ROUTES, fill_in, publish, sign_in

VISITOR = FORM | {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


def look(site, post, agent="Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", **headers):
    sent = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": agent, **headers}
    return site.call("POST", f"{ROUTES}/view", f"post={post}".encode(), headers=sent).status


def numbers(site, query=""):
    return site.call("GET", f"{ROUTES}/numbers{query}", user=site.admin).json()


def test_visitors_are_counted_once_and_robots_never(wordpress):
    post, _ = publish(wordpress)
    agents = ["Firefox/140.0", "Firefox/140.0", "Safari/18", "Googlebot/2.1", "", "curl/8"]
    assert [look(wordpress, post, agent) for agent in agents] == [204] * 6
    days = numbers(wordpress)["days"]  # two of them at midnight
    assert {(day["listing_id"], day["reference"], day["post"]) for day in days} == {("4711", "MG-2304", post)}
    assert sum(day["views"] for day in days) == 2


@pytest.mark.parametrize(
    ("agent", "views"),
    [
        ("Mozilla/5.0 (Linux; Android 13; CUBOT X30) Chrome/140.0.0.0 Mobile Safari/537.36", 1),
        ("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0.0.0 Safari/537.36", 0),
        ("Mozilla/5.0 AppleWebKit/537.36 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", 0),
    ],
)
def test_a_telephone_by_the_name_of_cubot_is_no_robot(wordpress, agent, views):
    post, _ = publish(wordpress)
    look(wordpress, post, agent)
    assert sum(day["views"] for day in numbers(wordpress)["days"]) == views


def test_visitors_behind_one_proxy_count_each(wordpress):
    post, _ = publish(wordpress)
    for address in ("203.0.113.5", "203.0.113.6", "203.0.113.5"):
        look(wordpress, post, **{"X-Forwarded-For": address})
    assert sum(day["views"] for day in numbers(wordpress)["days"]) == 2


def test_who_works_on_the_site_is_not_asked_to_tell(wordpress):
    _, path = publish(wordpress)
    assert "assets/view.js" in wordpress.call("GET", path).text
    assert "assets/view.js" not in wordpress.call("GET", path, headers=sign_in(wordpress)).text


def test_enquiries_are_counted_by_listing(wordpress):
    post, path = publish(wordpress)
    fill_in(wordpress, path)
    assert [(day["post"], day["enquiries"]) for day in numbers(wordpress)["days"]] == [(post, 1)]


def test_a_view_of_something_else_counts_for_nothing(wordpress):
    plain = wordpress.call("POST", "/wp-json/wp/v2/posts", {"title": "x", "status": "publish"}, user=wordpress.admin)
    hidden, _ = publish(wordpress)
    wordpress.call("DELETE", f"/wp-json/wp/v2/crm-properties/{hidden}", user=wordpress.admin)
    assert [look(wordpress, post) for post in (plain.json()["id"], hidden, 999999)] == [204] * 3
    assert numbers(wordpress)["days"] == []


def test_the_day_is_the_sites_own(wordpress):
    post, _ = publish(wordpress)
    look(wordpress, post)
    there = wordpress.php("return [wp_date('Y-m-d', time() - 3600), wp_date('Y-m-d')];")
    said = numbers(wordpress)
    assert said["timezone"] == "Europe/Paris"
    assert said["days"][0]["day"] in there


def test_only_the_days_asked_for_are_told(wordpress):
    post, _ = publish(wordpress)
    look(wordpress, post)
    assert numbers(wordpress, "?since=2999-01-01")["days"] == []
    assert wordpress.call("GET", f"{ROUTES}/numbers?since=yesterday", user=wordpress.admin).status == 400
    assert wordpress.call("GET", f"{ROUTES}/numbers").status == 401


def test_many_days_come_in_parts(wordpress):
    rows = ", ".join(f"('2026-01-01', {number}, 1, 0)" for number in range(1, 1102))
    wordpress.sql(f"INSERT INTO wp_crm_days (day, post_id, views, enquiries) VALUES {rows}")
    first, second = numbers(wordpress), numbers(wordpress, "?offset=1000")
    assert (len(first["days"]), first["more"], len(second["days"]), second["more"]) == (1000, True, 101, False)
