"""Search and jump to: doors only. What can be found is registered (apps/search/registry.py)."""
