"""The site map. Modules that a flag can switch off are wrapped here."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from apps.core import views_ui

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="listings:list"), name="home"),
    path("accounts/", include("allauth.urls")),
    path("listings/", include("apps.listings.urls")),
    path("ui/", views_ui.components, name="ui"),
    path("admin/", admin.site.urls),
]
