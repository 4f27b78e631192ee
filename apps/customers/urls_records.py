"""Addresses about records of one person: alike, merged, handed out, erased. Part of urls.py, before each customer."""

from django.urls import path

from apps.core.flags import behind_flag
from apps.customers.flags import CUSTOMERS
from apps.customers.views import data_file, duplicates, erasure, merge

dark = behind_flag(CUSTOMERS)

urlpatterns = [
    path("already-here/", dark(duplicates.already_here), name="already-here"),
    path("duplicates/", dark(duplicates.duplicates), name="duplicates"),
    path("merges/<int:pk>/undo/", dark(merge.undo), name="undo_merge"),
    path("erasures/", dark(erasure.receipts), name="erasures"),
    path("erasures/<int:pk>/", dark(erasure.receipt), name="erasure"),
    path("<str:reference>/look-alikes/", dark(duplicates.look_alikes), name="look-alikes"),
    path("<str:reference>/merge/<str:other>/", dark(merge.compare), name="compare"),
    path("<str:reference>/apart/<str:other>/", dark(duplicates.tell_apart), name="tell_apart"),
    path("<str:reference>/data-file/", dark(data_file.data_file), name="data_file"),
    path("<str:reference>/data-file/download/", dark(data_file.download), name="data_file_download"),
    path("<str:reference>/erase/", dark(erasure.erase), name="erase"),
]
