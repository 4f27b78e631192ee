"""Customers: who they are (Customer), how they are reached (Phone, EmailAddress, Consent), what happens (Note, Task).

Two records of one person: DuplicatePair, Merge. A person who wants to be forgotten: Erasure.
"""

from apps.customers.models.contact import Consent, EmailAddress, Phone
from apps.customers.models.customer import Customer
from apps.customers.models.duplicates import DuplicatePair, Likeness
from apps.customers.models.erasure import Erasure
from apps.customers.models.merge import Merge, MergedRow
from apps.customers.models.work import Note, Task

__all__ = [
    "Consent",
    "Customer",
    "DuplicatePair",
    "EmailAddress",
    "Erasure",
    "Likeness",
    "Merge",
    "MergedRow",
    "Note",
    "Phone",
    "Task",
]
