"""Customers: who they are, how they are reached (Phone, EmailAddress, Consent), what happens (Note, Task)."""

from apps.customers.models.contact import Consent, EmailAddress, Phone
from apps.customers.models.customer import Customer
from apps.customers.models.work import Note, Task

__all__ = ["Consent", "Customer", "EmailAddress", "Note", "Phone", "Task"]
