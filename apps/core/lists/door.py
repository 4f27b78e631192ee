"""Who comes in to a list."""

from functools import wraps

from django.http import Http404
from django.utils.translation import gettext as _

from apps.core.flags import is_on
from apps.core.lists.catalogue import Catalogue
from apps.core.refusals import NotAllowed


def has_list(request, catalogue: Catalogue) -> bool:
    """Whether this person has that list: its flag, if any, is on for them, and their role may see its rows."""
    return request.user.has_perm(catalogue.permission) and (not catalogue.flag or is_on(catalogue.flag, request))


def door_of(catalogue: Catalogue):
    """Make a view a door of the list: absent (404) while its flag is off, refused (403) to roles that may not."""

    def decorate(view):
        @wraps(view)
        def wrapper(request, *args, **kwargs):
            if catalogue.flag and not is_on(catalogue.flag, request):
                raise Http404
            if not has_list(request, catalogue):
                raise NotAllowed(_("Your role may not see %(rows)s.") % {"rows": catalogue.nouns[1]})
            return view(request, *args, **kwargs)

        return wrapper

    return decorate
