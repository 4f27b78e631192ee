"""Addresses of enquiries: where sites send them, and where people read them."""

from django.urls import path

from apps.website.enquiries.views import answer, enquiries, intake

app_name = "enquiries"
urlpatterns = [
    path("intake/", intake.intake, name="intake"),
    path("website/enquiries/", enquiries.enquiries, name="list"),
    path("website/enquiries/counts/", enquiries.counts, name="counts"),
    path("website/enquiries/filters/", enquiries.filters, name="filters"),
    path("website/enquiries/export/<str:kind>/", enquiries.export, name="export"),
    path("website/enquiries/unasked/", enquiries.unasked, name="unasked"),
    path("website/enquiries/<int:pk>/", enquiries.detail, name="detail"),
    path("website/enquiries/<int:pk>/answered/", enquiries.answered, name="answered"),
    path("website/enquiries/<int:pk>/choose/", enquiries.choose, name="choose"),
    path("website/enquiries/<int:pk>/reply/", answer.reply, name="reply"),
    path("website/enquiries/<int:pk>/set-aside/", answer.set_aside, name="set-aside"),
    path("website/enquiries/<int:pk>/put-back/", answer.put_back, name="put-back"),
]
