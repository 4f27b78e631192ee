"""Feature flags: each is declared with its meaning, its owner and the day by which it must be gone."""

from dataclasses import dataclass
from datetime import date
from functools import wraps

import waffle
from django.http import Http404


@dataclass(frozen=True)
class FlagDeclaration:
    """A flag that the code asks about. `remove_by` is the day from which `check` warns."""

    name: str
    meaning: str
    owner: str
    remove_by: date


DECLARED: dict[str, FlagDeclaration] = {}


def declare(name: str, *, meaning: str, owner: str, remove_by: date) -> str:
    """Declare a flag and return its name; a name may be declared once."""
    if name in DECLARED:
        raise ValueError(f"The flag {name} is declared twice.")
    DECLARED[name] = FlagDeclaration(name, meaning, owner, remove_by)
    return name


def is_on(name: str, request) -> bool:
    """Whether a declared flag is on for the person of this request (off where nobody has switched it)."""
    if name not in DECLARED:
        raise LookupError(f"The flag {name} is not declared.")
    return bool(waffle.flag_is_active(request, name))


def is_offered(one, request) -> bool:
    """Whether this person has `one`, such as a list or a line of the menu: their role has its `permission`, and its
    `flag`, if it has any, is on for them.
    """
    return request.user.has_perm(one.permission) and (not one.flag or is_on(one.flag, request))


def is_on_for_anybody(name: str) -> bool:
    """Whether a declared flag is on for some people at least: what nobody asks for by name, such as jobs, asks this."""
    if name not in DECLARED:
        raise LookupError(f"The flag {name} is not declared.")
    return waffle.get_waffle_flag_model().get(name).is_on_for_anybody()


def behind_flag(name: str):
    """Make a view absent (404) for those for whom the flag is off."""

    def decorate(view):
        @wraps(view)
        def wrapper(request, *args, **kwargs):
            if not is_on(name, request):
                raise Http404
            return view(request, *args, **kwargs)

        return wrapper

    return decorate


def idle_without(name: str):
    """Make a job do nothing while the flag is off for everybody: what is dark neither sends nor asks anything."""

    def decorate(run):
        @wraps(run)
        def wrapper(*args, **kwargs):
            return run(*args, **kwargs) if is_on_for_anybody(name) else None

        return wrapper

    return decorate


def overdue(today: date) -> list[FlagDeclaration]:
    """Flags that should have been removed before `today`."""
    return [flag for flag in DECLARED.values() if flag.remove_by < today]
