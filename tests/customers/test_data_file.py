"""The file that a person gets of all that is kept of them."""

import io
import zipfile

from apps.customers.data_file import data_file
from apps.matching.actions.decision import dismiss
from tests.factories import CustomerFactory, ListingFactory, RequirementFactory


def test_it_says_in_words_what_is_kept(db, manager):
    customer = CustomerFactory(full_name="James Whitfield", roles=["buyer"])
    RequirementFactory(customer=customer, price_max=2_500_000, features_must=["marina_view"], sub_types=["Apartment"])
    archive = zipfile.ZipFile(io.BytesIO(data_file(customer, by=manager)))
    page = archive.read("data.html").decode()
    for words in ("James Whitfield", "Buyer", "2500000<", "marina view", "Apartment"):
        assert words in page
    for keys in ("marina_view", "Place ids", "2500000.000", "sub_types"):
        assert keys not in page


def test_what_was_seen_when_a_listing_was_judged_is_no_news_to_them(db, agent, manager):
    wanted = RequirementFactory(customer__agent=agent, customer__created_by=agent)
    dismiss(wanted, ListingFactory(created_by=agent), "too_small", by=agent, line="Too small for us.")
    archive = zipfile.ZipFile(io.BytesIO(data_file(wanted.customer, by=manager)))
    page = archive.read("data.html").decode()
    assert "Too small for us." in page
    assert "Seen" not in page
