"""What a site is sent of a listing: the profile says which value goes where and in what form."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from apps.listings.lookups import MediaCategory, PropertyType
from apps.listings.models import Listing
from apps.website.profiles.page import PAGE, with_photos
from apps.website.profiles.spec import LATE, Spec, read_spec
from apps.website.profiles.values import LABELS, values_of

STATUS, SHOWN = "status", "publish"


@dataclass(frozen=True)
class PhotoWanted:
    """A photo as the site should have it. `name` is the folder of its files."""

    pk: int
    digest: str
    name: str
    alt: str


@dataclass
class Payload:
    """`fields` maps each field's address in the site's answer to its value; `photos` are in their order, cover first.

    The fields that name photos by the site's numbers are added by `place`, once the site has given them.
    """

    spec: Spec
    values: dict[str, object]
    photos: list[PhotoWanted]
    fields: dict[str, object] = field(default_factory=dict)

    def __post_init__(self):
        self.wanted = self.spec.body(self.values, late=False)
        self.fields = self.wanted | {STATUS: SHOWN}

    @cached_property
    def digest(self) -> str:
        """What is wanted, the photos with their order and captions too, as one mark."""
        photos = [(photo.digest, photo.alt) for photo in self.photos]
        said = json.dumps([self.wanted, photos], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()

    def place(self, ids: list[int]) -> None:
        """Add the fields that name the photos."""
        late = {"photos": ids, "cover": ids[0] if ids else None}
        if self.spec.shows_page:
            late[PAGE] = with_photos(self.values[PAGE], ids)
        self.fields |= self.spec.body(self.values | late, late=True)

    def source(self, path: str) -> str:
        """The value of the listing that stands in the field; empty for none."""
        return next((one.source for one in self.spec.fields if one.path == path), "")

    def label(self, path: str) -> str:
        """What people call the field."""
        source = self.source(path)
        return str(LABELS.get(source) or LABELS.get(path) or path.rpartition(".")[2])


def payload_of(listing: Listing, site, spec: Spec | None = None) -> Payload:
    """What the site should show of the listing now. Reads unit, place, permits and photos; for many, give the spec."""
    spec = spec or read_spec(site.profile.spec)
    values = values_of(listing, language=site.language, text_limit=site.text_limit, page=spec.shows_page)
    return Payload(spec, values, wanted_photos(listing, site.photo_limit))


def why_incomplete(listing: Listing, site) -> list[str]:
    """What the site's profile asks for and the listing does not have, a sentence each."""
    spec = read_spec(site.profile.spec)
    values = {"property_type": listing.property_type}
    if spec.required:
        values = values_of(listing, language=site.language, text_limit=site.text_limit)
    return why_lacking(spec, values, site)


def why_lacking(spec: Spec, values: dict[str, object], site) -> list[str]:
    """The same of values that are known already."""
    if not spec.sends(values["property_type"]):
        return [what_is_sent(spec, site.profile)]
    lacking = [name for name in spec.required if name not in LATE and values.get(name) in (None, "")]
    sentence = _("%(site)s asks for “%(field)s”. Enter it first.") if lacking else ""
    return [sentence % {"site": site, "field": LABELS[name]} for name in lacking]


def what_is_sent(spec: Spec, profile) -> str:
    """Why a profile sends one kind of listings alone, in a sentence; empty where it sends all."""
    if not spec.property_types:
        return ""
    sentence = _("%(profile)s is sent no rentals: it keeps them in another post type than sales.")
    if spec.sends(PropertyType.RESIDENTIAL_LEASE):
        sentence = _("%(profile)s is sent no sales: it keeps them in another post type than rentals.")
    return sentence % {"profile": profile}


def wanted_photos(listing: Listing, limit: int) -> list[PhotoWanted]:
    """The photos that a site is sent, pictures before floor plans, as far as their files are ready."""
    ready = getattr(listing, "ready_photos", None)
    if ready is None:
        ready = listing.photos.shown().filter(state="Ready")
    photos = sorted(ready, key=lambda photo: photo.media_category != MediaCategory.PHOTO)
    label = listing.place_name or listing.title
    return [
        PhotoWanted(photo.pk, photo.digest, photo.name, photo.short_description or label) for photo in photos[:limit]
    ]
