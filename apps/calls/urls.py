"""Addresses of the phone page."""

from django.urls import path

from apps.calls import views

app_name = "calls"
urlpatterns = [
    path("", views.call, name="call"),
    path("who/", views.who, name="who"),
    path("wants/", views.wants, name="wants"),
    path("matches/", views.matches, name="matches"),
    path("draft/", views.draft, name="draft"),
    path("discard/", views.discard, name="discard"),
]
