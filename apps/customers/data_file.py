"""All that is kept of one person, as a file for them: each table that points at the customer, in words.

Nothing is listed here by name: what points at customers is theirs, and so is what hangs on that. Who of the staff
wrote it, and keys of the database, are left out.
"""

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.refusals import NotAllowed
from apps.customers.actions.merge_rows import pointers_at
from apps.customers.models import Customer

LEFT_OUT = {
    "version",
    "name_key",
    "name_sound",
    "agent_key",
    "digits",
    "canonical",
    "position",
    "merged_into",
    "next_task_due",
    "place_ids",
    "seen",
}
DEEPEST = 2


@dataclass(frozen=True)
class Section:
    """Rows of one kind: what they are called, and each as {label: text}, with what hangs on it below."""

    title: str
    rows: list[dict[str, str]]
    below: list["Section"] = field(default_factory=list)


def why_not_hand_out(customer: Customer, by) -> list[str]:
    """Why this person may not make the file."""
    if by.has_perm("customers.export_customer"):
        return []
    return [_("Only managers and administrators hand out a person's data. Ask one of them.")]


def sections(customer: Customer) -> list[Section]:
    """What is kept of the customer: the customer itself first."""
    own = Section("Who you are to us", [_row(customer, leave_out=set())])
    return [own, *_pointing(Customer, [customer.pk], DEEPEST)]


@transaction.atomic
def data_file(customer: Customer, *, by) -> bytes:
    """A ZIP with the data to read (HTML) and for machines (JSON). That it was made is recorded."""
    NotAllowed.unless_empty(why_not_hand_out(customer, by))
    found = sections(customer)
    context = {"customer": customer, "sections": found, "at": timezone.localtime()}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.html", render_to_string("customers/data_file/readable.html", context))
        archive.writestr("data.json", json.dumps(list(map(_plain, found)), ensure_ascii=False, indent=2))
    record("customer.data_handed_out", customer, by=by)
    return content.getvalue()


def _pointing(model, keys, deep) -> list[Section]:
    found = []
    for pointer in pointers_at(model) if deep and keys else []:
        if pointer.model is model:
            continue
        rows = list(pointer.model._base_manager.filter(**{f"{pointer.column}__in": keys}).order_by("pk"))
        below = _pointing(pointer.model, [row.pk for row in rows], deep - 1) if _goes_with_it(pointer) else []
        if rows:
            title = capfirst(str(pointer.model._meta.verbose_name_plural))
            found.append(Section(title, [_row(row, leave_out={pointer.column}) for row in rows], below))
    return found


def _goes_with_it(pointer) -> bool:
    """Whether what hangs on such a row is the person's too: an apartment's listings are not."""
    relation = next(field for field in pointer.model._meta.concrete_fields if field.column == pointer.column)
    return relation.name == "customer" or relation.remote_field.on_delete is models.CASCADE


def _row(row, leave_out) -> dict[str, str]:
    shown = {}
    for one in row._meta.concrete_fields:
        is_staff = one.is_relation and one.related_model is get_user_model()
        if one.primary_key or one.generated or is_staff or one.column in leave_out or one.name in LEFT_OUT:
            continue
        if text := _text(row, one):
            shown[capfirst(str(one.verbose_name))] = text
    return shown


def _text(row, one) -> str:
    value = getattr(row, one.name)
    if value is None or value == "" or value == []:
        return ""
    if one.choices:
        return str(getattr(row, f"get_{one.name}_display")())
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(one, models.DateTimeField):
        return date_format(timezone.localtime(value), "j M Y H:i")
    if isinstance(one, models.DateField):
        return date_format(value, "j M Y")
    if isinstance(value, list):
        labels = dict(getattr(one.base_field, "choices", None) or ())
        return ", ".join(str(labels.get(word) or word).replace("_", " ") for word in value)
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _plain(section: Section) -> dict:
    return {"title": section.title, "rows": section.rows, "below": [_plain(one) for one in section.below]}


def count_rows(found: Iterable[Section]) -> list[tuple[str, int]]:
    """(what, how many) of each section, for the page that offers the file."""
    return [(section.title, len(section.rows)) for section in found]
