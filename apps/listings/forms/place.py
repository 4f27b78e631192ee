"""The field that names a place: chosen from suggestions, typed in full, or a building to add."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.listings.models import Place

ADD = "new"
AS_WRITTEN = "as-written"
MOST_LETTERS = 300


@dataclass(frozen=True)
class NewBuilding:
    """A building that is not in the tree yet, as typed: “Marina Gate 9, Dubai Marina, Dubai”."""

    address: str

    def __str__(self):
        return self.address


@dataclass(frozen=True)
class AsWritten:
    """An address that stays text because nobody has placed it yet."""

    address: str

    def __str__(self):
        return self.address


class PlaceWidget(forms.Widget):
    """Reads the text, the hidden id of a suggestion, and the answer to “which of these?”; the page draws them."""

    def value_from_datadict(self, data, files, name):
        choice = data.get(f"{name}_choice") or data.get(name) or ""
        return {"choice": _cleaned(choice), "text": _cleaned(data.get(f"{name}_text", ""))}

    def value_omitted_from_data(self, data, files, name):
        return f"{name}_text" not in data

    def id_for_label(self, id_, index=None):
        return f"{id_}_text"


class PlaceField(forms.Field):
    """A Place, a NewBuilding, an AsWritten, or None. `doubts` are the places that the text could mean."""

    widget = PlaceWidget

    def __init__(self, **options):
        super().__init__(**options)
        self.doubts: list[Place] = []

    def prepare_value(self, value):
        if isinstance(value, dict):
            return value
        return {"choice": str(value.pk) if value else "", "text": value.full_name if value else ""}

    def clean(self, value):
        choice, text = value["choice"], value["text"]
        if choice == ADD and text:
            return NewBuilding(text)
        if choice.startswith(f"{ADD}:"):
            return NewBuilding(choice.removeprefix(f"{ADD}:"))
        if choice == AS_WRITTEN and text:
            return AsWritten(text)
        if choice.isdecimal():
            return self._chosen(choice)
        return self._typed(text) if text else None

    def _chosen(self, pk):
        place = Place.objects.filter(pk=pk).first() if len(pk) < 19 else None
        if place is None:
            raise ValidationError(_("That place is no longer there. Choose another."), code="gone")
        return place

    def _typed(self, text):
        self.doubts = list(Place.objects.meant_by(text)[:8])
        exact = [place for place in self.doubts if place.is_exactly(text)]
        if len(exact) == 1:
            return exact[0]
        sentence = _("“%(text)s” is not one place that is known. Choose below which you mean.")
        raise ValidationError(sentence % {"text": text}, code="unclear")


def _cleaned(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:MOST_LETTERS]
