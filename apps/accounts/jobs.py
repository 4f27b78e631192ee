"""Jobs about people."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from apps.accounts import mail


@app.task(name="accounts.send_mail", retry=RetryStrategy(max_attempts=6, exponential_wait=5))
def send_mail(sealed: str) -> None:
    """Send one message; a mail server that does not answer is tried again for some hours."""
    mail.send(sealed)
