"""Addresses about records of one person: alike, merged, handed out, erased. Part of urls.py, before each customer."""

from django.urls import path

from apps.core.flags import behind_flag
from apps.customers.flags import CUSTOMERS
from apps.customers.views import duplicates, merge

dark = behind_flag(CUSTOMERS)

urlpatterns = [
    path("already-here/", dark(duplicates.already_here), name="already-here"),
    path("duplicates/", dark(duplicates.duplicates), name="duplicates"),
    path("merges/<int:pk>/undo/", dark(merge.undo), name="undo_merge"),
    path("<str:reference>/look-alikes/", dark(duplicates.look_alikes), name="look-alikes"),
    path("<str:reference>/merge/<str:other>/", dark(merge.compare), name="compare"),
    path("<str:reference>/apart/<str:other>/", dark(duplicates.tell_apart), name="tell_apart"),
]
