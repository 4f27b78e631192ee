"""Addresses of websites."""

from django.urls import path

from apps.website.views import sites

app_name = "website"
urlpatterns = [
    path("", sites.sites, name="sites"),
    path("sites/<int:pk>/", sites.site, name="site"),
]
