"""Imports in the browser: the list, upload, match columns, check rows, done."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.flags import is_on
from apps.core.http import once, refusals_on
from apps.core.refusals import NotAllowed
from apps.core.sheets import csv_lines
from apps.customers import flags as customers
from apps.imports import check_page
from apps.imports.actions import fixes as fixing
from apps.imports.actions import run as actions
from apps.imports.engine.process import mapping_of
from apps.imports.forms import MatchForm, UploadForm
from apps.imports.listings.websites import page_of_posts
from apps.imports.models import ImportRun, RunState
from apps.imports.problem_file import problem_rows
from apps.imports.understanding.survey import survey_from_json
from apps.imports.vocabularies import Subject
from apps.imports.words import WORDS

PAGE_SIZE = 25


@require_safe
def runs(request):
    """All imports, newest first."""
    _may_view(request)
    page = Paginator(_runs(request), PAGE_SIZE).get_page(request.GET.get("page"))
    why_not = actions.why_not_import(request.user)
    return render(request, "imports/list.html", {"page": page, "why_not": why_not})


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request):
    """Upload a file; `?subject=customers` says what is in it."""
    NotAllowed.unless_empty(actions.why_not_import(request.user))
    subjects = _subjects(request)
    asked = request.GET.get("subject")
    initial = {"subject": asked if asked in subjects else subjects[0].value}
    data = {"subject": initial["subject"]} | request.POST.dict() if request.method == "POST" else None
    form = UploadForm(data, request.FILES or None, subjects=subjects, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with refusals_on(form):
            run = actions.upload(said["file"], source=said["source"], subject=said["subject"], by=request.user)
        if form.is_valid():
            return redirect("imports:run", run.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "imports/upload.html", {"form": form}, status=status)


@require_safe
def run(request, pk):
    """One import, at the step where it stands."""
    found = _run(request, pk)
    if found.is_working:
        return render(request, "imports/working.html", {"run": found, "words": WORDS[found.subject]})
    if found.state == RunState.MATCHING:
        return redirect("imports:match", pk)
    if found.state == RunState.READY:
        return render(request, "imports/check.html", _check_context(request, found))
    template = "imports/failed.html" if found.state == RunState.FAILED else "imports/done.html"
    context = {
        "run": found,
        "words": WORDS[found.subject],
        "why_not_undo": actions.why_not_undo(found, request.user),
        "troubled": _has_problems(found),
        "posts_url": page_of_posts(found) if found.state == RunState.APPLIED else "",
    }
    return render(request, template, context)


@require_safe
def progress(request, pk):
    """How far the job is; at its end the browser goes to the page of the run."""
    found = _run(request, pk)
    if found.is_working:
        return render(request, "imports/progress.html", {"run": found})
    response = HttpResponse(status=204 if not request.htmx else 200)
    response["HX-Redirect"] = reverse("imports:run", args=[pk])
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@once
def match(request, pk):
    """How the columns are read."""
    found = _run(request, pk)
    if found.state not in actions.MATCHABLE or not found.survey:
        return redirect("imports:run", pk)
    surveyed = survey_from_json(found.survey, mapping_of(found))
    form = MatchForm(found, surveyed, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.match(found, form.choices(), by=request.user)
        if form.is_valid():
            return redirect("imports:run", pk)
    context = {
        "run": found,
        "words": WORDS[found.subject],
        "form": form,
        "why_not": actions.why_not_import(request.user, found.subject),
        "missing": [_(" or ").join(map(surveyed.mapping.vocabulary.label, names)) for names in surveyed.missing],
        "unmatched": surveyed.unmatched,
        "earlier": found.earlier(),
    }
    return render(request, "imports/match.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@once
def fix(request, pk):
    """Mend one cell."""
    found = _run(request, pk)
    number, column = request.POST.get("row", ""), request.POST.get("column", "")
    row = int(number) if number.isdecimal() and len(number) < 10 else 0
    fixing.fix_cell(found, row, column, request.POST.get("text", ""), by=request.user)
    return _back_to_rows(request, pk)


@require_POST
@once
def fix_similar(request, pk):
    """Take the suggestion in all similar rows."""
    found = _run(request, pk)
    column, kind = request.POST.get("column", ""), request.POST.get("kind", "")
    count = fixing.fix_similar(found, column, kind, by=request.user)
    messages.success(request, ngettext("%(count)d row mended", "%(count)d rows mended", count) % {"count": count})
    return _back_to_rows(request, pk)


@require_POST
@once
def apply(request, pk):
    """Import the checked rows."""
    found = _run(request, pk)
    actions.start_import(found, skip_bad_rows=request.POST.get("skip_bad_rows") == "yes", by=request.user)
    return redirect("imports:run", pk)


@require_POST
@once
def undo(request, pk):
    """Take the import back."""
    actions.start_undo(_run(request, pk), by=request.user)
    return redirect("imports:run", pk)


@require_safe
def problems(request, pk):
    """The rows with problems as CSV, to be mended and sent back."""
    found = _run(request, pk)
    header, rows = problem_rows(found)
    response = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rows-to-mend-{found.pk}.csv"'
    return response


def _may_view(request):
    if not request.user.has_perm("imports.view_importrun"):
        raise NotAllowed(_("Only managers and administrators see imports. Ask one of them."))


def _subjects(request) -> list[Subject]:
    """What this person may know of among imports: customers behind their flag, and only for those who see all."""
    may_see = is_on(customers.CUSTOMERS, request) and request.user.has_perm("customers.view_any_customer")
    return [Subject.LISTINGS, Subject.CUSTOMERS] if may_see else [Subject.LISTINGS]


def _runs(request):
    return ImportRun.objects.select_related("by", "undone_by").filter(subject__in=_subjects(request))


def _run(request, pk) -> ImportRun:
    _may_view(request)
    return get_object_or_404(_runs(request), pk=pk)


def _has_problems(found) -> bool:
    return bool(found.warned_count or found.refused_count)


def _check_context(request, found) -> dict:
    view = request.GET.get("show")
    view = view if view in check_page.VIEWS else check_page.first_view(found)
    page = Paginator(check_page.rows_of(found, view).order_by("number"), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    columns = check_page.shown_columns(found, rows)
    return {
        "run": found,
        "words": WORDS[found.subject],
        "view": view,
        "page": page,
        "columns": columns,
        "rows": check_page.show(found, rows, columns),
        "similar": fixing.similar_fixes(found),
        "troubled_columns": check_page.troubled_columns(found),
        "why_not": actions.why_not_apply(found, request.user),
    }


def _back_to_rows(request, pk):
    query = f"?show={view}" if (view := request.POST.get("show")) in check_page.VIEWS else ""
    return redirect(f"{reverse('imports:run', args=[pk])}{query}")
