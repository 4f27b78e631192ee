"""Today: the page, each card by itself, and the counts of the menu."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.core.navigation import counts_for
from apps.today.first_day import first_steps
from apps.today.registry import MAIN, SIDE, actions_for, cards_for, figures_for

LONG = 100  # rows of a card that is opened as a page


@require_safe
def today(request):
    """The frame: greeting, first steps while there are any, and where each card will be."""
    cards = cards_for(request)
    context = {
        "greeting": greeting(timezone.localtime().hour),
        "steps": first_steps(request),
        "actions": actions_for(request),
        "columns": [[card for card in cards if card.column == column] for column in (MAIN, SIDE)],
        "has_figures": bool(figures_for(request)),
    }
    return render(request, "today/today.html", context)


@require_safe
def stats(request):
    """The figures on top."""
    figures = [(figure.label, figure.load(request)) for figure in figures_for(request)]
    return _part(request, "today/stats.html", {"figures": figures, "label": _("Figures")})


@require_safe
def card(request, key):
    """One card: its inside for htmx, else a page with more of its rows."""
    found = next((one for one in cards_for(request) if one.key == key), None)
    if found is None:
        raise Http404
    rows = found.load(request) if request.htmx else found.load(request, LONG)
    return _part(request, found.template, rows | {"card": found, "label": _(found.label), "is_page": not request.htmx})


@require_safe
def counts(request):
    """What stands at the end of the menu's lines; asked for after each page."""
    return render(request, "today/counts.html", {"counts": counts_for(request)})


def greeting(hour: int) -> str:
    """By the hour where the agency is."""
    return _("Good morning") if 4 <= hour < 12 else _("Good afternoon") if 12 <= hour < 18 else _("Good evening")


def _part(request, template, context):
    context |= {"template": template}
    response = render(request, template if request.htmx else "today/card.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
