"""Is the process alive (/healthz), and can it do its work (/readyz)? Strangers learn nothing but yes or no."""

import hmac
import threading
import time
import uuid
from functools import cache

import structlog
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

log = structlog.get_logger("apps.health")

# One look at everything serves all who ask within these seconds, so that asking costs nothing.
FRESH_SECONDS = 5
OLDEST_WAITING_JOB = """
    SELECT extract(epoch FROM now() - coalesce(job.scheduled_at, event.at))
      FROM procrastinate_jobs job JOIN procrastinate_events event ON event.job_id = job.id AND event.type = 'deferred'
     WHERE job.status = 'todo' AND coalesce(job.scheduled_at, event.at) <= now()
     ORDER BY job.id LIMIT 1
"""


class HealthMiddleware:
    """Answers both addresses before request lines, host names, redirects, sessions and sign-in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        view = ADDRESSES.get(request.path_info)
        return view(request) if view else self.get_response(request)


@login_not_required
@require_safe
def alive(request):
    """The process answers. Looks at nothing else: a restart does not mend a database."""
    return _answer("ok", 200)


@login_not_required
@require_safe
def ready(request):
    """Database, migrations, queue and storage work; what does not is said only to holders of the internal token."""
    parts = LAST_LOOK.parts()
    is_ready = all(trouble == "" for trouble in parts.values())
    if _holds_token(request):
        return JsonResponse({part: trouble or "ok" for part, trouble in parts.items()}, status=200 if is_ready else 503)
    return _answer("ok", 200) if is_ready else _answer("not ready", 503)


def _answer(text, status):
    return HttpResponse(text + "\n", status=status, content_type="text/plain", headers={"Cache-Control": "no-store"})


def _holds_token(request) -> bool:
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.INTERNAL_TOKEN) and hmac.compare_digest(sent.encode(), settings.INTERNAL_TOKEN.encode())


class Look:
    """What was found when the parts were last looked at, in this process."""

    def __init__(self):
        self._lock = threading.Lock()
        self._until = 0.0
        self._parts = {}

    def parts(self) -> dict[str, str]:
        """Each part with its trouble ("" where there is none), at most FRESH_SECONDS old."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._parts = look()
                self._until = time.monotonic() + FRESH_SECONDS
            return self._parts

    def forget(self) -> None:
        """Look anew at the next question."""
        self._until = 0.0


def look() -> dict[str, str]:
    """Each part with its trouble, looked at now; trouble is logged."""
    parts = {"database": database_trouble()}
    if not parts["database"]:
        parts["migrations"] = migrations_trouble()
        parts["queue"] = queue_trouble() if not parts["migrations"] else "not looked at"
    parts["storage"] = storage_trouble()
    if any(parts.values()):
        log.warning("not_ready", **{part: trouble for part, trouble in parts.items() if trouble})
    return parts


def database_trouble() -> str:
    """Why the database cannot be used now."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        return f"no answer: {type(error).__name__}"
    return ""


def migrations_trouble() -> str:
    """Which migrations of this release are not applied."""
    missing = last_migrations() - set(MigrationRecorder(connection).applied_migrations())
    return ", ".join(sorted(f"{app}.{name}" for app, name in missing))


@cache
def last_migrations() -> set[tuple[str, str]]:
    """(app, name) of the last migrations that this release brings, read from disk once."""
    return set(MigrationLoader(None).graph.leaf_nodes())


def queue_trouble() -> str:
    """How long the oldest job has been waiting, when that is too long: no worker runs, or it cannot keep up."""
    with connection.cursor() as cursor:
        cursor.execute(OLDEST_WAITING_JOB)
        row = cursor.fetchone()
    waited = float(row[0]) if row else 0
    return f"oldest job waits {waited:.0f} s" if waited > settings.QUEUE_AGE_LIMIT else ""


def storage_trouble() -> str:
    """Why a file cannot be written and removed."""
    try:
        name = default_storage.save(f"readyz-{uuid.uuid4().hex}", ContentFile(b"ok"))
        default_storage.delete(name)
    except STORAGE_ERRORS as error:
        return f"not writable: {type(error).__name__}"
    return ""


def _storage_errors() -> tuple:
    """What the configured storage raises: of the disk, or of the S3 client."""
    if not settings.S3_BUCKET:
        return (OSError,)
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    return OSError, Boto3Error, BotoCoreError, ClientError


STORAGE_ERRORS = _storage_errors()
LAST_LOOK = Look()
ADDRESSES = {"/healthz": alive, "/readyz": ready}
