"""Places: country, city, community, building. Buyers name any level, so search and matching use the tree."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from apps.core.history import old_rows
from apps.core.search import Normalise
from apps.listings.triggers import fill_place_path, learn_place_words, refresh_below_place


class PlaceLevel(models.TextChoices):
    """How deep a place lies. A community may lie in a community."""

    COUNTRY = "country", "Country"
    CITY = "city", "City"
    COMMUNITY = "community", "Community"
    BUILDING = "building", "Building"


LEVEL_ORDER = [level.value for level in PlaceLevel]


class PlaceQuerySet(models.QuerySet):
    """Places as forms and filters ask for them."""

    def called(self, name: str):
        """Places of that name in any spelling of accents, case and Arabic letters."""
        return self.annotate(_key=Normalise("name")).filter(_key=Normalise(models.Value(name)))

    def within(self, place: "Place"):
        """The place and everything in it."""
        return self.filter(path__contains=[place.pk])


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
        ]
        constraints = [
            models.UniqueConstraint(
                "parent", "level", Normalise("name"), name="place_once_in_parent", nulls_distinct=False
            ),
        ]

    def __str__(self):
        return self.name


class SearchWord(models.Model):
    """A word that occurs in names of places and in titles; a misspelt search word is mended by the nearest of these."""

    word = models.CharField(max_length=60, primary_key=True)
    uses = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [GinIndex(fields=["word"], name="search_word_trigrams", opclasses=["gin_trgm_ops"])]

    def __str__(self):
        return self.word
