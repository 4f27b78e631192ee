"""Enquiries on a real site: the form, the queue, and what the CRM gets."""

import re
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.wordpress.intake import KEY, Intake

ROUTES = "/wp-json/realestatecrm/v1"
FORM = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Mozilla/5.0 (a visitor)"}


@pytest.fixture
def crm():
    with Intake() as intake:
        yield intake


@pytest.fixture
def connected(wordpress, crm):
    """The site knows the CRM; what the test of the connection sent is forgotten."""
    settings = {"crm_url": crm.url, "site": "3", "key": KEY}
    said = wordpress.call("POST", f"{ROUTES}/connect", settings, user=wordpress.admin).json()
    assert said["good"], said
    assert crm.received.pop().said["test"] is True
    return wordpress


def publish(site, ours="4711", reference="MG-2304"):
    body = {
        "title": "Two bedrooms in Marina Gate",
        "status": "publish",
        "meta": {"crm_listing_id": ours, "crm_reference": reference, "crm_price": 1250000, "crm_currency": "AED"},
    }
    made = site.call("POST", "/wp-json/wp/v2/crm-properties", body, user=site.admin).json()
    return made["id"], made["link"].removeprefix(site.url)


def fill_in(site, path, **changes):
    """Send the form as a browser would: with the hidden fields of the page."""
    page = site.call("GET", path).text
    hidden = dict(re.findall(r'type="hidden" name="(crm_enquiry\[\w+\])" value="([^"]*)"', page))
    typed = {"name": "Aïsha Khan", "phone": "+971 50 123 4567", "text": "Is it still there?", "consent": "1", **changes}
    body = hidden | {f"crm_enquiry[{name}]": value for name, value in typed.items()}
    return site.call("POST", path, urlencode(body).encode(), headers=FORM)


def deliver(site):
    return site.call("POST", f"{ROUTES}/deliver", {}, user=site.admin).json()


def fetched(site, after=0):
    return site.call("GET", f"{ROUTES}/enquiries?after={after}", user=site.users["editor"]).json()["enquiries"]


def test_an_enquiry_reaches_the_crm_signed_with_its_listing(connected, crm):
    post, path = publish(connected)
    answer = fill_in(connected, path + "?utm_source=google&utm_campaign=autumn")
    assert (answer.status, answer.headers["location"]) == (303, f"{connected.url}{path}?enquiry=sent#crm-enquiry")
    [received] = crm.received
    assert (received.site, received.is_signed, abs(int(received.time) - time.time()) < 60) == ("3", True, True)
    said = received.said
    assert said["listing"] == {"reference": "MG-2304", "post": post, "id": "4711"}
    assert (said["name"], said["phone"], said["text"]) == ("Aïsha Khan", "+971 50 123 4567", "Is it still there?")
    assert (said["source"], said["campaign"], said["page"]) == ("google", "autumn", connected.url + path)
    assert said["consent"] is True
    assert "contacted" in said["consent_text"]


def test_the_visitor_is_thanked(connected):
    _, path = publish(connected)
    assert "Thank you" in connected.call("GET", path + "?enquiry=sent").text


def test_what_the_crm_could_not_take_is_sent_again_with_the_same_id(connected, crm):
    _, path = publish(connected)
    crm.answers.append((503, b"<html>Maintenance</html>", {"Retry-After": "3600"}))
    assert fill_in(connected, path).status == 303
    state = connected.call("GET", f"{ROUTES}/status", user=connected.admin).json()["delivery"]
    assert (state["waiting"], state["trouble"]) == (1, "The CRM answered 503.")
    assert deliver(connected) == {"sent": 1, "waiting": 0, "refused": 0, "oldest": None, "trouble": ""}
    first, second = crm.received
    assert first.said == second.said
    assert second.is_signed


def test_wordpress_own_clock_sends_it_again_too(connected, crm):
    _, path = publish(connected)
    crm.answers.append((500, b"", {}))
    fill_in(connected, path)
    assert connected.php("return wp_next_scheduled('realestatecrm_deliver') > time();")
    connected.sql("UPDATE wp_crm_enquiries SET due = 1")
    connected.php(
        "wp_clear_scheduled_hook('realestatecrm_deliver'); return wp_schedule_single_event(1, 'realestatecrm_deliver');"
    )
    connected.call("GET", "/wp-cron.php?doing_wp_cron")
    assert len(crm.received) == 2


def test_another_page_that_answers_200_is_not_taken_for_the_crm(connected, crm):
    _, path = publish(connected)
    crm.answers.append((200, b"<html>Welcome to nginx</html>", {}))
    fill_in(connected, path)
    assert deliver(connected)["sent"] == 1
    assert len(crm.received) == 2


def test_a_refused_enquiry_is_not_sent_again_and_says_why(connected, crm):
    _, path = publish(connected)
    crm.answers.append((422, {"error": "no way to answer"}, {}))
    fill_in(connected, path)
    assert deliver(connected) == {"sent": 0, "waiting": 0, "refused": 1, "oldest": None, "trouble": "no way to answer"}
    assert len(crm.received) == 1


def test_a_clock_that_is_off_is_put_right_at_once(connected, crm):
    _, path = publish(connected)
    there = int(time.time()) + 4000
    crm.answers.append((401, {"error": "time", "now": there}, {}))
    fill_in(connected, path)
    _, second = crm.received
    assert second.is_signed
    assert abs(int(second.time) - there) < 60


def test_a_wrong_key_keeps_the_enquiry_and_says_so(connected, crm):
    _, path = publish(connected)
    crm.answers.append((401, {"error": "signature"}, {}))
    fill_in(connected, path)
    state = connected.call("GET", f"{ROUTES}/status", user=connected.admin).json()["delivery"]
    assert (state["waiting"], state["trouble"]) == (1, "The CRM does not know this site number or this key.")


def test_sites_that_cannot_call_out_are_asked(wordpress):
    post, path = publish(wordpress)
    fill_in(wordpress, path, text="First")
    fill_in(wordpress, path, text="Second")
    first, second = fetched(wordpress)
    assert (first["text"], first["listing"]["post"], second["text"]) == ("First", post, "Second")
    assert [enquiry["text"] for enquiry in fetched(wordpress, after=first["n"])] == ["Second"]
    assert wordpress.call("GET", f"{ROUTES}/enquiries").status == 401
    assert wordpress.call("GET", f"{ROUTES}/enquiries", user=wordpress.users["author"]).status == 403


def test_the_form_keeps_what_was_typed_and_says_what_is_missing(wordpress):
    _, path = publish(wordpress)
    page = fill_in(wordpress, path, phone="", email="not an address", consent="")
    assert page.status == 200
    assert 'value="Aïsha Khan"' in page.text
    assert "This is not an e-mail address." in page.text
    assert "Please tick this" in page.text
    assert fetched(wordpress) == []


def test_a_form_without_its_stamp_is_asked_for_once_more(wordpress):
    _, path = publish(wordpress)
    assert "send once more" in fill_in(wordpress, path, stamp="1700000000.0123456789").text
    assert fetched(wordpress) == []


def test_a_form_that_comes_back_at_once_is_asked_for_once_more(wordpress):
    _, path = publish(wordpress)
    wordpress.php("return update_option('test_least_seconds', 3600);")
    assert "very quick" in fill_in(wordpress, path).text
    assert fetched(wordpress) == []


def test_a_form_out_of_a_page_cache_is_taken(wordpress):
    """Such a page may be days old."""
    _, path = publish(wordpress)
    stamp = wordpress.php(
        "$at = (string) (time() - 20 * DAY_IN_SECONDS); return $at . '.' . wp_hash(\"crm-enquiry $at\", 'nonce');"
    )
    assert fill_in(wordpress, path, stamp=stamp).status == 303
    assert len(fetched(wordpress)) == 1


def test_without_permalinks_the_visitor_comes_back_to_the_property(wordpress):
    post, _ = publish(wordpress)
    wordpress.php("update_option('permalink_structure', ''); return 1;")
    answer = fill_in(wordpress, f"/?crm_property=two-bedrooms-in-marina-gate&post_type=crm_property&p={post}")
    assert (answer.status, "enquiry=sent" in answer.headers["location"]) == (303, True)
    assert "crm_property=" in answer.headers["location"]
    assert fetched(wordpress)[0]["page"] in answer.headers["location"]


def test_a_draft_is_not_told_of(wordpress):
    _, path = publish(wordpress)
    hidden, _ = publish(wordpress, "4712", "MG-9999")
    wordpress.call("POST", f"/wp-json/wp/v2/crm-properties/{hidden}", {"status": "draft"}, user=wordpress.admin)
    fill_in(wordpress, path, post=str(hidden))
    [enquiry] = fetched(wordpress)
    assert "listing" not in enquiry


def test_what_cannot_be_seen_is_left_out(wordpress):
    _, path = publish(wordpress)
    fill_in(wordpress, path, name="Omar\r\nBcc: x@example.test\x07", text="One\r\nTwo \x00<b>")
    [enquiry] = fetched(wordpress)
    assert (enquiry["name"], enquiry["text"]) == ("Omar Bcc: x@example.test", "One\nTwo <b>")


def test_what_waits_leaves_without_wordpress_own_clock(connected, crm):
    _, path = publish(connected)
    crm.answers.append((500, b"", {}))
    fill_in(connected, path)
    connected.sql("UPDATE wp_crm_enquiries SET due = 1")
    connected.call("GET", f"{ROUTES}/numbers", user=connected.users["editor"])
    assert [received.said["name"] for received in crm.received] == ["Aïsha Khan"] * 2


def test_a_person_is_exported_and_erased(wordpress):
    _, path = publish(wordpress)
    fill_in(wordpress, path, email="aisha@example.test")
    fill_in(wordpress, path, email="other@example.test")
    exported = wordpress.php("return RealEstateCRM\\Companion\\export_enquiries('Aisha@example.test');")
    assert {"name": "name", "value": "Aïsha Khan"} in exported["data"][0]["data"]
    erased = wordpress.php("return RealEstateCRM\\Companion\\erase_enquiries('Aisha@example.test');")
    assert (erased["items_removed"], erased["items_retained"]) == (1, 0)
    assert [enquiry["email"] for enquiry in fetched(wordpress)] == ["other@example.test"]


def test_who_fills_in_the_hidden_field_is_thanked_and_forgotten(wordpress):
    _, path = publish(wordpress)
    assert fill_in(wordpress, path, website="https://spam.example").status == 303
    assert fetched(wordpress) == []


def test_the_sixth_enquiry_of_one_visitor_is_asked_to_wait(wordpress):
    _, path = publish(wordpress)
    answers = [fill_in(wordpress, path) for _ in range(6)]
    assert [answer.status for answer in answers] == [303, 303, 303, 303, 303, 200]
    assert "ten minutes" in answers[-1].text


def test_a_visitor_who_changes_the_browser_name_is_asked_to_wait_too(wordpress):
    _, path = publish(wordpress)
    wordpress.php(
        "for ($i = 0; $i < 5; $i++) { RealEstateCRM\\Companion\\seen_before('enquiry', '127.0.0.1|', 600); } return 1;"
    )
    assert "ten minutes" in fill_in(wordpress, path).text


def test_the_key_is_never_shown_again(connected):
    cookie = sign_in(connected)
    page = connected.call("GET", "/wp-admin/options-general.php?page=realestatecrm-companion", headers=cookie)
    assert (page.status, "Number of this site" in page.text, KEY in page.text) == (200, True, False)


def sign_in(site):
    body = urlencode({"log": "admin", "pwd": "admin", "testcookie": "1"}).encode()
    answer = site.call(
        "POST", "/wp-login.php", body, headers=FORM | {"Cookie": "wordpress_test_cookie=WP+Cookie+check"}
    )
    return {"Cookie": "; ".join(part.split(";")[0] for part in answer.cookies)}


FORMS = {
    "WPForms": "wpforms.php",
    "Gravity Forms": "gravity.php",
    "Ninja Forms": "ninja.php",
    "Contact Form 7": "contact.php",
}


@pytest.mark.parametrize("plugin", FORMS)
def test_the_usual_form_plugins_hand_their_enquiries_over(wordpress, plugin):
    code = (Path(__file__).parent / "php" / "forms" / FORMS[plugin]).read_text()
    wordpress.php(code.removeprefix("<?php") + " return 1;")
    [enquiry] = fetched(wordpress)
    assert (enquiry["name"].split()[0], enquiry["email"], enquiry["text"], enquiry["source"]) == (
        *("Omar", "omar@example.test", "Hello", f"{plugin}: Ask"),
    )
