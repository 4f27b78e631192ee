"""Addresses of viewings."""

from django.urls import path

from apps.viewings.views import booking, calendar, feed, feedback, panels, report, tour, viewing

app_name = "viewings"
urlpatterns = [
    path("viewings/", calendar.calendar, name="calendar"),
    path("viewings/new/", booking.new, name="book"),
    path("viewings/new/slots/", booking.slots, name="slots"),
    path("viewings/new/<str:kind>/", booking.suggest, name="suggest"),
    path("viewings/tour/", tour.tour, name="tour"),
    # After the viewing
    path("viewings/feedback/", feedback.outstanding, name="outstanding"),
    path("viewings/feedback/<int:pk>/told/", feedback.told, name="told"),
    path("viewings/feedback/<int:pk>/told/undo/", feedback.told_undo, name="told-undo"),
    path("viewings/feedback/<int:pk>/suggestion/", feedback.take_suggestion, name="take-suggestion"),
    # One viewing
    path("viewings/<int:pk>/", viewing.detail, name="detail"),
    path("viewings/<int:pk>/move/", booking.change, name="move"),
    path("viewings/<int:pk>/confirm/", viewing.confirm, name="confirm"),
    path("viewings/<int:pk>/call-off/", viewing.call_off, name="call-off"),
    path("viewings/<int:pk>/done/", viewing.done, name="done"),
    path("viewings/<int:pk>/feedback/", feedback.feedback, name="feedback"),
    path("viewings/mails/<int:pk>/again/", viewing.mail_again, name="mail-again"),
    # On other pages, and for the owner
    path("viewings/of-listing/<str:listing_id>/", panels.of_listing, name="of-listing"),
    path("viewings/of-customer/<str:reference>/", panels.of_customer, name="of-customer"),
    path("viewings/report/<str:listing_id>/", report.report, name="report"),
    path("viewings/report/<str:listing_id>/pdf/", report.report_pdf, name="report-pdf"),
    # The agent's own calendar
    path("viewings/calendar-address/", feed.feed, name="feed"),
    path("calendar/<str:secret>.ics", feed.calendar_feed, name="calendar-feed"),
]
