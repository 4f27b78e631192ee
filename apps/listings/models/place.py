"""Places: country, city, community, building. Buyers name any level, so search and matching use the tree."""

from collections.abc import Iterable

import pghistory
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Length
from django.utils.functional import cached_property

from apps.core.history import old_rows
from apps.core.search import Normalise
from apps.listings.triggers import fill_place_path, learn_place_words, refresh_below_place


class PlaceLevel(models.TextChoices):
    """How deep a place lies. A community may lie in a community."""

    COUNTRY = "country", "Country"
    CITY = "city", "City"
    COMMUNITY = "community", "Community"
    BUILDING = "building", "Building"


ALIKE = 3  # how near a place is to what was typed: 0 the same name, 1 begins with it, 2 contains it, 3 sounds like it
LEVEL_ORDER = [level.value for level in PlaceLevel]


class PlaceQuerySet(models.QuerySet):
    """Places as forms and filters ask for them."""

    def called(self, name: str):
        """Places of that name in any spelling of accents, case and Arabic letters."""
        return self.annotate(_key=Normalise("name")).filter(_key=Normalise(models.Value(name)))

    def within(self, place: "Place"):
        """The place and everything in it."""
        return self.filter(path__contains=[place.pk])

    def meant_by(self, text: str):
        """Places that “Marina Gate 2” or “marna gate, Dubai Marina” may mean, the likeliest first; any language."""
        name, *above = [part.strip() for part in text.split(",") if part.strip()] or [""]
        sought = Normalise(Value(name))
        rows = self.annotate(key=Normalise("name"), key_ar=Normalise("name_ar"))
        rows = rows.filter(Q(key__contains=sought) | Q(key_ar__contains=sought) | Q(key__trigram_word_similar=sought))
        for part in above:
            within = Place.objects.annotate(key=Normalise("name")).filter(key__contains=Normalise(Value(part)))
            rows = rows.filter(path__overlap=ArraySubquery(within.values("pk")))
        nearness = Case(
            When(key=sought, then=0),
            When(key__startswith=sought, then=1),
            When(Q(key__contains=sought) | Q(key_ar__contains=sought), then=2),
            default=ALIKE,
        )
        rows = rows.annotate(nearness=nearness)
        return rows.order_by("nearness", -TrigramWordSimilarity(sought, "key"), Length("name"), "pk")


@pghistory.track(*old_rows(ignore=["path"]), model_name="PlaceHistory", exclude=["path"])
class Place(models.Model):
    """One node of the tree. `path` (own id last) is kept by a database trigger; a loop is refused there."""

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    level = models.CharField(max_length=10, choices=PlaceLevel.choices)
    name = models.CharField(max_length=160)
    name_ar = models.CharField("Arabic name", max_length=160, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    path = ArrayField(models.BigIntegerField(), default=list, editable=False)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        triggers = [fill_place_path(), refresh_below_place(), learn_place_words()]
        indexes = [
            GinIndex(fields=["path"], name="place_path"),
            GinIndex(OpClass(Normalise("name"), "gin_trgm_ops"), name="place_name_trigrams"),
            GinIndex(OpClass(Normalise("name_ar"), "gin_trgm_ops"), name="place_name_ar_trigrams"),
        ]
        constraints = [
            models.UniqueConstraint(
                "parent", "level", Normalise("name"), name="place_once_in_parent", nulls_distinct=False
            ),
        ]

    def __str__(self):
        return self.name

    @cached_property
    def above(self) -> list["Place"]:
        """What the place lies in, the nearest first, countries left out. One query; `with_above` does it for many."""
        return with_above([self])[0].above

    @property
    def full_name(self) -> str:
        """“Marina Gate 2, Dubai Marina, Dubai” (reads `above`)."""
        return ", ".join([self.name, *(place.name for place in self.above)])

    def is_exactly(self, text: str) -> bool:
        """Whether the text is the place's name or full name, however written in capitals and spaces."""
        return _folded(text) in {_folded(self.name), _folded(self.name_ar), _folded(self.full_name)}


def with_above(places: Iterable[Place]) -> list[Place]:
    """The places with `above` filled, by one query for all of them."""
    places = list(places)
    wanted = {pk for place in places for pk in place.path if pk != place.pk}
    known = Place.objects.exclude(level=PlaceLevel.COUNTRY).in_bulk(wanted)
    for place in places:
        place.above = [known[pk] for pk in reversed(place.path) if pk != place.pk and pk in known]
    return places


def _folded(text: str) -> str:
    return " ".join(text.replace(",", " ").casefold().split())


class SearchWord(models.Model):
    """A word that occurs in names of places and in titles; a misspelt search word is mended by the nearest of these."""

    word = models.CharField(max_length=60, primary_key=True)
    uses = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [GinIndex(fields=["word"], name="search_word_trigrams", opclasses=["gin_trgm_ops"])]

    def __str__(self):
        return self.word
