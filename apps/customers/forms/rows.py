"""Several lines of one kind in a form, such as phone numbers: each a text and a label, added and removed at will."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.core.editing import canonical
from apps.customers import phones
from apps.customers.actions.contacts import Written, why_not_email, why_not_phone
from apps.customers.models.contact import canonical_email

MOST = 20
LABELS = 40


class RowsWidget(forms.Widget):
    """Reads the lines `<key>` and `<key>_label` of what was sent; templates write the inputs (customers/rows.html)."""

    def __init__(self, key: str):
        super().__init__()
        self.key = key

    def value_from_datadict(self, data, files, name) -> list[Written]:
        many = getattr(data, "getlist", lambda key: [data[key]] if key in data else [])
        texts, labels = many(self.key), many(f"{self.key}_label")
        labels = [*labels, *[""] * len(texts)]
        lines = zip(texts, labels, strict=False)
        return [Written(text.strip(), label.strip()[:LABELS]) for text, label in lines if text.strip()]

    def value_omitted_from_data(self, data, files, name):
        return self.key not in data

    def id_for_label(self, id_, index=None):
        return f"{id_}_0"


class RowsField(forms.Field):
    """The lines as `Written`, each as it is stored. `kept` are texts that are here already and may stay as they are."""

    key = ""

    def __init__(self, **options):
        super().__init__(widget=RowsWidget(self.key), **options)
        self.kept: frozenset[str] = frozenset()

    def clean(self, value) -> list[Written]:
        if len(value) > MOST:
            raise ValidationError(_("These are more than %(most)s. Remove some.") % {"most": MOST})
        wrong = [sentence for line in value if line.text not in self.kept for sentence in self.why_not(line.text)]
        if wrong:
            raise ValidationError(wrong)
        found = {}
        for text, label in value:
            text = self.stored(text)
            found.setdefault(self.key_of(text), Written(text, label))
        return list(found.values())

    def shown(self, value) -> list[Written]:
        """The lines of the form: those with text as people say it, and a spare one."""
        return [*(Written(self.spoken(text), label) for text, label in value or ()), Written("")]

    def readable(self, value) -> str:
        """The lines as people read them; `value` is a list of `Written` or its canonical spelling."""
        words = iter((canonical(value) if not isinstance(value, str) else value).split("\n"))
        pairs = zip(words, words, strict=False)  # text and label by turns
        return "\n".join(f"{self.spoken(text)} {label}".strip() for text, label in pairs if text)

    def spoken(self, text: str) -> str:
        """A text as people say it."""
        return text

    def key_of(self, text: str) -> str:
        """What two spellings of the same have in common."""
        return text


class PhonesField(RowsField):
    """Phone numbers in any spelling."""

    key = "phone"

    def why_not(self, text):
        return why_not_phone(text)

    def stored(self, text):
        number, extension = phones.parse_with_extension(text, phones.home_region())
        return (number + (f" x{extension}" if extension else "")) if number else text

    def spoken(self, text):
        number, _x, extension = text.partition(" x")
        if not number.startswith("+"):
            return text
        return phones.spoken(number, phones.home_region()) + (f" x{extension}" if extension else "")


class EmailsField(RowsField):
    """E-mail addresses."""

    key = "email"

    def why_not(self, text):
        return why_not_email(text)

    def stored(self, text):
        return text

    def key_of(self, text):
        return canonical_email(text)
