"""Addresses that only tests of logs and reports have."""

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

handler500 = "apps.core.views_errors.broken"


@login_not_required
def fine(request, pk):
    return HttpResponse("fine")


@login_not_required
@csrf_exempt
def broken(request):
    owner = "tom@example.com"
    raise RuntimeError(f"No house for {owner}")


@login_not_required
def leave(request):
    logout(request)
    return HttpResponse("bye")


urlpatterns = [path("fine/<int:pk>/", fine), path("broken/", broken), path("leave/", leave)]
