"""Views and enquiries of a listing by day and site: the bars, the table, and who may see them."""

import uuid
from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from waffle.testutils import override_flag

from apps.listings.charts import sparkline
from apps.website.models import DailyNumber, Enquiry
from apps.website.numbers.daily import daily
from apps.website.numbers.sums import for_owner, numbers_of
from tests.factories import ListingFactory, SiteFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.fixture
def listing(agent):
    return ListingFactory(listing_id="MG-2304", created_by=agent)


@pytest.fixture
def sites():
    return [SiteFactory(name="Marina Homes", initials="MH"), SiteFactory(name="Prime Dubai", initials="PD")]


def count(listing, site, ago, views, enquiries=0, today=TODAY):
    DailyNumber.objects.create(
        listing=listing, site=site, day=today - timedelta(days=ago), views=views, enquiries=enquiries
    )


def ask(listing, site, ago, *, set_aside="", today=TODAY):
    moment = timezone.make_aware(datetime.combine(today - timedelta(days=ago), time(12)))
    said = {"their_id": uuid.uuid4().hex, "asked_at": moment, "received_at": moment, "set_aside": set_aside}
    Enquiry.objects.create(listing=listing, site=site, **said)


def test_a_month_has_a_bar_for_each_day_with_all_sites_together(listing, sites):
    count(listing, sites[0], 0, 10)
    ask(listing, sites[0], 0)
    count(listing, sites[1], 0, 5)
    count(listing, sites[0], 29, 30)
    count(listing, sites[0], 30, 99)
    found = daily(listing, 30, TODAY)
    assert (len(found.bars), found.views, found.enquiries, found.most) == (30, 45, 1, 30)
    assert (found.bars[-1].views, found.bars[-1].by_site) == (15, [(10, 1), (5, 0)])
    assert found.bars[0].height == 2 * found.bars[-1].height
    assert [(one.site.initials, one.views) for one in found.sites] == [("MH", 40), ("PD", 5)]


def test_three_months_have_a_bar_for_each_week(listing, sites):
    for ago in (0, 6, 7, 90):
        count(listing, sites[0], ago, 1)
    found = daily(listing, 90, TODAY)
    assert len(found.bars) == 13
    assert [bar.views for bar in found.newest_first[:2]] == [2, 1]
    assert (found.bars[0].day, found.bars[0].views) == (TODAY - timedelta(days=90), 1)


def test_an_enquiry_is_what_arrived_and_is_no_spam_in_the_chart_the_list_and_the_owners_report(listing, sites):
    today = timezone.localdate()
    count(listing, sites[0], 2, 40, 9, today=today)
    for site in sites:
        ask(listing, site, 2, today=today)
    ask(listing, sites[0], 2, set_aside="spam", today=today)
    ask(listing, sites[0], 31, today=today)
    found = daily(listing, 30, today)
    assert (found.enquiries, [one.enquiries for one in found.sites]) == (2, [1, 1])
    assert numbers_of([listing.pk], today)[listing.pk].enquiries == 2
    assert dict(for_owner(listing))["Enquiries from websites"] == 3


def test_three_questions_are_enough_and_nothing_counted_is_nothing(listing, sites, django_assert_num_queries):
    assert daily(listing, 30, TODAY) is None
    for site in sites:
        count(listing, site, 1, 1)
    with django_assert_num_queries(3):
        daily(listing, 30, TODAY)


def test_the_section_draws_tells_and_lists(client, agent, viewer, listing, sites):
    count(listing, sites[0], 1, 1234, today=timezone.localdate())
    for _again in range(2):
        ask(listing, sites[0], 1, today=timezone.localdate())
    where = reverse("website:numbers", args=[listing.listing_id])
    client.force_login(agent)
    with override_flag("website", active=True):
        text = client.get(where, headers={"HX-Request": "true"}).text
        assert "1234 views and 2 enquiries in 30 days" in text
        assert text.count('<rect class="bar"') == 30
        assert "Show as table" in text and '<td class="n">1,234 · 2</td>' in text
        assert text.lstrip().startswith("<section")
        assert "<h1>" in client.get(where, {"days": "90"}).text
        assert client.get(where, {"days": "nonsense"}).status_code == 200
        assert where in client.get(listing.get_absolute_url()).text
        client.force_login(viewer)
        assert client.get(where).status_code == 403
    assert client.get(where).status_code == 404


def test_a_line_runs_from_left_to_right_and_high_is_up():
    assert sparkline((0, 5, 10)) == "M2 17L27 10L52 3"
    assert sparkline((0, 0)) == "M2 17L52 17"
