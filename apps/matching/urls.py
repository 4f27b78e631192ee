"""Addresses of matching."""

from django.urls import path

from apps.matching.views import buyers, decisions, like, listing, matches, requirements, sending

app_name = "matching"
urlpatterns = [
    path("places/", matches.places, name="places"),
    # Of a customer
    path("customer/<str:reference>/looking-for/", matches.looking_for, name="looking-for"),
    path("customer/<str:reference>/matches/", matches.matches, name="matches"),
    path("customer/<str:reference>/new/", requirements.new, name="new"),
    path("customer/<str:reference>/like/<str:listing_id>/", like.like, name="like"),
    # Of one search
    path("search/<int:pk>/", requirements.edit, name="edit"),
    path("search/<int:pk>/accept/", requirements.accept, name="accept"),
    path("search/<int:pk>/send/", sending.send, name="send"),
    path("search/<int:pk>/dismiss/<str:listing_id>/", decisions.dismiss, name="dismiss"),
    path("search/<int:pk>/take-back/<str:listing_id>/", decisions.take_back, name="take_back"),
    # Of a listing
    path("listing/<str:listing_id>/interested/", listing.interested, name="interested"),
    path("listing/<str:listing_id>/tell/", listing.tell, name="tell"),
    path("best-buyers/", buyers.best_buyers, name="best-buyers"),
]
