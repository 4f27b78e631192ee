"""Who comes in to a list."""

from functools import wraps

from django.http import Http404
from django.utils.translation import gettext as _

from apps.core.flags import is_on
from apps.core.lists.catalogue import Catalogue
from apps.core.refusals import NotAllowed


def door_of(catalogue: Catalogue):
    """Make a view a door of the list: absent (404) while its flag is off, refused (403) to roles that may not."""

    def decorate(view):
        @wraps(view)
        def wrapper(request, *args, **kwargs):
            if catalogue.flag and not is_on(catalogue.flag, request):
                raise Http404
            if not request.user.has_perm(catalogue.permission):
                raise NotAllowed(_("Your role may not see %(rows)s.") % {"rows": catalogue.nouns[1]})
            return view(request, *args, **kwargs)

        return wrapper

    return decorate
