"""Error reports to Sentry (or a server that speaks its protocol), without personal data."""

import sentry_sdk
from sentry_sdk.integrations.django import DjangoIntegration

from apps.core.privacy import redacted_deep
from apps.core.tracing import current_request_id

# What a report may say of the request: never the body, cookies, query string, addresses or other headers.
REQUEST_PARTS_KEPT = ("method", "url")


def start_sentry(dsn: str, **options) -> None:
    """Report unhandled errors and log lines of level ERROR to `dsn`; `options` as `sentry_sdk.init`.

    Personal data is off by default there (the option `send_default_pii`); `scrubbed` takes out what slips through.
    """
    sentry_sdk.init(
        dsn=dsn,
        include_local_variables=False,
        max_request_body_size="never",
        before_send=scrubbed,
        before_breadcrumb=lambda crumb, hint: redacted_deep(crumb),
        integrations=[DjangoIntegration(middleware_spans=False, signals_spans=False)],
        **options,
    )


def scrubbed(event: dict, hint: dict) -> dict:
    """The report with the reference number that people read out, and nothing that names a person but their id."""
    if request_id := current_request_id():
        event.setdefault("tags", {})["request_id"] = request_id
    if "request" in event:
        event["request"] = {part: event["request"][part] for part in REQUEST_PARTS_KEPT if part in event["request"]}
    if "user" in event:
        event["user"] = {"id": event["user"].get("id")}
    event.pop("server_name", None)
    return redacted_deep(event)
