"""What the pages of viewings share: the viewing this person may see, and answers to a form in a drawer."""

from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers

from apps.core.refusals import Refused
from apps.viewings.models import Viewing

MOST_DIGITS = 18


def visible_viewing(request, pk: int) -> Viewing:
    """The viewing with all that its pages show, or 404 where this person may not know of it."""
    rows = Viewing.objects.visible_to(request.user).with_cards(request.user)
    return get_object_or_404(rows, pk=pk)


def answer(request, template: str, context: dict, *, status: int | None = None):
    """A form: for htmx a drawer, else a page of its own. 422 when it was refused."""
    form = context["form"]
    context["form_template"] = template
    chosen = template if request.htmx.target == "drawer" else "viewings/form_page.html"
    response = render(request, chosen, context, status=status or (Refused.status if form.is_bound else 200))
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def key(text: str | None) -> int | None:
    """A primary key out of an address, or None where it is none."""
    return int(text) if text and text.isdecimal() and len(text) <= MOST_DIGITS else None
