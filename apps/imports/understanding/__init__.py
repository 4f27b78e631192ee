"""Understanding rows: which column is which field, and what each cell means."""
