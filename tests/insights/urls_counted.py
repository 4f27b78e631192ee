"""Addresses that only tests of counting have."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path

from config.urls import handler404  # noqa: F401
from config.urls import urlpatterns as ours


def screen(request):
    return HttpResponse("<h1>Screen</h1>")


def csv(request):
    return HttpResponse("a;b", content_type="text/csv")


def moved(request):
    return HttpResponseRedirect("/screen/")


urlpatterns = [
    *ours,
    path("screen/", screen, name="screen"),
    path("csv/", csv, name="csv"),
    path("moved/", moved, name="moved"),
    path("public/", login_not_required(screen), name="public"),
]
