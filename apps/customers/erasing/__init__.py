"""Forgetting a person: who is meant (subject), what apps say about their rows (registry), where copies lie (copies)."""
