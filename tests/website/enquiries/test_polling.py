"""Sites that cannot call out are asked; what they say is taken once, however often and in whatever shape it comes."""

from datetime import timedelta

import pytest
from django.utils import timezone
from waffle.testutils import override_flag

from apps.accounts.models import User
from apps.core.queue import app
from apps.website.enquiries import jobs
from apps.website.enquiries.polling import is_due, keep_numbers, read_enquiries, read_numbers
from apps.website.models import DailyNumber, Enquiry, Placement, Polling
from apps.website.wordpress import Temporary
from tests.factories import ListingFactory
from tests.website.sites import make_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def launched():
    with override_flag("website", active=True):
        yield


class Pages:
    """Answers what a companion answers, a page at a time."""

    def __init__(self, rows=(), days=(), size=2):
        self.rows, self.days, self.size, self.asked = list(rows), list(days), size, []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def enquiries(self, after):
        self.asked.append(after)
        rows = [row for row in self.rows if not isinstance(row.get("n"), int) or row["n"] > after]
        return {"enquiries": rows[: self.size], "more": len(rows) > self.size}

    def numbers(self, since, offset=0):
        return {"days": self.days[offset : offset + self.size], "more": len(self.days) > offset + self.size}


@pytest.fixture
def site(db):
    return make_site()


def enquiry(n, **said):
    return {"n": n, "id": f"e-{n}", "name": f"Person {n}", **said}


def test_all_pages_are_read_and_none_twice(site):
    pages, system = Pages([enquiry(n) for n in (1, 2, 3, 5)]), User.objects.system()
    assert read_enquiries(site, pages, by=system) == 4
    assert read_enquiries(site, pages, by=system) == 0
    assert pages.asked == [0, 2, 5]
    assert Enquiry.objects.count() == 4


def test_one_that_cannot_be_read_does_not_hold_up_the_next(site):
    pages = Pages([{"n": 1}, enquiry(2), {"n": "x"}], size=9)
    assert read_enquiries(site, pages, by=User.objects.system()) == 1
    assert Polling.objects.get().trouble.startswith("No. 1:")


def test_an_answer_that_never_ends_does(site):
    class Stuck(Pages):
        def enquiries(self, after):
            self.asked.append(after)
            return {"enquiries": [{"n": after}], "more": True}

    stuck = Stuck()
    assert read_enquiries(site, stuck, by=User.objects.system()) == 0
    assert stuck.asked == [0]


def test_numbers_are_kept_by_reference_or_post_and_the_last_word_counts(site):
    named, posted = ListingFactory(listing_id="MG-1"), ListingFactory(listing_id="MG-2")
    Placement.objects.filter(site=site, listing=posted).delete()
    Placement.objects.create(site=site, listing=posted, post_id=118)
    today = timezone.localdate().isoformat()
    rows = [
        {"day": today, "reference": "MG-1", "views": 4, "enquiries": 1},
        {"day": today, "reference": "", "post": 118, "views": "7", "enquiries": None},
        {"day": today, "reference": "unknown", "views": 9},
        {"day": "soon", "reference": "MG-1", "views": 9},
        {"day": today, "reference": "MG-1", "views": -5},
    ]
    assert keep_numbers(site, rows) == 2
    keep_numbers(site, [{"day": today, "reference": "MG-1", "views": 6, "enquiries": 0}])
    assert list(DailyNumber.objects.order_by("listing").values_list("listing", "views", "enquiries")) == [
        (named.pk, 6, 0),
        (posted.pk, 7, 0),
    ]


def test_numbers_of_all_pages_are_read(site):
    listings = [ListingFactory() for _ in range(5)]
    day = timezone.localdate().isoformat()
    days = [{"day": day, "reference": one.listing_id, "views": 1} for one in listings]
    assert read_numbers(site, Pages(days=days)) == 5
    assert DailyNumber.objects.count() == 5


@pytest.mark.parametrize(("pushed", "asked", "due"), [(None, 0, False), (None, 1, True), (1, 5, False), (1, 60, True)])
def test_sites_that_send_are_asked_once_an_hour_and_others_each_minute(pushed, asked, due):
    now = timezone.now()
    state = Polling(asked_at=now - timedelta(minutes=asked))
    state.pushed_at = now - timedelta(minutes=pushed) if pushed else None
    assert is_due(state, now) is due


def test_each_site_gets_a_job_of_its_own(site, monkeypatch):
    asked = []
    monkeypatch.setattr(jobs, "enqueue", lambda name, **said: asked.append((name, said["site_id"])))
    with override_flag("website", active=True):
        app.tasks["website.ask_sites"](timestamp=0)
    assert asked == [("website.ask_site", site.pk)]


def test_trouble_with_a_site_is_kept_for_people_to_read(site, monkeypatch):
    def no_client(of):
        raise Temporary("The site did not answer.")

    monkeypatch.setattr(jobs, "Client", no_client)
    app.tasks["website.ask_site"](site_id=site.pk)
    assert Polling.objects.get().trouble == "The site did not answer."


def test_a_site_is_read_whole(site, monkeypatch):
    monkeypatch.setattr(jobs, "Client", lambda of: Pages([enquiry(1)]))
    app.tasks["website.ask_site"](site_id=site.pk)
    state = Polling.objects.get()
    assert (state.enquiries_after, state.trouble, Enquiry.objects.count()) == (1, "", 1)
