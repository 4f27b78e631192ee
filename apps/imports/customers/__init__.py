"""What an import does with customers: their fields, whom a row means, and how it is written and undone."""
