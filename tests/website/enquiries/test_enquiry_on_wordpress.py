"""From the form on a real site's public page to the right agent's Today, and the same when the site cannot call out."""

import re
from urllib.parse import urlencode

import pytest
from waffle.testutils import override_flag

from apps.core.encryption import encrypt
from apps.core.queue import app
from apps.website.models import DailyNumber, Enquiry, Polling
from tests.factories import ListingFactory, SiteFactory
from tests.website.sites import KEY

pytestmark = pytest.mark.django_db(transaction=True)
ROUTES = "/wp-json/realestatecrm/v1"
A_FORM = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Mozilla/5.0 (a visitor)"}
OLGA = {"name": "Olga Kuznetsova", "phone": "050 123 4567", "text": "Is it still there?", "consent": "1"}


@pytest.fixture(autouse=True)
def switched_on():
    with override_flag("website", active=True), override_flag("customers", active=True):
        yield


@pytest.fixture
def site(wordpress, settings):
    settings.WEBSITE_ALLOW_LOCAL = True
    user = wordpress.users["editor"]
    secrets = {"password": encrypt(user.password), "intake_key": encrypt(KEY)}
    return SiteFactory(url=wordpress.url, username=user.login, **secrets)


@pytest.fixture
def listing(agent):
    return ListingFactory(listing_id="MG-2304", created_by=agent)


def publish(wordpress, listing) -> str:
    """Put the listing on the site; the address of its public page."""
    meta = {"crm_listing_id": str(listing.pk), "crm_reference": listing.listing_id}
    body = {"title": "Two bedrooms", "status": "publish", "meta": meta}
    made = wordpress.call("POST", "/wp-json/wp/v2/crm-properties", body, user=wordpress.admin).json()
    return made["link"].removeprefix(wordpress.url)


def fill_in(wordpress, path):
    """Send the form as a browser would: with the hidden fields of the page."""
    page = wordpress.call("GET", path).text
    hidden = dict(re.findall(r'type="hidden" name="(crm_enquiry\[\w+\])" value="([^"]*)"', page))
    body = hidden | {f"crm_enquiry[{name}]": value for name, value in OLGA.items()}
    return wordpress.call("POST", path, urlencode(body).encode(), headers=A_FORM)


def connect(wordpress, address, site, key=KEY) -> dict:
    """Tell the site where the CRM is, and what it says of it."""
    said = {"crm_url": address.replace("localhost", "127.0.0.1"), "site": str(site.pk), "key": key}
    return wordpress.call("POST", f"{ROUTES}/connect", said, user=wordpress.admin).json()


def test_the_form_on_the_public_page_ends_on_the_agents_today(wordpress, live_server, site, listing, agent, client):
    assert connect(wordpress, live_server.url, site)["good"]
    fill_in(wordpress, publish(wordpress, listing))
    enquiry = Enquiry.objects.select_related("customer").get()
    assert (enquiry.listing, enquiry.customer.agent, enquiry.customer.full_name) == (listing, agent, OLGA["name"])
    assert enquiry.customer.consents.exists()
    client.force_login(agent)
    card = client.get("/today/leads/", headers={"HX-Request": "true"}).content.decode()
    assert enquiry.get_absolute_url() in card and listing.label in card
    assert re.search(r"\b[0-4] min", card)  # since it was asked there, on a machine that may be slow


def test_a_wrong_key_is_told_to_the_sites_administrator(wordpress, live_server, site):
    said = connect(wordpress, live_server.url, site, key="not-the-key-of-this-site")
    assert not said["good"] and "key" in said["sentence"]


def test_a_site_that_cannot_call_out_is_read(wordpress, site, listing):
    connect(wordpress, "http://127.0.0.1:9", site)
    fill_in(wordpress, publish(wordpress, listing))
    app.tasks["website.ask_site"](site_id=site.pk)
    app.tasks["website.ask_site"](site_id=site.pk)
    assert Enquiry.objects.get().listing == listing
    assert Polling.objects.get().trouble == ""
    assert DailyNumber.objects.get().enquiries == 1
