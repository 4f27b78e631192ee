"""Filling the connected database, which has its listings and agents already, with as many customers as asked for."""

from pathlib import Path

from apps.customers.models import Customer, EmailAddress, Note, Phone, Task
from apps.matching.models import Requirement, RequirementPlace
from dev.bench.load import pour

ROWS = (Path(__file__).parent / "customers.sql").read_text()
BULK = (Customer, Phone, EmailAddress, Note, Task, Requirement, RequirementPlace)


def load_customers(rows: int) -> None:
    """Put `rows` customers into the database, with contacts, tasks, notes and what a quarter of them look for."""
    pour(BULK, ROWS.replace(":rows", str(int(rows))))
