"""Addresses of tasks, launched dark with the customers."""

from django.urls import path

from apps.core.flags import behind_flag
from apps.customers.flags import CUSTOMERS
from apps.customers.views import tasks

dark = behind_flag(CUSTOMERS)

app_name = "tasks"
urlpatterns = [
    path("", dark(tasks.tasks), name="list"),
    path("new/", dark(tasks.new), name="new"),
    path("<int:pk>/", dark(tasks.edit), name="edit"),
    path("<int:pk>/done/", dark(tasks.done), name="done"),
    path("<int:pk>/reopen/", dark(tasks.reopen), name="reopen"),
]
