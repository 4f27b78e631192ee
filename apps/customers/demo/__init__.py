"""Customers of the demo agency: `build_owners` before the units that they own, `build_customers` after them."""

from apps.customers.demo.build import build_customers, build_owners

__all__ = ["build_customers", "build_owners"]
