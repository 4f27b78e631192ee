"""Addresses of the apartments database."""

app_name = "listings"
urlpatterns = []
