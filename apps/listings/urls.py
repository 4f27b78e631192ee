"""Addresses of the apartments database."""

from django.urls import path

from apps.listings.views import (
    bulk,
    changes,
    detail,
    edit,
    export,
    inline,
    mandates,
    map,
    notes,
    photos,
    places,
    take_on,
)
from apps.listings.views import list as listings_list

app_name = "listings"
urlpatterns = [
    # The list
    path("", listings_list.listings, name="list"),
    path("counts/", listings_list.counts, name="counts"),
    path("filters/", listings_list.filters, name="filters"),
    path("filters/places/", listings_list.places, name="filter_places"),
    path("map/points/", map.points, name="map_points"),
    path("export/<str:kind>/", export.export, name="export"),
    path("bulk/<str:verb>/", bulk.bulk, name="bulk"),
    # Taking on
    path("new/", take_on.new, name="new"),
    path("new/twins/", take_on.twins, name="twins"),
    path("places/", places.places, name="places"),
    # Photos
    path("<str:listing_id>/photos/", photos.photos, name="photos"),
    path("<str:listing_id>/photos/add/", photos.add, name="photos_add"),
    path("<str:listing_id>/photos/order/", photos.order, name="photos_order"),
    path("photos/<int:pk>/move/", photos.move, name="photo_move"),
    path("photos/<int:pk>/first/", photos.make_first, name="photo_first"),
    path("photos/<int:pk>/describe/", photos.describe, name="photo_describe"),
    path("photos/<int:pk>/remove/", photos.remove, name="photo_remove"),
    path("photos/<int:pk>/restore/", photos.restore, name="photo_restore"),
    path("photos/<slug:name>/<str:size>.webp", photos.picture, name="photo_file"),
    # One listing
    path("<str:listing_id>/", detail.detail, name="detail"),
    path("<str:listing_id>/pager/", listings_list.pager, name="pager"),
    path("<str:listing_id>/status/", inline.status, name="status"),
    path("<str:listing_id>/price/", inline.price, name="price"),
    path("<str:listing_id>/activity/", detail.activity, name="activity"),
    path("<str:listing_id>/prices/", detail.prices, name="prices"),
    path("<str:listing_id>/edit/", edit.edit_page, name="edit"),
    path("<str:listing_id>/edit/price/", changes.price, name="edit_price"),
    path("<str:listing_id>/edit/status/", changes.status, name="edit_status"),
    path("<str:listing_id>/edit/agent/", changes.agent, name="edit_agent"),
    path("<str:listing_id>/edit/consent/", changes.consent, name="edit_consent"),
    path("<str:listing_id>/again/", changes.again, name="again"),
    path("<str:listing_id>/mandates/new/", mandates.mandate, name="new_mandate"),
    path("<str:listing_id>/permits/new/", mandates.permit, name="new_permit"),
    path("<str:listing_id>/notes/", notes.add, name="add_note"),
]
