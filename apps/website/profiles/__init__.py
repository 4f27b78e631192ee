"""Which value of a listing goes into which field of a site, and how it is written. Shipped kinds are the JSON files."""
