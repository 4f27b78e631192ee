"""A real WordPress for tests and for trying by hand: core out of Debian's package, PHP's own server, a private MariaDB.

Nothing is installed or started as a service; all of it lives in one temporary folder and ends with who started it.
"""
