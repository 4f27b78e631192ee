"""Which request or job this code runs in, so that logs, events and errors can be laid side by side."""

import secrets
from contextlib import contextmanager
from contextvars import ContextVar

import structlog

# No I, L, O and U: the id is what people read out on the phone as the reference number of a failure.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def new_request_id() -> str:
    """A fresh id of 60 random bits, such as 7K3M-9QXD-2HVA."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def current_request_id() -> str:
    """The id of the request or job under way; an empty string at a command line."""
    return _request_id.get()


@contextmanager
def traced(request_id: str, **facts):
    """Run code under this id; `facts` (job, person, ...) stand on each log line written meanwhile."""
    token = _request_id.set(request_id)
    before = structlog.contextvars.get_contextvars()
    structlog.contextvars.bind_contextvars(**facts)
    try:
        yield
    finally:
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(**before)
        _request_id.reset(token)


def note_person(user) -> None:
    """From here on, each log line of this request or job names the person by id and role, never by e-mail."""
    structlog.contextvars.bind_contextvars(person=user.pk, role=user.role)
