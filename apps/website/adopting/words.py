"""How sure a match is, and why, in words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Confidence(models.TextChoices):
    """From “link it” to “nothing to link”. Only sure ones are linked without looking at each."""

    SURE = "sure", _("Sure")
    LIKELY = "likely", _("Likely")
    POSSIBLE = "possible", _("Possible")
    NONE = "none", _("Not in the CRM")
    OTHER = "other", _("Not a property")


class Decision(models.TextChoices):
    """What a person said about a post."""

    OPEN = "open", _("To decide")
    LINKED = "linked", _("Linked")
    LEFT = "left", _("Left alone")
    BROUGHT = "brought", _("Brought into the CRM")


AGREES = {
    "our_number": _("carries the CRM's number"),
    "same_reference": _("same reference %(value)s"),
    "same_permit": _("same permit %(value)s"),
    "same_unit": _("same unit %(value)s"),
    "same_building": _("same building"),
    "same_price": _("price equal"),
    "same_bedrooms": _("bedrooms equal"),
}
DIFFERS = {
    "other_reference": _("reference differs: %(value)s there"),
    "other_permit": _("permit differs: %(value)s there"),
    "other_unit": _("unit number differs: %(value)s there"),
    "other_building": _("another building: %(value)s"),
    "other_offer": _("sale and rent differ"),
    "other_bedrooms": _("bedrooms differ: %(value)s there"),
    "other_price": _("price differs: %(value)s there"),
    "far_price": _("price differs by far: %(value)s there"),
}
NOTES = {
    "alone": _("nothing else confirms the reference"),
    "several": _("another listing fits about as well"),
    "named": _("the reference or permit is another listing's"),
    "better": _("another listing fits the rest better"),
    "contradiction": _("reference and permit name different listings"),
    "twin": _("post %(value)s is about the same listing"),
    "placed": _("the listing is on this site already, as post %(value)s"),
}
SENTENCES = AGREES | DIFFERS | NOTES


def reason(code: str, value: object = "") -> list:
    """A reason as it is kept."""
    return [code, str(value)]


def in_words(reasons: list) -> list[str]:
    """Reasons as people read them."""
    return [str(SENTENCES[code]) % {"value": value} for code, value in reasons if code in SENTENCES]
