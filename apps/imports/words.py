"""What the pages of imports say of each subject."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.imports.vocabularies import Subject


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences and labels in which the subject's name stands."""

    title: Promise
    done: Promise
    open_label: Promise
    url_name: str
    changes: Promise
    no_change: Promise
    conflicts: Promise
    undo: Promise


WORDS = {
    Subject.LISTINGS: Words(
        title=_("Import listings"),
        done=_("Listings imported"),
        open_label=_("Open listings"),
        url_name="listings:list",
        changes=_("Change a listing"),
        no_change=_("No listing changes"),
        conflicts=_("Listings of which a field that you changed was kept: "),
        undo=_("New listings that are removed: "),
    ),
    Subject.CUSTOMERS: Words(
        title=_("Import customers"),
        done=_("Customers imported"),
        open_label=_("Open customers"),
        url_name="customers:list",
        changes=_("Change a customer"),
        no_change=_("No customer changes"),
        conflicts=_("Customers of whom a field that you changed was kept: "),
        undo=_("New customers who are removed: "),
    ),
}
