"""Addresses of imports."""

from django.urls import path

from apps.imports.views import pages

app_name = "imports"
urlpatterns = [
    path("", pages.runs, name="list"),
    path("new/", pages.new, name="new"),
    path("<int:pk>/", pages.run, name="run"),
    path("<int:pk>/progress/", pages.progress, name="progress"),
    path("<int:pk>/match/", pages.match, name="match"),
    path("<int:pk>/fix/", pages.fix, name="fix"),
    path("<int:pk>/fix-similar/", pages.fix_similar, name="fix_similar"),
    path("<int:pk>/apply/", pages.apply, name="apply"),
    path("<int:pk>/undo/", pages.undo, name="undo"),
    path("<int:pk>/rows.csv", pages.problems, name="problems"),
]
