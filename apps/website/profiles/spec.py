"""The format of profiles: which value of a listing goes into which field of a site, and in what form.

A spec is JSON: see `FORMAT` for its words and the JSON files beside this for the shipped ones. `problems` says what is
wrong with one, `read_spec` turns a right one into a `Spec`.
"""

import json
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.listings.lookups import PropertyType
from apps.website.profiles.encodings import ENCODINGS, encode
from apps.website.profiles.page import PAGE

# What a spec may say, and what it means where it says nothing.
FORMAT = {
    "type": gettext_lazy("the post type, such as crm_property"),
    "rest_base": gettext_lazy("the last part of its address in the REST API, such as crm-properties"),
    "look_up": gettext_lazy(
        "how a post is found by our id: companion (its plugin answers) or slug (the post's address)"
    ),
    "batch": gettext_lazy("how many changes fit into one request; 0: the site takes them one by one"),
    "role": gettext_lazy("the least role of the WordPress user: author, editor or administrator"),
    "plugin": gettext_lazy("the plugin that the site must have, in words"),
    "photos": gettext_lazy("field (numbers in a field) or parent (photos hang on the post)"),
    "required": gettext_lazy("values without which nothing is sent"),
    "property_types": gettext_lazy(
        "what is sent: Residential (sales), Residential Lease (rentals); both where nothing is said"
    ),
    "taxonomies": gettext_lazy("field → the last part of the taxonomy's address in the REST API"),
    "fields": gettext_lazy("field on the site → where its value comes from"),
}
FIELD_FORMAT = {
    "from": gettext_lazy("a value of the listing"),
    "constant": gettext_lazy("the same for every listing"),
    "as": gettext_lazy("how it is written"),
    "map": gettext_lazy("our word → the site's word; what is not in it is left empty"),
    "when": gettext_lazy("value of the listing → those for which the field is sent at all"),
}
LATE = ("photos", "cover")  # known only after the photos are on the site
# Values of a listing, under RESO's names in Python's spelling.
VALUES = (
    "listing_id", "title", "public_remarks", "standard_status", "property_type", "property_sub_type", "list_price",
    "currency", "lease_amount_frequency", "bedrooms_total", "bathrooms_total_integer", "living_area",
    "living_area_units", "living_area_sqft", "living_area_sqm", "entry_level", "stories_total", "year_built",
    "parking_total", "view", "furnished", "ownership_type", "occupant_type", "development_status",
    "new_construction_yn", "availability_date", "association_fee", "association_fee_frequency", "building_name",
    "subdivision_name", "city", "country", "postal_code", "address", "latitude", "longitude", "permit_number",
    "list_agent_full_name", PAGE, "photos", "cover",
)  # fmt: skip
LOOK_UPS, PHOTO_WAYS, ROLES = ("companion", "slug"), ("field", "parent"), ("author", "editor", "administrator")
# WordPress's own; everything else lies under "meta." or is a taxonomy or a field that a plugin added.
NOT_OURS = ("id", "link", "guid", "modified", "modified_gmt", "type", "author", "meta", "status")
MOST_IN_BATCH = 25


@dataclass(frozen=True)
class Field:
    """One field of the site: `path` is "title" or "meta.crm_price"."""

    path: str
    source: str = ""
    constant: object = None
    encoding: str = "string"
    words: dict | None = None
    when: dict = field(default_factory=dict)

    @property
    def is_late(self) -> bool:
        """Whether its value is numbers of photos, which the site gives."""
        return self.source in LATE

    @property
    def names_photos(self) -> bool:
        """Whether the numbers of photos stand in it; a page is known before, and names them once they are there."""
        return self.is_late or self.source == PAGE

    def applies(self, values: dict) -> bool:
        """Whether the field is sent for a listing with these values."""
        return not self.when or all(values.get(name) in allowed for name, allowed in self.when.items())

    def value(self, values: dict) -> object:
        """What is sent, from the listing's values (and the photos' numbers under "photos" and "cover")."""
        if not self.source:
            return self.constant
        found = values.get(self.source)
        if self.words is not None:
            found = self.words.get(str(found)) if found is not None else None
        return encode(self.encoding, found)


@dataclass(frozen=True)
class Spec:
    """A profile that was read and found right."""

    type: str
    rest_base: str
    look_up: str
    batch: int
    role: str
    plugin: str
    photos: str
    required: tuple[str, ...]
    property_types: tuple[str, ...]
    taxonomies: dict[str, str]
    fields: tuple[Field, ...]

    @property
    def needs_companion(self) -> bool:
        """Whether the site must have our plugin."""
        return self.look_up == "companion"

    @property
    def photos_belong_to_post(self) -> bool:
        """Whether photos hang on the post, so that a copy cannot be shared."""
        return self.photos == "parent"

    @cached_property
    def shows_page(self) -> bool:
        """Whether some field is the text of a whole page."""
        return any(one.source == PAGE for one in self.fields)

    def sends(self, property_type: str) -> bool:
        """Whether listings of this kind are sent at all."""
        return not self.property_types or property_type in self.property_types

    def body(self, values: dict, *, late: bool | None = None) -> dict[str, object]:
        """Field → what is sent. `late=False`: what is known before photos are there, `late=True`: what names them."""
        chosen = (one for one in self.fields if late is None or (one.names_photos if late else not one.is_late))
        return {one.path: one.value(values) for one in chosen if one.applies(values)}


def read_spec(spec: dict) -> Spec:
    """The spec of a profile; ValueError with the reasons where it is wrong."""
    return _read(json.dumps(spec, sort_keys=False))


@lru_cache(maxsize=32)
def _read(text: str) -> Spec:
    spec = json.loads(text)
    if wrong := problems(spec):
        raise ValueError(" ".join(wrong))
    return Spec(
        type=spec["type"],
        rest_base=spec["rest_base"],
        look_up=spec.get("look_up", "companion"),
        batch=spec.get("batch", MOST_IN_BATCH),
        role=spec.get("role", "editor"),
        plugin=spec.get("plugin", ""),
        photos=spec.get("photos", "field"),
        required=tuple(spec.get("required", ())),
        property_types=tuple(spec.get("property_types", ())),
        taxonomies=spec.get("taxonomies", {}),
        fields=tuple(_field(path, said) for path, said in spec["fields"].items()),
    )


def _field(path: str, said: dict) -> Field:
    return Field(
        path,
        said.get("from", ""),
        said.get("constant"),
        said.get("as", "string"),
        said.get("map"),
        said.get("when", {}),
    )


def problems(spec) -> list[str]:
    """What is wrong with a spec, a sentence each; nothing where it is right."""
    if not isinstance(spec, dict):
        return [_("A profile is an object: {…}.")]
    found = [_("“%(word)s” means nothing here.") % {"word": word} for word in spec if word not in FORMAT]
    found += [
        _("“%(word)s” is missing.") % {"word": word} for word in ("type", "rest_base", "fields") if not spec.get(word)
    ]
    for word, allowed in (("look_up", LOOK_UPS), ("photos", PHOTO_WAYS), ("role", ROLES)):
        if word in spec and spec[word] not in allowed:
            found.append(_("“%(word)s” is one of: %(allowed)s.") % {"word": word, "allowed": ", ".join(allowed)})
    for word in ("type", "rest_base"):
        if word in spec and not (
            isinstance(spec[word], str) and spec[word].replace("-", "").replace("_", "").isalnum()
        ):
            found.append(_("“%(word)s” is a word of letters, digits, - and _.") % {"word": word})
    batch = spec.get("batch", 0)
    if not isinstance(batch, int) or isinstance(batch, bool) or not 0 <= batch <= MOST_IN_BATCH:
        found.append(_("“batch” is a number from 0 to %(most)s.") % {"most": MOST_IN_BATCH})
    found += _problems_of_required(spec.get("required", []))
    sent = spec.get("property_types", [])
    if not isinstance(sent, list) or not all(one in PropertyType.values for one in sent):
        found.append(_("“property_types” is a list of: %(allowed)s.") % {"allowed": ", ".join(PropertyType.values)})
    taxonomies = spec.get("taxonomies", {})
    if not isinstance(taxonomies, dict) or not all(isinstance(base, str) for base in taxonomies.values()):
        return [*found, _("“taxonomies” is an object of fields and addresses.")]
    fields = spec.get("fields", {})
    if not isinstance(fields, dict):
        return [*found, _("“fields” is an object: field on the site → where its value comes from.")]
    for path, said in fields.items():
        found += [f"{path}: {sentence}" for sentence in _problems_of_field(path, said, taxonomies)]
    return found


def _problems_of_required(required) -> list[str]:
    if not isinstance(required, list):
        return [_("“required” is a list of values.")]
    return [_unknown(name) for name in required if name not in VALUES]


def _problems_of_field(path, said, taxonomies) -> list[str]:
    if not isinstance(said, dict):
        return [_('say where the value comes from: {"from": "list_price"}.')]
    found = [_("“%(word)s” means nothing here.") % {"word": word} for word in said if word not in FIELD_FORMAT]
    if path in NOT_OURS or not path or path.count(".") > 1 or ("." in path and not path.startswith("meta.")):
        found.append(_("this field cannot be written. Use a field of the post, or meta.KEY."))
    if ("from" in said) == ("constant" in said):
        found.append(_("say either “from” or “constant”."))
    if "from" in said and said["from"] not in VALUES:
        found.append(_unknown(said["from"]))
    if said.get("as", "string") not in ENCODINGS:
        found.append(_("“as” is one of: %(allowed)s.") % {"allowed": ", ".join(ENCODINGS)})
    if (said.get("as") == "terms") != (path in taxonomies):
        found.append(_("a taxonomy is written as “terms”, and stands in “taxonomies”."))
    if (said.get("from") in LATE) != (said.get("as") in ("ids", "joined", "id")):
        found.append(_("photos are written as “ids” or “joined”, the first one as “id”, and nothing else is."))
    if "map" in said and not isinstance(said["map"], dict):
        found.append(_("“map” is an object: our word → the site's word."))
    return found + _problems_of_when(said.get("when", {}))


def _problems_of_when(when) -> list[str]:
    if not isinstance(when, dict) or not all(isinstance(allowed, list) for allowed in when.values()):
        return [_("“when” is an object: value → list of those for which it is sent.")]
    return [_unknown(name) for name in when if name not in VALUES]


def _unknown(name) -> str:
    near = get_close_matches(str(name), VALUES, n=3)
    if not near:
        return _("“%(name)s” is no value of a listing.") % {"name": name}
    return _("“%(name)s” is no value of a listing. Perhaps you mean %(names)s.") % {
        "name": name,
        "names": ", ".join(near),
    }
