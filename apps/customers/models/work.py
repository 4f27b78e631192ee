"""What people wrote down about customers, and what is to be done."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.customers.lookups import NoteKind
from apps.customers.models.customer import Customer
from apps.customers.queries import TaskQuerySet
from apps.customers.triggers import note_contact, refresh_next_task


class Note(models.Model):
    """A note, a call or a message: what a colleague should know about a customer."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=NoteKind.choices, default=NoteKind.NOTE)
    body = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-id"]
        triggers = [note_contact()]
        indexes = [models.Index(fields=["customer", "-at"], name="customer_note")]

    def __str__(self):
        return self.body[:60]


class Task(models.Model):
    """Something that one colleague will do by a day, for a customer or for nobody in particular."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, null=True, blank=True, related_name="tasks")
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    due_at = models.DateTimeField(null=True, blank=True)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tasks")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", F("due_at").asc(nulls_last=True), "id"]
        triggers = [refresh_next_task()]
        indexes = [
            models.Index(fields=["customer", "due_on"], condition=Q(done_at__isnull=True), name="task_next"),
            models.Index(fields=["assignee", "due_on", "id"], condition=Q(done_at__isnull=True), name="task_to_do"),
            models.Index(fields=["due_on", "id"], condition=Q(done_at__isnull=True), name="task_due"),
            models.Index(fields=["customer", "done_at"], name="task_of_customer"),
            models.Index(fields=["assignee", "done_at"], name="task_of_assignee"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_done(self) -> bool:
        """Whether it was done."""
        return self.done_at is not None
