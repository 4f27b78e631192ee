"""Pages about people, the agency and flags."""
