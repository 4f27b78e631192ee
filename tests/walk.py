"""Walking every URL as every role: what is asked, what came of it, and whether the database is as before."""

import uuid

from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

# What each answer is called in the table.
REFUSALS = {"login", "no", "none", "405", "bad", "conflict", "gone", "refused"}
BY_STATUS = {400: "bad", 401: "login", 403: "no", 404: "none", 405: "405", 409: "conflict", 410: "gone", 422: "refused"}
# Written by being there at all: sessions, when somebody was last seen, counters of tries.
NOT_LOOKED_AT = ("django_session", "usersessions_usersession", "core_cache", "django_migrations")
DIGEST = (
    "SELECT '{table}', count(*) || '/' || coalesce(sum(hashtextextended("
    "(to_jsonb(t) - ARRAY['last_seen_at', 'last_login'])::text, 0)), 0) FROM \"{table}\" t"
)


def patterns(resolver=None, namespaces=()):
    """Each (name, pattern) of the site map; a pattern without a name is called by its address."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join([*namespaces, pattern.name or str(pattern.pattern)]), pattern
        else:
            yield from patterns(pattern, (*namespaces, pattern.namespace) if pattern.namespace else namespaces)


def parameters_of(pattern: URLPattern) -> list[str]:
    """The names of the arguments in the address."""
    return list(pattern.pattern.converters or pattern.pattern.regex.groupindex)


def digest() -> dict[str, str]:
    """A digest of the rows of each table, but for what is written by being there."""
    with connection.cursor() as cursor:
        tables = [t for t in connection.introspection.table_names(cursor) if t not in NOT_LOOKED_AT]
        cursor.execute(" UNION ALL ".join(DIGEST.format(table=table) for table in tables))
        return dict(cursor.fetchall())


def writes() -> int:
    """How many rows this transaction has written so far, what was undone included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables")
        return cursor.fetchone()[0]


def ask(client: Client, method: str, name: str, kwargs: dict, sent: dict, before: dict) -> tuple[str, list[str]]:
    """What came of one request, and the tables that it changed; everything is undone afterwards."""
    address = reverse(name, kwargs=kwargs)
    with transaction.atomic():
        written = writes()
        if method == "GET":
            response = client.get(address, sent)
        else:
            response = client.post(address, {"submission_key": str(uuid.uuid4())} | sent)
        if response.streaming:
            response.getvalue()
        after = digest() if writes() != written else before
        transaction.set_rollback(True)
    changed = [table for table, rows in after.items() if before.get(table) != rows]
    return outcome(response, changed), changed


def outcome(response, changed) -> str:
    """One word of the table."""
    status = response.status_code
    if status in BY_STATUS:
        return BY_STATUS[status]
    if status in (301, 302, 303) and response.headers["Location"].startswith("/accounts/login/"):
        return "login"
    if status >= 500 or status not in (200, 201, 204, 301, 302, 303):
        return str(status)
    if set(changed) - {"core_submission"}:
        return "done"
    return "page" if status == 200 else "moved" if status in (301, 302, 303) else "done"
