"""Forms about people and the agency."""
