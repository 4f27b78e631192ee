"""Posts of a website that were brought in: the listing that each became is linked with its post."""

from apps.imports.models import ImportRun, SourceRecord
from apps.website.adopting.bringing import link_brought
from apps.website.models import Site

PREFIX = "website-"


def link_posts(run: ImportRun, *, by) -> None:
    """Link the posts of which this run made listings; nothing where the file came from elsewhere."""
    number = run.source.removeprefix(PREFIX)
    if not run.source.startswith(PREFIX) or not number.isdecimal() or len(number) > 18:
        return
    site = Site.objects.select_related("profile").filter(pk=int(number)).first()
    if site is None:
        return
    records = SourceRecord.objects.filter(source=run.source, last_run=run).values_list("key", "listing")
    link_brought(site, {int(key): listing for key, listing in records if key.isdecimal()}, by=by)
