"""What a browser complains of while a test drives it."""

REPLACED = ("htmx:afterRequest", "htmx:sendAbort")
"""htmx writes these when a question takes the place of an older one. A line that broke says htmx:sendError besides."""


def complaints_of(page) -> list[str]:
    """Errors on the console (a broken CSP among them) and exceptions, from now on."""
    heard = []

    def hear(message):
        if message.type == "error" and not message.text.startswith(REPLACED):
            heard.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard
