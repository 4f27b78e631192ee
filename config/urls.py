"""The site map. What a flag can switch off says so beside its views (`behind_flag`)."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from apps.core import health, views_ui

handler400 = "apps.core.views_errors.bad_request"
handler403 = "apps.core.views_errors.not_allowed"
handler404 = "apps.core.views_errors.not_found"
handler500 = "apps.core.views_errors.broken"

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("", RedirectView.as_view(pattern_name="today:today"), name="home"),
    path("accounts/", include("apps.accounts.auth_urls")),
    path("", include("apps.accounts.urls")),
    path("customers/", include("apps.customers.urls")),
    path("listings/", include("apps.listings.urls")),
    path("tasks/", include("apps.customers.task_urls")),
    path("today/", include("apps.today.urls")),
    path("search/", include("apps.search.urls")),
    path("ui/", views_ui.components, name="ui"),
    path("matching/", include("apps.matching.urls")),
    path("", include("apps.viewings.urls")),
    path("call/", include("apps.calls.urls")),
    path("", include("apps.website.enquiries.urls")),
    path("website/", include("apps.website.urls")),
    path("imports/", include("apps.imports.urls")),
    path("usage/", include("apps.insights.urls")),
    path("admin/", admin.site.urls),
]
