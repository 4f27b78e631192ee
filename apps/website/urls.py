"""Addresses of websites."""

from django.urls import path

from apps.website.views import differences, placements, sites, trouble

app_name = "website"
urlpatterns = [
    path("", sites.sites, name="sites"),
    path("sites/<int:pk>/", sites.site, name="site"),
    # Of a listing
    path("listing/<str:listing_id>/", placements.panel, name="panel"),
    path("listing/<str:listing_id>/<int:pk>/", placements.act, name="act"),
    path("listing/<str:listing_id>/<int:pk>/differences/", differences.compare, name="differences"),
    # Trouble
    path("trouble/", trouble.trouble, name="trouble"),
    path("trouble/retry/", trouble.retry_everything, name="retry-all"),
    path("trouble/<int:pk>/retry/", trouble.retry_one, name="retry"),
]
