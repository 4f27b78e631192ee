"""What an import does with listings: their fields, what a row means for the stock, and how it is written and undone."""
