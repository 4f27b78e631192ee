"""The pages of viewings: what is booked through them, what each role sees, what is said when the time is taken."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from waffle.testutils import override_flag

from apps.viewings.actions.booking import book
from apps.viewings.actions.feed import make_feed
from apps.viewings.models import CalendarFeed, Feedback, Viewing
from tests.factories import CustomerFactory, ListingFactory, PhoneFactory, ViewingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _switched_on():
    with override_flag("viewings", True), override_flag("customers", True), override_flag("matching", True):
        yield


@pytest.fixture
def signed_in(client, agent):
    client.force_login(agent)
    return client


@pytest.fixture
def past(listing, customer, agent):
    """A viewing that was over an hour ago."""
    return ViewingFactory(
        listing=listing,
        agent=agent,
        created_by=agent,
        customers=[customer],
        starts_at=timezone.now() - timedelta(hours=2),
    )


def send(client, name, *args, **fields):
    return client.post(reverse(name, args=args), {"submission_key": str(uuid.uuid4()), **fields})


def booking(listing, customer, agent, at, **others):
    return {
        "listing": listing.listing_id,
        "customer": customer.reference,
        "day": timezone.localtime(at).date().isoformat(),
        "slot": at.isoformat(),
        "minutes": "30",
        "agent": agent.pk,
        **others,
    }


def test_a_viewing_is_booked_in_the_drawer(signed_in, listing, customer, agent, at_noon):
    answer = send(signed_in, "viewings:book", **booking(listing, customer, agent, at_noon))
    viewing = Viewing.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, viewing.get_absolute_url())
    assert (viewing.starts_at, list(viewing.customers.all())) == (at_noon, [customer])


def test_a_time_that_is_taken_is_answered_with_the_nearest_free_and_all_that_was_typed(
    signed_in, listing, customer, agent, at_noon
):
    book(listing, [customer], agent, at_noon, by=agent)
    answer = send(signed_in, "viewings:book", **booking(listing, customer, agent, at_noon, access_notes="Lobby B"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert (at_noon + timedelta(minutes=30)).isoformat() in page.replace("&#x2B;", "+").replace("&#43;", "+")
    assert "Lobby B" in page
    assert "Layla shows Marina Gate 2" in page


def test_a_free_time_that_was_offered_counts_instead_of_the_typed_one_that_was_taken(
    signed_in, listing, customer, agent, at_noon
):
    book(listing, [customer], agent, at_noon, by=agent)
    typed = booking(listing, customer, agent, at_noon, slot="", time="12:00")
    answer = send(signed_in, "viewings:book", **typed)
    assert answer.status_code == 422
    assert answer.context["form"]["time"].value() == ""
    offered = answer.context["nearest"][0]
    answer = send(signed_in, "viewings:book", **typed | {"slot": offered.isoformat(), "time": ""})
    assert Viewing.objects.latest("pk").starts_at == offered != at_noon


def test_two_times_are_asked_about(signed_in, listing, customer, agent, at_noon):
    answer = send(signed_in, "viewings:book", **booking(listing, customer, agent, at_noon, time="15:00"))
    assert (answer.status_code, Viewing.objects.count()) == (422, 0)
    assert answer.context["nearest"] == [at_noon, at_noon + timedelta(hours=3)]
    assert "Two times are given" in answer.content.decode()


def test_a_viewing_is_moved_to_a_free_time_although_its_own_stands_in_the_form(
    signed_in, listing, customer, agent, at_noon
):
    viewing = book(listing, [customer], agent, at_noon, by=agent)
    later = at_noon + timedelta(hours=2)
    fields = booking(listing, customer, agent, later, time="12:00", version=viewing.version)
    assert send(signed_in, "viewings:move", viewing.pk, **fields).status_code == 302
    viewing.refresh_from_db()
    assert viewing.starts_at == later


def test_free_times_of_a_viewing_that_moves_count_its_own_as_free(signed_in, listing, customer, agent, at_noon):
    viewing = book(listing, [customer], agent, at_noon, by=agent)
    next_day = at_noon + timedelta(days=1)
    for day in (at_noon, next_day):
        asked = {"moving": viewing.pk, "day": day.date().isoformat(), "minutes": "30", "agent": agent.pk}
        page = signed_in.get(reverse("viewings:slots"), asked).content.decode()
        assert f'value="{day.isoformat()}"' in page
    assert signed_in.get(reverse("viewings:slots"), asked | {"moving": "999999"}).status_code == 404


def test_the_drawer_opens_with_the_listing_and_its_free_slots(signed_in, listing, customer):
    address = f"{reverse('viewings:book')}?listing={listing.listing_id}&customer={customer.reference}"
    page = signed_in.get(address).content.decode()
    assert 'name="slot"' in page
    assert "James Whitfield" in page


def test_a_key_that_is_no_text_does_not_hide_the_free_slots(signed_in, listing, agent, at_noon):
    asked = {"listing": listing.listing_id, "day": at_noon.date(), "minutes": 30, "agent": agent.pk, "key_name": "\x00"}
    assert 'name="slot"' in signed_in.get(reverse("viewings:slots"), asked).content.decode()


@pytest.mark.parametrize("view", ["day", "week", "agenda"])
def test_the_calendar_shows_viewings_with_their_customers(signed_in, listing, customer, agent, at_noon, view):
    book(listing, [customer], agent, at_noon, by=agent)
    day = timezone.localtime(at_noon).date()
    page = signed_in.get(reverse("viewings:calendar"), {"view": view, "day": day.isoformat()}).content.decode()
    assert "Marina Gate 2" in page
    assert "James Whitfield" in page


def test_a_colleagues_customer_is_named_nowhere(client, listing, customer, agent, other_agent, at_noon):
    PhoneFactory(customer=customer, e164="+971501234567")
    viewing = book(listing, [customer], agent, at_noon, by=agent)
    client.force_login(other_agent)
    day = timezone.localtime(at_noon).date().isoformat()
    pages = [
        client.get(reverse("viewings:calendar"), {"agent": "all", "view": "week", "day": day}),
        client.get(reverse("viewings:calendar"), {"agent": "all", "view": "agenda", "day": day}),
        client.get(viewing.get_absolute_url()),
        client.get(reverse("viewings:of-listing", args=[listing.listing_id])),
        client.get(reverse("viewings:report", args=[listing.listing_id])),
        client.get(reverse("listings:activity", args=[listing.listing_id])),
    ]
    for answer in pages:
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "Whitfield" not in page
        assert "501234567" not in page
    assert "A colleague&#x27;s customer" in pages[2].content.decode()
    assert client.get(reverse("viewings:of-customer", args=[customer.reference])).status_code == 404


def test_who_has_no_viewings_is_told_so(client, viewer, marketing, listing, past):
    for person in (viewer, marketing):
        client.force_login(person)
        assert client.get(reverse("viewings:calendar")).status_code == 403
        assert client.get(past.get_absolute_url()).status_code == 404


def test_feedback_is_one_button(signed_in, past, customer):
    answer = send(signed_in, "viewings:feedback", past.pk, verdict="maybe")
    given = Feedback.objects.get()
    past.refresh_from_db()
    assert answer.status_code == 302
    assert (given.verdict, given.customer, past.done_at is not None) == ("maybe", customer, True)


def test_the_second_tap_tells_the_owner_and_plans_the_next_step(signed_in, past, customer, agent):
    send(signed_in, "viewings:feedback", past.pk, verdict="liked")
    page = signed_in.get(reverse("viewings:feedback", args=[past.pk])).content.decode()
    assert "They liked it." in page
    send(signed_in, "viewings:told", Feedback.objects.get().pk, how="said", plan="yes", step="Ask James for an offer")
    given = Feedback.objects.get()
    assert (given.told_owner_by, customer.tasks.get().title) == (agent, "Ask James for an offer")


def test_telling_the_owner_can_be_taken_back(signed_in, past):
    send(signed_in, "viewings:feedback", past.pk, verdict="no", reason=["too_dear"])
    given = Feedback.objects.get()
    send(signed_in, "viewings:told", given.pk, how="said")
    send(signed_in, "viewings:told-undo", given.pk)
    given.refresh_from_db()
    assert given.told_owner_at is None


def test_outstanding_feedback_is_a_list(signed_in, past):
    assert "Marina Gate 2" in signed_in.get(reverse("viewings:outstanding")).content.decode()
    send(signed_in, "viewings:feedback", past.pk, verdict="liked")
    page = signed_in.get(reverse("viewings:outstanding")).content.decode()
    assert "Every viewing has its feedback" in page
    assert "They liked it." in page  # the owner does not know yet


def test_the_report_is_a_page_and_a_pdf_with_arabic(signed_in, past, listing):
    listing.unit.place.name = "برج الأميرة"
    listing.unit.place.save()
    send(signed_in, "viewings:feedback", past.pk, verdict="no", reason=["too_dear"], line="The lift is slow")
    page = signed_in.get(reverse("viewings:report", args=[listing.listing_id])).content.decode()
    assert "The lift is slow" in page
    file = signed_in.get(reverse("viewings:report-pdf", args=[listing.listing_id]))
    assert (file["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")


def test_the_report_parts_thousands(signed_in, listing, monkeypatch):
    monkeypatch.setattr("apps.viewings.report._counters", [lambda listing: [("Views on the website", 3684)]])
    assert "<dd>3,684</dd>" in signed_in.get(reverse("viewings:report", args=[listing.listing_id])).content.decode()


def test_a_feed_is_read_without_signing_in_until_it_is_revoked(client, agent, listing, customer, at_noon):
    book(listing, [customer], agent, at_noon, by=agent)
    _, secret = make_feed(by=agent)
    assert secret not in str(CalendarFeed.objects.values().get())
    address = reverse("viewings:calendar-feed", args=[secret])
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "Marina Gate 2" in answer.content.decode().replace("\r\n ", "")
    client.force_login(agent)
    client.post(reverse("viewings:feed"), {"do": "revoke"})
    client.logout()
    assert client.get(address).status_code == 404
    assert client.get(reverse("viewings:calendar-feed", args=["x" * 43])).status_code == 404


def test_a_new_feed_ends_the_one_before(client, agent):
    first, second = make_feed(by=agent)[1], make_feed(by=agent)[1]
    statuses = [client.get(reverse("viewings:calendar-feed", args=[one])).status_code for one in (first, second)]
    assert statuses == [404, 200]


def test_the_listings_page_has_the_tab_and_the_button(signed_in, listing):
    page = signed_in.get(listing.get_absolute_url()).content.decode()
    assert reverse("viewings:of-listing", args=[listing.listing_id]) in page
    assert "Book viewing" in page


def test_the_flag_hides_it_all(signed_in, listing):
    with override_flag("viewings", False):
        assert signed_in.get(reverse("viewings:calendar")).status_code == 404
        assert "Book viewing" not in signed_in.get(listing.get_absolute_url()).content.decode()


def test_a_calendar_costs_few_queries_however_many_viewings(signed_in, agent, django_assert_max_num_queries, at_noon):
    for n in range(12):
        ViewingFactory(
            listing=ListingFactory(created_by=agent), agent=agent, starts_at=at_noon + timedelta(minutes=30 * n)
        )
    day = timezone.localtime(at_noon).date().isoformat()
    with django_assert_max_num_queries(16):
        signed_in.get(reverse("viewings:calendar"), {"day": day})
    assert CustomerFactory._meta.model.objects.count() == 12


def test_each_field_of_a_booking_asks_for_suggestions_with_its_own_text_alone(signed_in):
    text = signed_in.get(reverse("viewings:book")).content.decode()
    for name in ("listing_text", "customer_text", "second_text"):  # what stands around them asks with the whole form
        assert f'hx-params="{name}"' in text
