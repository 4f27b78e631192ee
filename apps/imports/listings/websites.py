"""Posts of a website that were brought in: the listing that each became is linked with its post."""

from django.urls import reverse

from apps.imports.models import ImportRun, SourceRecord
from apps.website.adopting.bringing import link_brought
from apps.website.models import Site

PREFIX = "website-"


def site_of(run: ImportRun) -> Site | None:
    """The website whose posts the file holds; None where it came from elsewhere."""
    number = run.source.removeprefix(PREFIX)
    if not run.source.startswith(PREFIX) or not number.isdecimal() or len(number) > 18:
        return None
    return Site.objects.select_related("profile").filter(pk=int(number)).first()


def page_of_posts(run: ImportRun) -> str:
    """Where one goes on with the posts that were brought in; empty where the file came from elsewhere."""
    site = site_of(run)
    return f"{reverse('website:adopt', args=[site.pk])}?show=linked" if site else ""


def link_posts(run: ImportRun, *, by) -> None:
    """Link the posts of which this run made listings; nothing where the file came from elsewhere."""
    site = site_of(run)
    if site is None:
        return
    records = SourceRecord.objects.filter(source=run.source, last_run=run).values_list("key", "listing")
    link_brought(site, {int(key): listing for key, listing in records if key.isdecimal()}, by=by)
