"""Jobs of adopting: reading a site that was kept by hand, and knowing its photos again."""

from apps.core.queue import job
from apps.website.adopting.linking import finish_linking
from apps.website.adopting.pictures import compare_photos
from apps.website.adopting.reading import read_site
from apps.website.models import Adoption, Site
from apps.website.models.adoption import AdoptionState


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


@job("website.adopt_photos")
def adopt_photos(site_id: int, *, by) -> None:
    """Compare the photos of what was linked. A site that does not answer is asked again later."""
    site = Site.objects.select_related("profile").filter(pk=site_id).first()
    if site is not None:
        compare_photos(site)
