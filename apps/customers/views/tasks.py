"""Tasks: the list of them, adding, moving, ticking off and taking the tick back."""

from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.contrib import messages
from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core import keyset
from apps.core.http import go_to, once, refusals_on
from apps.core.keyset import Key, Order
from apps.core.refusals import NotAllowed
from apps.customers.actions.task import add_task, complete_task, edit_task, reopen_task, why_not_complete
from apps.customers.forms.notes import TaskForm
from apps.customers.models import Task
from apps.customers.policy import why_not_write_to
from apps.customers.views.pages import drawer, next_steps, visible_customer

PAGE = 50
# Those of a day that have no hour come after those that have one.
DUE_BY = Coalesce("due_at", Value(datetime(9999, 1, 1, tzinfo=UTC)))
_ID = Key("id", models.BigIntegerField())
TO_DO = Order((Key("due_on", models.DateField()), Key("due_by", models.DateTimeField()), _ID))
DONE = Order((Key("done_at", models.DateTimeField()), _ID), is_descending=True)
SHOWN_ON = ("/tasks/", "/customers/", "/today/")  # tasks are ticked off on these pages
VIEWS = {
    "mine": gettext_lazy("Mine"),
    "due": gettext_lazy("Due today"),
    "late": gettext_lazy("Late"),
    "done": gettext_lazy("Done"),
    "all": gettext_lazy("All"),
}
EMPTY = {
    "mine": gettext_lazy("All tasks done."),
    "due": gettext_lazy("Nothing is due today."),
    "late": gettext_lazy("Nothing is late."),
    "done": gettext_lazy("Nothing done yet."),
    "all": gettext_lazy("All tasks done."),
}


@require_safe
def tasks(request):
    """One's own tasks, those of them that are due or late or done, or everybody's that this person may see."""
    NotAllowed.unless_empty([] if request.user.has_perm("customers.view_customer") else [_("Tasks are for agents.")])
    view = request.GET.get("view", "mine")
    view = view if view in VIEWS else "mine"
    page = _page(view, request)
    context = {
        "view": view,
        "views": VIEWS,
        "tasks": page.rows,
        "next": keyset.encode(page.last) if page.has_next else "",
        "previous": keyset.encode(page.first) if page.has_previous else "",
        "empty": EMPTY[view],
        "counts": counts(request.user),
    }
    template = "customers/tasks_list.html" if request.htmx.target == "list" else "customers/tasks.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _page(view: str, request) -> keyset.Page:
    """The tasks after or before the one that the address names; from the first where there are none."""
    order = DONE if view == "done" else TO_DO
    rows = chosen(view, request.user).select_related("customer", "assignee").annotate(due_by=DUE_BY)
    for name, turn in (("after", keyset.page_after), ("before", keyset.page_before)):
        with suppress(keyset.UnreadableCursor):
            page = turn(rows, order, PAGE, keyset.decode(request.GET.get(name, ""), order))
            if page.rows:
                return page
    return keyset.first_page(rows, order, PAGE)


def chosen(view: str, user):
    """The tasks of a view."""
    rows = Task.objects.visible_to(user)
    if view == "all":
        return rows.to_do()
    rows = rows.filter(assignee=user.pk)
    if view == "done":
        return rows.filter(done_at__isnull=False)
    today = timezone.localdate()
    return {"mine": rows.to_do(), "due": rows.to_do().filter(due_on=today), "late": rows.late()}[view]


def counts(user) -> dict[str, int]:
    """How many of one's own tasks are due today and late."""
    return Task.objects.visible_to(user).filter(assignee=user.pk).to_do().due_and_late()


@require_http_methods(["GET", "POST"])
@once
def new(request):
    """Plan something for nobody in particular."""
    NotAllowed.unless_empty([] if request.user.has_perm("customers.change_customer") else [_("Tasks are for agents.")])
    return _plan(request, None)


@require_http_methods(["GET", "POST"])
@once
def add(request, reference):
    """Plan the next step for a customer."""
    customer = visible_customer(request, reference)
    NotAllowed.unless_empty(why_not_write_to(customer, request.user))
    return _plan(request, customer)


def _plan(request, customer):
    form = TaskForm(request.POST or None, initial={"assignee": request.user.pk, "due_on": timezone.localdate()})
    if form.is_valid():
        with refusals_on(form):
            data = form.cleaned_data
            add_task(customer, data["title"], data["due_on"], data["assignee"], due_at=form.due_at(), by=request.user)
    if form.is_bound and form.is_valid():
        messages.success(request, _("Planned: %(title)s") % {"title": form.cleaned_data["title"]})
        return go_to(request, customer.get_absolute_url() if customer else reverse("tasks:list"))
    return drawer(request, "task_form", {"customer": customer, "form": form})


@require_http_methods(["GET", "POST"])
@once
def edit(request, pk):
    """Change what is to be done, by when and by whom."""
    task = _visible(request, pk)
    NotAllowed.unless_empty(why_not_complete(task, request.user))
    initial = {"title": task.title, "due_on": task.due_on, "assignee": task.assignee_id}
    form = TaskForm(
        request.POST or None, initial=initial | {"due_time": task.due_at and timezone.localtime(task.due_at)}
    )
    if form.is_valid():
        with refusals_on(form):
            data = form.cleaned_data
            edit_task(task, data["title"], data["due_on"], data["assignee"], due_at=form.due_at(), by=request.user)
    if form.is_bound and form.is_valid():
        messages.success(request, _("Task saved"))
        return _back(request, task)
    return drawer(request, "task_form", {"customer": task.customer, "task": task, "form": form})


@require_POST
@once
def done(request, pk):
    """Tick a task off; the toast takes the tick back."""
    task = complete_task(_visible(request, pk), by=request.user)
    words = _("Done: %(title)s") % {"title": task.title}
    messages.success(request, words, extra_tags=f"undo:{reverse('tasks:reopen', args=[task.pk])}")
    return _answer(request, task)


@require_POST
@once
def reopen(request, pk):
    """Take the tick back."""
    task = reopen_task(_visible(request, pk), by=request.user)
    messages.success(request, _("Open again: %(title)s") % {"title": task.title})
    return _answer(request, task)


def _visible(request, pk) -> Task:
    return get_object_or_404(Task.objects.visible_to(request.user).select_related("customer", "assignee"), pk=pk)


def _answer(request, task):
    """htmx gets the toast and its row goes, or the customer's next steps; a plain form goes back where it came from."""
    if not request.htmx:
        return _back(request, task)
    if request.htmx.target == "next-step" and task.customer:
        context = {"customer": task.customer, "tasks": next_steps(task.customer), "note_form": True, "is_fresh": True}
        return render(request, "customers/next_step.html", context)
    return render(request, "customers/task_done.html", {"counts": counts(request.user), "task": task})


def _back(request, task):
    """The page that the form stood on, where it is one with tasks."""
    came_from = request.htmx.current_url_abs_path or urlsplit(request.headers.get("referer", "")).path
    if came_from.startswith(SHOWN_ON):
        return go_to(request, came_from)
    return go_to(request, task.customer.get_absolute_url() if task.customer else reverse("tasks:list"))
