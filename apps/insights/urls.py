"""Addresses of insights."""

from django.urls import path

from apps.insights import views

app_name = "insights"
urlpatterns = [path("left/", views.beacon, name="beacon")]
