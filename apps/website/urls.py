"""Addresses of websites."""

from django.urls import path

from apps.website.views import adopting, differences, numbers, placements, profiles, sites, trouble

app_name = "website"
urlpatterns = [
    path("", sites.sites, name="sites"),
    path("sites/new/", sites.new, name="new"),
    path("sites/<int:pk>/", sites.site, name="site"),
    path("sites/<int:pk>/edit/", sites.edit, name="edit"),
    path("sites/<int:pk>/test/", sites.test, name="test"),
    path("sites/<int:pk>/reconcile/", sites.reconcile, name="reconcile"),
    path("sites/<int:pk>/key/", sites.key, name="key"),
    path("sites/<int:pk>/adopt/", adopting.adopt, name="adopt"),
    path("sites/<int:pk>/adopt/progress/", adopting.progress, name="adopt-progress"),
    path("sites/<int:pk>/adopt/photos/", adopting.photos, name="adopt-photos"),
    path("found/<int:pk>/", adopting.found, name="found"),
    path("found/<int:pk>/listings/", adopting.listings, name="adopt-listings"),
    path("profiles/", profiles.profiles, name="profiles"),
    path("profiles/new/", profiles.new, name="new-profile"),
    path("profiles/<slug:slug>/", profiles.profile, name="profile"),
    # Of a listing
    path("listing/<str:listing_id>/", placements.panel, name="panel"),
    path("listing/<str:listing_id>/numbers/", numbers.numbers, name="numbers"),
    path("listing/<str:listing_id>/<int:pk>/", placements.act, name="act"),
    path("listing/<str:listing_id>/<int:pk>/differences/", differences.compare, name="differences"),
    # Trouble
    path("trouble/", trouble.trouble, name="trouble"),
    path("trouble/retry/", trouble.retry_everything, name="retry-all"),
    path("trouble/<int:pk>/retry/", trouble.retry_one, name="retry"),
]
