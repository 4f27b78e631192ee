"""Addresses of viewings."""

app_name = "viewings"
urlpatterns = []
