"""The list of customers: table, the form of its filters, the counts of its views, files, and many at once."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.forms.agents import AgentOfManyForm
from apps.accounts.saved_views import Tab, tab_counts, tabs
from apps.core.flags import behind_flag, is_on
from apps.core.http import once
from apps.core.lists.asked import read
from apps.core.lists.bulk import MOST_ROWS, ticked
from apps.core.lists.bulk_door import Verb
from apps.core.lists.bulk_door import bulk as bulk_door
from apps.core.lists.catalogue import Catalogue, declare
from apps.core.lists.context import filters_page, list_context
from apps.core.lists.door import door_of
from apps.core.lists.files import file_of
from apps.core.lists.neighbours import neighbours
from apps.core.lists.page import ListPage, count_in_words, open_page
from apps.core.refusals import NotAllowed
from apps.customers import flags
from apps.customers.actions.assignment import why_not_assign
from apps.customers.actions.bulk import assign_many
from apps.customers.actions.customer import why_not_add
from apps.customers.customer_list import CUSTOMERS
from apps.customers.duplicates import visible_pairs
from apps.customers.export import export as export_customers
from apps.customers.export import why_not_export
from apps.customers.models import Customer
from apps.customers.rows import Rows
from apps.matching import flags as matching_flags
from apps.matching.best import MOST, best_scores
from apps.matching.customer_list import NO_LOOK, looks, with_matching


def _assign(opened, chosen, *, by):
    return assign_many([customer for customer, _version in opened], chosen["agent"], by=by)


VERBS = {"assign": Verb(AgentOfManyForm, _("Assign"), _("Assign customers"), _assign, why_not_assign)}


def knows_matching(request) -> bool:
    """Whether this person sees what customers look for."""
    return is_on(matching_flags.MATCHING, request) and request.user.has_perm("matching.view_requirement")


def catalogue_for(request) -> Catalogue:
    """The list as this person has it: with filters by area and budget where matching is on."""
    return with_matching(CUSTOMERS) if knows_matching(request) else CUSTOMERS


declare(CUSTOMERS.key, catalogue_for)


@require_safe
@door_of(CUSTOMERS)
def customers(request):
    """A page of customers; htmx gets the rows with what changes around them."""
    asked = read(catalogue_for(request), request.GET, request.user, request.agency)
    found = open_page(asked)
    template = "customers/list_swap.html" if request.htmx.target == "list" else "customers/list.html"
    context = list_context(found) | tabs(request, found.asked) | _context(request, found)
    if request.user.has_perm("customers.merge_customer"):
        context["tabs"].append(Tab("alike", _("Possible duplicates"), reverse("customers:duplicates"), False))
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@door_of(CUSTOMERS)
def counts(request):
    """How many customers each view holds, to be laid beside the tabs."""
    found = tab_counts(request, catalogue_for(request))
    if request.user.has_perm("customers.merge_customer"):
        found.append(("alike", count_in_words(visible_pairs(request.user).filter(dismissed_at__isnull=True))))
    return render(request, "lists/counts.html", {"counts": found})


@require_safe
@door_of(CUSTOMERS)
@behind_flag(matching_flags.MATCHING)
def matches(request):
    """The best match of each customer named by `id`, to be laid into the rows; the page asks for it last."""
    seen = Customer.objects.visible_to(request.user).filter(pk__in=ticked(request.GET)[:MOST])
    scores = best_scores(list(seen.order_by().values_list("pk", flat=True)), request.user)
    return render(request, "customers/best.html", {"scores": scores})


@require_safe
@door_of(CUSTOMERS)
def filters(request):
    """The form of all filters, set as the address says: a popover for htmx, else a page."""
    return filters_page(request, catalogue_for(request))


@require_safe
@behind_flag(flags.CUSTOMERS)
def pager(request, reference):
    """The customers before and after one, in the list that its page was opened from; the page asks for it last."""
    customer = get_object_or_404(Customer.objects.visible_to(request.user), reference=reference)
    found = neighbours(customer, catalogue_for(request), request.GET.urlencode(), request.user, request.agency)
    return render(request, "lists/pager.html", {"neighbours": found, "noun": CUSTOMERS.nouns[0]})


@require_safe
@door_of(CUSTOMERS)
def export(request, kind):
    """CSV or XLSX of the address of the list, or of the rows it names by `id`."""
    NotAllowed.unless_empty(why_not_export(request.user))
    return file_of(request, catalogue_for(request), kind, export_customers)


@require_http_methods(["GET", "POST"])
@door_of(CUSTOMERS)
@once
def bulk(request, verb):
    """The form for the customers named by `id`, or for all that the address of a list asks for (`all=1`)."""
    if verb not in VERBS:
        raise Http404
    return bulk_door(request, catalogue_for(request), VERBS[verb], related="agent")


def _context(request, found: ListPage) -> dict:
    asked, shown = found.asked, found.page.rows
    rows = Rows(request.agency, asked.asking.today, asked.querystring())
    with_looks = knows_matching(request)
    known = looks(shown, request.user) if with_looks and shown else {}
    return {
        "rows": [row | {"look": known.get(row["customer"].pk, NO_LOOK)} for row in rows.rows(shown)],
        "tail": rows.tail,
        "with_looks": with_looks,
        "most": MOST_ROWS,
        "may_add": not why_not_add(request.user),
        "may_import": request.user.has_perm("imports.run_import"),
        "may_assign": not why_not_assign(request.user),
        "may_export": not why_not_export(request.user),
    }
