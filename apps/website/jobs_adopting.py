"""Jobs of adopting: reading a site that was kept by hand, linking, following, and its photos."""

from datetime import timedelta

from django.utils import timezone

from apps.core.queue import job
from apps.website.adopting.following import finish_following
from apps.website.adopting.linking import ask_for_photos, finish_linking
from apps.website.adopting.photos import look_at_photos
from apps.website.adopting.reading import read_site
from apps.website.models import Adoption, Site
from apps.website.models.adoption import AdoptionState

AT_MOST = timedelta(seconds=50)  # then the next job goes on, so that no worker belongs to one site


@job("website.adopt")
def adopt(adoption_id: int, *, by) -> None:
    """Read the site. A job that was broken off reads it again from the beginning."""
    rows = Adoption.objects.select_related("site__profile")
    adoption = rows.filter(pk=adoption_id).exclude(state__in=[AdoptionState.DONE, AdoptionState.FAILED]).first()
    if adoption is not None:
        read_site(adoption, by=by)


@job("website.adopt_link")
def link_what_is_sure(adoption_id: int, *, by) -> None:
    """Link all posts that are sure."""
    rows = Adoption.objects.select_related("site__profile")
    adoption = rows.filter(pk=adoption_id, state=AdoptionState.LINKING).first()
    if adoption is not None:
        finish_linking(adoption, by=by)


@job("website.adopt_follow")
def follow_what_is_linked(adoption_id: int, *, by) -> None:
    """Let the site follow all that is linked and may be shown."""
    adoption = Adoption.objects.filter(pk=adoption_id, state=AdoptionState.FOLLOWING).select_related("site").first()
    if adoption is not None:
        finish_following(adoption, by=by)


@job("website.adopt_photos")
def adopt_photos(site_id: int, *, by) -> None:
    """Look at the photos of what was linked, for a while. A site that does not answer is asked again later."""
    site = Site.objects.select_related("profile").filter(pk=site_id).first()
    if site is not None and not look_at_photos(site, by=by, until=timezone.now() + AT_MOST):
        ask_for_photos(site, by=by, seconds=5)
