"""Today, the page after sign-in: doors only. Its cards are registered (apps/today/cards.py)."""
