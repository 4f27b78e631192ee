"""Addresses of the apartments database."""

from django.urls import path

from apps.listings.views import photos

app_name = "listings"
urlpatterns = [
    path("<int:pk>/photos/", photos.photos, name="photos"),
    path("<int:pk>/photos/add/", photos.add, name="photos_add"),
    path("<int:pk>/photos/order/", photos.order, name="photos_order"),
    path("photos/<int:pk>/move/", photos.move, name="photo_move"),
    path("photos/<int:pk>/first/", photos.make_first, name="photo_first"),
    path("photos/<int:pk>/describe/", photos.describe, name="photo_describe"),
    path("photos/<int:pk>/remove/", photos.remove, name="photo_remove"),
    path("photos/<int:pk>/restore/", photos.restore, name="photo_restore"),
    path("photos/<slug:name>/<str:size>.webp", photos.picture, name="photo_file"),
]
