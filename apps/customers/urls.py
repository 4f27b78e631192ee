"""Addresses of customers, all launched dark."""

from django.urls import include, path

from apps.core.flags import behind_flag
from apps.customers.flags import CUSTOMERS
from apps.customers.views import changes, detail, edit, notes, tasks

dark = behind_flag(CUSTOMERS)

app_name = "customers"
urlpatterns = [
    path("", include("apps.customers.urls_list")),
    path("", include("apps.customers.urls_records")),
    # Adding
    path("new/", dark(edit.new), name="new"),
    # One customer
    path("<str:reference>/", dark(detail.detail), name="detail"),
    path("<str:reference>/viewings/", dark(detail.viewings), name="viewings"),
    path("<str:reference>/timeline/", dark(detail.timeline_page), name="timeline"),
    path("<str:reference>/edit/", dark(edit.edit), name="edit"),
    path("<str:reference>/stage/", dark(changes.stage), name="stage"),
    path("<str:reference>/agent/", dark(changes.assign), name="assign"),
    path("<str:reference>/take/", dark(changes.take), name="take"),
    path("<str:reference>/notes/", dark(notes.add), name="add_note"),
    path("<str:reference>/tasks/new/", dark(tasks.add), name="add_task"),
]
