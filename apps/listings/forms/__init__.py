"""Forms of the listing's own pages."""
