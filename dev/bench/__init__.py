"""How fast the pages are on a large stock, measured over HTTP beside what Django and PostgreSQL need at least.

`python -m dev.bench` (by `make bench`) with DATABASE_URL set: makes databases of its own beside that one, and drops
them. BENCH_ROWS sets how many listings: "100000,1000000" unless told otherwise.
"""
