"""Lists that people filter, search, sort and page through: what the list pages of all apps share.

An app describes its list once, as a `Catalogue` (filters, built-in views, orders, search); reading an address, finding
the page, counting, the form of the filters and the way to the neighbours are then the same for every list.
"""
