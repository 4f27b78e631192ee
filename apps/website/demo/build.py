"""Brings the demo's websites about. A second run sets them right again and doubles nothing.

There is no WordPress behind them, so what was read there is written down as if it had been read. The jobs leave them
alone (`Site.is_made_up`), whatever becomes due by working with the demo.
"""

import secrets
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.utils import timezone

from apps.accounts.models import User
from apps.core.demo_clock import at, days_ago
from apps.core.events import record
from apps.core.refusals import Refused
from apps.listings.demo.people import TOM
from apps.listings.models import Place
from apps.website.actions.site import add_site, make_intake_key
from apps.website.demo.asked import build_enquiries
from apps.website.demo.numbers import build_numbers
from apps.website.demo.placements import build_placements
from apps.website.demo.plan import HOLIDAY, SITES, DemoSite
from apps.website.models import Polling, Profile, Site
from apps.website.site_figures import last_compared

ADDED_BEFORE = 120  # days


def build_websites() -> dict[str, int]:
    """Sites with what is on them, who asked and how often they were looked at; how many of each were new."""
    administrator, now = User.objects.get(email=TOM), timezone.localtime()
    sites, new = {}, {"websites": 0, "enquiries": 0}
    for demo in SITES:
        site, is_new = _site(demo, administrator, now)
        if site is not None:
            sites[demo.initials] = site
            new["websites"] += is_new
            build_placements(site, demo, now)
            _as_if_it_answered(site, demo, now)
    build_numbers(sites, now.date())
    new["enquiries"] = build_enquiries(sites, now)
    return new


def _site(demo: DemoSite, administrator, now: datetime) -> tuple[Site | None, bool]:
    known = Site.objects.filter(url=demo.url).select_related("profile").first()
    if known is not None:
        return known, False
    values = {
        "name": demo.name,
        "initials": demo.initials,
        "url": demo.url,
        "username": "crm",
        "profile": Profile.objects.get(slug=demo.profile),
        "photo_limit": demo.photos,
        "follows_filter": demo.follows,
        "filter": _filter(demo),
    }
    try:
        with at(days_ago(now, ADDED_BEFORE)):
            site = add_site(values, secrets.token_urlsafe(18), by=administrator)
            make_intake_key(site, by=administrator)
    except Refused:  # somebody has a site of that name or mark
        return None, False
    return Site.objects.select_related("profile").get(pk=site.pk), True


def _filter(demo: DemoSite) -> str:
    place = Place.objects.filter(name=demo.place).first() if demo.place else None
    return urlencode({"type": demo.kind} | ({"place": place.pk} if place else {})) if demo.follows else ""


def _as_if_it_answered(site: Site, demo: DemoSite, now: datetime) -> None:
    """Well a moment ago, compared last night, but for one that fell silent."""
    night = now.replace(hour=3, minute=40, second=0, microsecond=0)
    night = night if night <= now else night - timedelta(days=1)
    is_silent = demo is HOLIDAY
    failing_since = now - timedelta(minutes=38) if is_silent else None
    answered = now - timedelta(minutes=38 if is_silent else 2)
    compared = last_compared(site)
    if compared is None or compared["at"] != night:
        Site.objects.filter(pk=site.pk).update(reconciled_at=night)
        with at(night):
            record("website.reconciled", site, by=User.objects.system(), **_counts(site))
    Site.objects.filter(pk=site.pk).update(last_ok_at=answered, failing_since=failing_since, probe_at=None)
    pushed = answered - timedelta(minutes=2) if demo.enquiries_by_itself else None
    trouble = "" if demo.enquiries_by_itself else _NO_ANSWER
    seen = {"asked_at": answered, "numbers_at": answered, "numbers_day": now.date()}
    Polling.objects.update_or_create(site=site, defaults=seen | {"pushed_at": pushed, "trouble": trouble})


_NO_ANSWER = "The site did not answer in time. It is tried again by itself."


def _counts(site: Site) -> dict[str, int]:
    states = site.placements.exclude(state="absent").values_list("state", flat=True)
    return {state: list(states).count(state) for state in set(states)}
