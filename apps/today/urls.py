"""Addresses of Today."""

from django.urls import path

from apps.today import views

app_name = "today"
urlpatterns = [
    path("", views.today, name="today"),
    path("counts/", views.counts, name="counts"),
    path("stats/", views.stats, name="stats"),
    path("<slug:key>/", views.card, name="card"),
]
