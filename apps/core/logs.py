"""How the project logs: one JSON object a line in production, readable lines in development."""

import sys

import structlog

from apps.core.privacy import redacted
from apps.core.tracing import current_request_id


def logging_config(*, as_json: bool, level: str) -> dict:
    """The dict for `logging.config.dictConfig`; every logger, ours and libraries', goes through one formatter."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "apps.core.logs.formatter", "as_json": as_json}},
        # Only /readyz answers 503, as often as somebody asks; it writes its own line.
        "filters": {"no_health": {"()": "django.utils.log.CallbackFilter", "callback": is_no_health_answer}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's own handler would write each line again, in another form.
            "django": {"handlers": [], "propagate": True},
            # "Not Found: /x" and the like: the request's own line says the same with its id.
            "django.request": {"level": "ERROR", "filters": ["no_health"]},
            # Scanners send any host name; the request's own line has the 400.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "gunicorn.error": {"handlers": [], "propagate": True, "level": "INFO"},
            "procrastinate": {"level": "WARNING"},
            # apps/core/outbound.py writes its own line, without what stands behind the question mark.
            "httpx2": {"level": "WARNING"},
            "httpcore2": {"level": "WARNING"},
            "apps.jobs": {"level": level},
        },
    }


def is_no_health_answer(record) -> bool:
    """Whether a line of Django's is about anything but the answer "not ready"."""
    return getattr(record, "status_code", 0) != 503


def formatter(*, as_json: bool) -> structlog.stdlib.ProcessorFormatter:
    """The formatter of every handler."""
    end = [structlog.processors.JSONRenderer(ensure_ascii=False, default=str)] if as_json else _readable()
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *end],
    )


def configure_structlog() -> None:
    """Let `structlog.get_logger()` write through the standard library's loggers, so that levels and handlers hold."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _shared() -> list:
    return [
        structlog.contextvars.merge_contextvars,
        add_request_id,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.format_exc_info,
        redact,
    ]


def _readable() -> list:
    return [
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
    ]


def add_request_id(logger, method, line: dict) -> dict:
    """Put the id of the request or job on the line."""
    if request_id := current_request_id():
        line["request_id"] = request_id
    return line


def redact(logger, method, line: dict) -> dict:
    """Take addresses and secrets out of the texts of a line."""
    for name in ("event", "exception"):
        if isinstance(line.get(name), str):
            line[name] = redacted(line[name])
    return line
