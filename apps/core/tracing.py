"""Which request or job this code runs in, so that logs, events and errors can be laid side by side."""

from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """The id of the request or job under way; an empty string at a command line."""
    return _request_id.get()


def set_request_id(request_id: str):
    """Remember the id for this request or job and return a token for `reset_request_id`."""
    return _request_id.set(request_id)


def reset_request_id(token) -> None:
    """Forget the id again."""
    _request_id.reset(token)
