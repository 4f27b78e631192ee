"""From understood rows to the stock: what each row means for it, and writing that in bulk."""
